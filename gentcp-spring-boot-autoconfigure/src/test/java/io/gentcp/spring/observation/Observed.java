package io.gentcp.spring.observation;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.ObservationContextAssert;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/** What a registry's observations were, each from when it is stopped. */
final class Observed implements ObservationHandler<Observation.Context> {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final Queue<Observation.Context> started = new ConcurrentLinkedQueue<>();

	private final Queue<Observation.Context> stopped = new ConcurrentLinkedQueue<>();

	static Observed in(ObservationRegistry registry) {
		Observed observed = new Observed();
		registry.observationConfig().observationHandler(observed);
		return observed;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return true;
	}

	@Override
	public void onStart(Observation.Context context) {
		this.started.add(context);
	}

	@Override
	public void onStop(Observation.Context context) {
		this.stopped.add(context);
	}

	/** Every observation that was started, by its name. */
	List<String> names() {
		return this.started.stream().map(Observation.Context::getName).toList();
	}

	/** The observations of this name, of which as many are to be stopped. */
	List<Observation.Context> await(String name, int count) {
		Awaitility.await().atMost(PATIENCE).until(() -> named(name).size() == count);
		return named(name);
	}

	/** The one observation of this name, when it is stopped. */
	ObservationContextAssert<?> only(String name) {
		ObservationContextAssert<?> only = ObservationContextAssert.assertThat(await(name, 1).getFirst());
		assertThat(names()).as("started").containsOnlyOnce(name);
		return only;
	}

	private List<Observation.Context> named(String name) {
		return this.stopped.stream().filter((context) -> name.equals(context.getName())).toList();
	}

}

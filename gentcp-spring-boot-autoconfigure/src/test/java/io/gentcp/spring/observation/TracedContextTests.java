package io.gentcp.spring.observation;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import brave.Tracing;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.ThreadLocalCurrentTraceContext;
import brave.propagation.TraceContext;
import io.gentcp.spring.core.SendTimeoutException;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.brave.bridge.BraveBaggageManager;
import io.micrometer.tracing.brave.bridge.BraveCurrentTraceContext;
import io.micrometer.tracing.brave.bridge.BravePropagator;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.task.support.ContextPropagatingTaskDecorator;

import static io.gentcp.spring.observation.ObservedClient.LARGE;
import static io.gentcp.spring.observation.ObservedClient.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** A caller's trace goes along to the threads that do something for it. */
class TracedContextTests {

	private final List<MutableSpan> spans = new CopyOnWriteArrayList<>();

	private final Tracing tracing = Tracing.newBuilder()
		.currentTraceContext(ThreadLocalCurrentTraceContext.create())
		.addSpanHandler(new SpanHandler() {

			@Override
			public boolean end(TraceContext context, MutableSpan span, Cause cause) {
				return TracedContextTests.this.spans.add(span);
			}

		})
		.build();

	private final Tracer tracer = new BraveTracer(this.tracing.tracer(),
			new BraveCurrentTraceContext(this.tracing.currentTraceContext()), new BraveBaggageManager());

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final ObservationRegistry registryBefore = ObservationThreadLocalAccessor.getInstance()
		.getObservationRegistry();

	@BeforeEach
	void trace() {
		BravePropagator propagator = new BravePropagator(this.tracing);
		this.registry.observationConfig()
			.observationHandler(new ObservationHandler.FirstMatchingCompositeObservationHandler(
					new PropagatingSenderTracingObservationHandler<>(this.tracer, propagator),
					new PropagatingReceiverTracingObservationHandler<>(this.tracer, propagator),
					new DefaultTracingObservationHandler(this.tracer)));
		ObservationThreadLocalAccessor.getInstance().setObservationRegistry(this.registry);
	}

	@AfterEach
	void traceNoMore() {
		ObservationThreadLocalAccessor.getInstance().setObservationRegistry(this.registryBefore);
		this.tracing.close();
	}

	@Test
	void theSpansOfASendBelongToItsCallersTrace() {
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.readAll());
				ObservedClient client = traced(ObservedClient.everything(this.registry, peer.port()))) {
			String trace = caller().scoped(() -> {
				client.template().send("order");
				return traceHere();
			});

			await().atMost(PATIENCE).until(() -> this.spans.size() == 2);
			assertThat(this.spans).extracting(MutableSpan::name)
				.containsExactlyInAnyOrder("connect orders", "send orders");
			assertThat(this.spans).extracting(MutableSpan::traceId).containsOnly(trace);
			assertThat(this.spans).extracting(MutableSpan::kind)
				.containsExactlyInAnyOrder(brave.Span.Kind.CLIENT, brave.Span.Kind.PRODUCER);
		}
	}

	@Test
	void whatDependsOnAFutureSeesItsCallersTrace() {
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.stall());
				ObservedClient client = traced(ObservedClient.everything(this.registry, peer.port()))) {
			List<String> traces = new CopyOnWriteArrayList<>();
			String first = sendTraced(client, LARGE, traces);
			String second = sendTraced(client, "waits behind it".getBytes(), traces);
			assertThat(first).isNotEqualTo(second);

			peer.accept(PATIENCE).readAll();

			await().atMost(PATIENCE).until(() -> traces.size() == 2);
			assertThat(traces).containsExactlyInAnyOrder(first, second);
		}
	}

	@Test
	void aPacketThatWaitedForTheConnectionOfAnotherSeesItsOwnCallersTrace() {
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.readAll());
				ObservedClient client = traced(ObservedClient.everything(this.registry, peer.port()))) {
			List<String> traces = new CopyOnWriteArrayList<>();
			List<String> expected = new CopyOnWriteArrayList<>();
			for (int i = 0; i < 50; i++) {
				expected.add(sendTraced(client, new byte[i], traces));
			}

			await().atMost(PATIENCE).until(() -> traces.size() == 50);
			assertThat(traces).containsExactlyInAnyOrderElementsOf(expected);
		}
	}

	@Test
	void whatDependsOnARecoverySeesItsSendersTrace() {
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.stall());
				ObservedClient client = traced(ObservedClient.withSendTimeout(this.registry, peer.port()))) {
			List<String> traces = new CopyOnWriteArrayList<>();
			String trace = caller().scoped(() -> {
				SendTimeoutException ex = catchThrowableOfType(SendTimeoutException.class,
						() -> client.template().send(LARGE));
				CompletableFuture<Void> unused = ex.recovery().whenComplete((done, failure) -> traces.add(traceHere()));
				return traceHere();
			});
			PeerConnection stalled = peer.accept(PATIENCE);

			stalled.readAll();

			await().atMost(PATIENCE).until(() -> !traces.isEmpty());
			assertThat(traces).containsExactly(trace);
		}
	}

	private Observation caller() {
		return Observation.start("caller", this.registry);
	}

	/** Returns the trace in which it sends; the other list gets the one it ends in. */
	private String sendTraced(ObservedClient client, byte[] packet, List<String> traces) {
		return caller().scoped(() -> {
			CompletableFuture<Void> unused = client.template()
				.sendAsync(packet)
				.whenComplete((done, failure) -> traces.add(traceHere()));
			return traceHere();
		});
	}

	private String traceHere() {
		Span span = this.tracer.currentSpan();
		return (span != null) ? span.context().traceId() : "none";
	}

	private static ObservedClient traced(ObservedClient client) {
		client.template().connections().carryContextWith(new ContextPropagatingTaskDecorator());
		return client;
	}

}

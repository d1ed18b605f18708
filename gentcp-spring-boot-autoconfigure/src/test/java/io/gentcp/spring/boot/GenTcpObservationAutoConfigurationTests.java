package io.gentcp.spring.boot;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import io.gentcp.GenTcp;
import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.GenTcpClientSettings;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.OperationObserver;
import io.gentcp.spring.observation.GenTcpConnectConvention;
import io.gentcp.test.FreePort;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.core.task.TaskDecorator;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class GenTcpObservationAutoConfigurationTests {

	private static final String OBSERVER = "genTcpOperationObserver";

	private final int port = FreePort.find();

	private final Observations observations = new Observations();

	/** An application that sends packets to itself. */
	private final ApplicationContextRunner runner = ConfiguredContext.runner()
		.withConfiguration(AutoConfigurations.of(GenTcpObservationAutoConfiguration.class,
				GenTcpContextPropagationAutoConfiguration.class))
		.withBean(Echo.class)
		.withPropertyValues("gentcp.packet=4", "gentcp.server.edge.port=" + this.port,
				"gentcp.client.orders.port=" + this.port);

	private final ApplicationContextRunner observed = this.runner
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
		.withBean(ObservationHandler.class, () -> this.observations);

	@Test
	void connectionsAreObservedAndPacketsAreNot() {
		this.observed.run((context) -> {
			assertThat(request(context)).isEqualTo("order");
			assertThat(this.observations.counts()).isEqualTo(Map.of("gentcp.connect", 1L));
		});
	}

	@Test
	void anApplicationThatExcludesClientsAndServersStartsWithoutAnObserver() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(GenTcpObservationAutoConfiguration.class, ObservationAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OBSERVER));
	}

	@Test
	void packetsAreObservedIfTheyAreToBe() {
		this.observed.withPropertyValues("gentcp.observation.packets=true").run((context) -> {
			assertThat(request(context)).isEqualTo("order");
			await().untilAsserted(() -> assertThat(this.observations.counts()).isEqualTo(
					Map.of("gentcp.connect", 1L, "gentcp.request", 1L, "gentcp.receive", 1L, "gentcp.send", 1L)));
		});
	}

	@Test
	void aTemplateOfTheApplicationsOwnIsObservedToo() {
		this.observed
			.withBean("own", GenTcpTemplate.class,
					() -> new GenTcpTemplate(GenTcp.open(), GenTcpClientSettings.of("own", "localhost", this.port),
							Thread::startVirtualThread))
			.run((context) -> {
				context.getBean("own", GenTcpTemplate.class).send("order");
				assertThat(this.observations.names()).containsExactly("gentcp.connect");
			});
	}

	@Test
	void aConventionOfTheApplicationReplacesOurs() {
		GenTcpConnectConvention convention = new GenTcpConnectConvention() {

			@Override
			public String getName() {
				return "dial";
			}

		};
		this.observed.withBean(GenTcpConnectConvention.class, () -> convention).run((context) -> {
			assertThat(request(context)).isEqualTo("order");
			assertThat(this.observations.names()).containsExactly("dial");
		});
	}

	@Test
	void anObserverOfTheApplicationReplacesOurs() {
		this.observed.withBean("own", OperationObserver.class, () -> OperationObserver.NONE).run((context) -> {
			assertThat(context).doesNotHaveBean(OBSERVER);
			assertThat(request(context)).isEqualTo("order");
			assertThat(this.observations.names()).isEmpty();
		});
	}

	@Test
	void withoutARegistryNothingIsObserved() {
		this.runner.run((context) -> {
			assertThat(context).doesNotHaveBean(OBSERVER);
			assertThat(request(context)).isEqualTo("order");
		});
	}

	@Test
	void withoutMicrometerEverythingElseWorks() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer")).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(OBSERVER).doesNotHaveBean(TaskDecorator.class);
			assertThat(request(context)).isEqualTo("order");
		});
	}

	@Test
	void withoutContextPropagationConnectionsAreObserved() {
		this.observed.withClassLoader(new FilteredClassLoader("io.micrometer.context")).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(TaskDecorator.class);
			assertThat(request(context)).isEqualTo("order");
			assertThat(this.observations.names()).containsExactly("gentcp.connect");
		});
	}

	@Test
	void switchedOffThereIsNothingToObserve() {
		this.observed.withPropertyValues("gentcp.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(OBSERVER)
				.doesNotHaveBean(TaskDecorator.class));
	}

	@Test
	void theTasksOfOtherExecutorsStayAsTheyAre() {
		this.observed.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class)).run((context) -> {
			assertThat(context).hasBean(GenTcpContextPropagationAutoConfiguration.TASK_DECORATOR);
			assertThat(
					ReflectionTestUtils.getField(context.getBean(ThreadPoolTaskExecutorBuilder.class), "taskDecorator"))
				.isNull();
		});
	}

	@Test
	void aDecoratorOfTheApplicationWithTheNameOfOursReplacesIt() {
		TaskDecorator own = (task) -> task;
		this.observed.withBean(GenTcpContextPropagationAutoConfiguration.TASK_DECORATOR, TaskDecorator.class, () -> own)
			.run((context) -> assertThat(context.getBean(TaskDecorator.class)).isSameAs(own));
	}

	private static String request(ApplicationContext context) {
		return context.getBean("ordersGenTcpTemplate", GenTcpTemplate.class).sendAndReceive("order");
	}

	static class Echo {

		@GenTcpListener("edge")
		String onPacket(String packet) {
			return packet;
		}

	}

	/** The names of the observations that were stopped. */
	static final class Observations implements ObservationHandler<Observation.Context> {

		private final List<String> names = new CopyOnWriteArrayList<>();

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStop(Observation.Context context) {
			this.names.add(context.getName());
		}

		List<String> names() {
			return this.names;
		}

		Map<String, Long> counts() {
			return this.names.stream().collect(Collectors.groupingBy((name) -> name, Collectors.counting()));
		}

	}

}

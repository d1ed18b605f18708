package io.gentcp.spring.boot.actuate;

import java.time.Duration;
import java.util.Map;

import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.boot.GenTcpAutoConfiguration;
import io.gentcp.spring.core.ConnectFailedException;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.SendTimeoutException;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.FreePort;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** The health of clients and servers, by what is true of their sockets. */
class GenTcpHealthContributorAutoConfigurationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String BEAN = "gentcpHealthContributor";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(GenTcpAutoConfiguration.class, GenTcpHealthContributorAutoConfiguration.class))
		.withPropertyValues("gentcp.packet=4", "gentcp.sndbuf=16KB");

	@Test
	void aClientThatNobodyUsesIsUpAndIdleAndIsNotConnectedByAsking() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			clientOf(peer).run((context) -> {
				Health health = health(context, "client", "orders");
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails())
					.isEqualTo(Map.of("state", "idle", "address", "127.0.0.1:" + peer.port()));
				// The first one to arrive is that of the packet.
				context.getBean(GenTcpTemplate.class).send("hello");
				peer.accept(PATIENCE).awaitReceived(9, PATIENCE);
				assertThat(peer.connections()).hasSize(1);
			});
		}
	}

	@Test
	void aConnectedClientIsUpAndIdleAgainWhenThePeerHasClosed() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			clientOf(peer).run((context) -> {
				context.getBean(GenTcpTemplate.class).send("hello");
				assertThat(health(context, "client", "orders").getDetails()).containsEntry("state", "connected");
				peer.accept(PATIENCE).close();
				await().atMost(PATIENCE)
					.untilAsserted(() -> assertThat(health(context, "client", "orders").getDetails())
						.containsEntry("state", "idle"));
				assertThat(health(context, "client", "orders").getStatus()).isEqualTo(Status.UP);
			});
		}
	}

	@Test
	void aClientIsDownFromAFailedAttemptToConnectUntilItIsConnected() {
		int port = FreePort.find();
		this.runner.withUserConfiguration(Listener.class)
			.withPropertyValues("gentcp.server.edge.port=" + port, "gentcp.client.orders.port=" + port,
					"gentcp.client.orders.host=127.0.0.1")
			.run((context) -> {
				GenTcpListenerContainer server = context.getBean(GenTcpListenerContainer.class);
				GenTcpTemplate client = context.getBean(GenTcpTemplate.class);
				assertThat(health(context, "server", "edge").getStatus()).isEqualTo(Status.UP);
				server.stop();
				Health stopped = health(context, "server", "edge");
				assertThat(stopped.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
				assertThat(stopped.getDetails()).containsEntry("state", "stopped");
				assertThat(health(context, "client", "orders").getStatus()).isEqualTo(Status.UP);

				assertThatExceptionOfType(ConnectFailedException.class).isThrownBy(() -> client.send("one"));
				Health once = health(context, "client", "orders");
				assertThatExceptionOfType(ConnectFailedException.class).isThrownBy(() -> client.send("two"));
				Health twice = health(context, "client", "orders");

				assertThat(once.getStatus()).isEqualTo(Status.DOWN);
				assertThat(once.getDetails()).containsEntry("state", "unreachable").containsEntry("attempts", 1L);
				assertThat(once.getDetails().get("error")).asString().contains("econnrefused");
				assertThat(twice.getDetails()).containsEntry("attempts", 2L)
					.containsEntry("since", once.getDetails().get("since"));

				server.start();
				assertThat(client.sendAndReceive("three")).isEqualTo("THREE");
				Health connected = health(context, "client", "orders");
				assertThat(connected.getStatus()).isEqualTo(Status.UP);
				assertThat(connected.getDetails()).containsEntry("state", "connected").doesNotContainKey("error");
			});
	}

	@Test
	void aPartialPacketIsADetailUntilItIsWhole() {
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.stall())) {
			clientOf(peer).withPropertyValues("gentcp.send-timeout=100").run((context) -> {
				assertThatExceptionOfType(SendTimeoutException.class)
					.isThrownBy(() -> context.getBean(GenTcpTemplate.class).send(new byte[1_000_000]));
				Health health = health(context, "client", "orders");
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				Map<?, ?> partial = (Map<?, ?>) health.getDetails().get("partialPacket");
				assertThat((long) partial.get("bytesOut") + (long) partial.get("rest")).isEqualTo(1_000_004);
				peer.accept(PATIENCE).readAll();
				await().atMost(PATIENCE)
					.untilAsserted(() -> assertThat(health(context, "client", "orders").getDetails())
						.doesNotContainKey("partialPacket"));
			});
		}
	}

	@Test
	void aServerThatIsFullIsUpAndSaysSo() {
		this.runner.withUserConfiguration(Listener.class)
			.withPropertyValues("gentcp.server.edge.port=0", "gentcp.server.edge.address=127.0.0.1",
					"gentcp.server.edge.max-connections=1")
			.run((context) -> {
				int port = context.getBean(GenTcpListenerContainer.class).port();
				assertThat(health(context, "server", "edge").getDetails()).isEqualTo(Map.of("state", "listening",
						"address", "127.0.0.1:" + port, "connections", 0, "maxConnections", 1));
				try (PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", port)) {
					await().atMost(PATIENCE)
						.untilAsserted(() -> assertThat(health(context, "server", "edge").getDetails())
							.containsEntry("state", "full")
							.containsEntry("connections", 1));
					assertThat(health(context, "server", "edge").getStatus()).isEqualTo(Status.UP);
					assertThat(peer.localAddress()).isNotNull();
				}
			});
	}

	@Test
	void aServerThatNobodyHandlesPacketsOfIsOutOfService() {
		this.runner.withPropertyValues("gentcp.server.edge.port=0")
			.run((context) -> assertThat(health(context, "server", "edge").getStatus())
				.isEqualTo(Status.OUT_OF_SERVICE));
	}

	@Test
	void aClientAndAServerOfOneNameHaveAHealthEach() {
		this.runner.withUserConfiguration(Listener.class)
			.withPropertyValues("gentcp.client.edge.port=1", "gentcp.server.edge.port=0")
			.run((context) -> {
				assertThat(health(context, "client", "edge").getDetails()).containsEntry("state", "idle");
				assertThat(health(context, "server", "edge").getDetails()).containsEntry("state", "listening");
			});
	}

	@Test
	void aNameWithASlashStopsNothing() {
		this.runner.withPropertyValues("gentcp.client.[a/b].port=1")
			.run((context) -> assertThat(health(context, "client", "a-b").getStatus()).isEqualTo(Status.UP));
	}

	@Test
	void withoutClientsAndServersThereIsNothingToTell() {
		this.runner.run((context) -> assertThat(context.getBean(BEAN, HealthContributors.class)).isEmpty());
	}

	@Test
	void itIsSwitchedOffAsOthersAre() {
		for (String property : new String[] { "management.health.gentcp.enabled=false",
				"management.health.defaults.enabled=false", "gentcp.enabled=false" }) {
			this.runner.withPropertyValues(property)
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BEAN));
		}
	}

	@Test
	void aContributorOfTheApplicationWithTheNameOfOursReplacesIt() {
		this.runner.withUserConfiguration(OwnHealth.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(BEAN)
				.hasSingleBean(HealthContributor.class));
	}

	@Test
	void withoutTheHealthModuleEverythingElseWorks() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			// As an application starts: what is not there is seen before it is loaded.
			new ApplicationContextRunner().withUserConfiguration(Application.class)
				.withPropertyValues("gentcp.packet=4", "gentcp.client.orders.port=" + peer.port())
				.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
				.run((context) -> {
					assertThat(context).hasNotFailed().doesNotHaveBean(BEAN);
					context.getBean(GenTcpTemplate.class).send("hello");
					peer.accept(PATIENCE).awaitReceived(9, PATIENCE);
				});
		}
	}

	private ApplicationContextRunner clientOf(ScriptedPeer peer) {
		return this.runner.withPropertyValues("gentcp.client.orders.host=127.0.0.1",
				"gentcp.client.orders.port=" + peer.port());
	}

	private static Health health(BeanFactory context, String role, String name) {
		HealthContributors roles = context.getBean(BEAN, HealthContributors.class);
		HealthContributors names = (HealthContributors) roles.getContributor(role);
		return ((HealthIndicator) names.getContributor(name)).health();
	}

	@Configuration(proxyBeanMethods = false)
	static class Listener {

		@GenTcpListener("edge")
		String onPacket(String packet) {
			return packet.toUpperCase();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ GenTcpAutoConfiguration.class, GenTcpEndpointAutoConfiguration.class,
			GenTcpHealthContributorAutoConfiguration.class })
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnHealth {

		@Bean
		HealthIndicator gentcpHealthIndicator() {
			return () -> Health.up().build();
		}

	}

}

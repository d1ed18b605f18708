package io.gentcp.spring.boot;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.gentcp.TcpSocket;
import io.gentcp.spring.annotation.GenTcpClient;
import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.GenTcpOperations;
import io.gentcp.spring.core.SocketClosedException;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whole applications, from their properties to the wire. */
class ApplicationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aTemplateTalksToAListener(boolean lazy) {
		try (ConfigurableApplicationContext server = server(lazy);
				ConfigurableApplicationContext client = client(lazy, port(server))) {
			GenTcpOperations orders = client.getBean(Orders.class).operations();
			assertThat(orders.sendAndReceive("one")).isEqualTo("ONE");
			assertThat(orders.sendAndReceive("two")).isEqualTo("TWO");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void serversStartWithTheApplicationAndTheirPortIsKnown(boolean lazy) {
		try (ConfigurableApplicationContext context = server(lazy)) {
			GenTcpListenerContainer container = context.getBean("edgeGenTcpListenerContainer",
					GenTcpListenerContainer.class);
			int port = port(context);
			assertThat(container.isRunning()).isTrue();
			assertThat(port).isEqualTo(container.port()).isPositive();
			try (PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", port)) {
				peer.send(new byte[] { 0, 0, 0, 1, 'x' });
				peer.awaitReceived(5, PATIENCE);
				assertThat(peer.received()).containsExactly(0, 0, 0, 1, 'X');
			}
		}
	}

	@Test
	void closingTheApplicationClosesItsServersAndConnections() {
		ConfigurableApplicationContext context = server(false);
		int port = port(context);
		try (PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", port)) {
			peer.send(new byte[] { 0, 0, 0, 1, 'x' });
			peer.awaitReceived(5, PATIENCE);
			context.close();
			peer.awaitEndOfStream(PATIENCE);
		}
	}

	@Test
	void aPausedApplicationComesBackOnTheSamePort() {
		try (ConfigurableApplicationContext server = server(false);
				ConfigurableApplicationContext client = client(false, port(server))) {
			GenTcpOperations orders = client.getBean(Orders.class).operations();
			assertThat(orders.sendAndReceive("one")).isEqualTo("ONE");
			int port = port(server);
			server.stop();
			assertThat(server.getBean(GenTcpListenerContainer.class).isRunning()).isFalse();
			server.start();
			assertThat(port(server)).isEqualTo(port);
			await().atMost(PATIENCE)
				.ignoreExceptionsInstanceOf(SocketClosedException.class)
				.until(() -> orders.sendAndReceive("two").equals("TWO"));
		}
	}

	@Test
	void twoApplicationsInOneJvmShareNothing() {
		try (ConfigurableApplicationContext server = server(false);
				ConfigurableApplicationContext other = server(false);
				ConfigurableApplicationContext client = client(false, port(server))) {
			other.close();
			assertThat(client.getBean(Orders.class).operations().sendAndReceive("x")).isEqualTo("X");
		}
	}

	@Test
	void anApplicationThatHasOnlyAServerLivesUntilItIsClosed() throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), KeptAliveApplication.class.getName())
			.redirectErrorStream(true)
			.start();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			String line = output.readLine();
			while (line != null && !line.startsWith("port ")) {
				line = output.readLine();
			}
			assertThat(line).as("port").isNotNull();
			// Its main thread has no more to do.
			assertThat(process.waitFor(500, TimeUnit.MILLISECONDS)).isFalse();
			int port = Integer.parseInt(line.substring("port ".length()));
			try (PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", port)) {
				peer.send("hello\n".getBytes(StandardCharsets.UTF_8));
				peer.awaitReceived(6, PATIENCE);
				peer.send("stop\n".getBytes(StandardCharsets.UTF_8));
				peer.awaitEndOfStream(PATIENCE);
			}
			assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static ConfigurableApplicationContext server(boolean lazy) {
		return application(ServerApplication.class, lazy).run("--gentcp.server.edge.port=0",
				"--gentcp.server.edge.address=127.0.0.1");
	}

	private static ConfigurableApplicationContext client(boolean lazy, int port) {
		return application(ClientApplication.class, lazy).run("--gentcp.client.orders.host=127.0.0.1",
				"--gentcp.client.orders.port=" + port);
	}

	private static SpringApplicationBuilder application(Class<?> source, boolean lazy) {
		return new SpringApplicationBuilder(source).web(WebApplicationType.NONE)
			.lazyInitialization(lazy)
			.properties("gentcp.packet=4");
	}

	private static int port(ConfigurableApplicationContext server) {
		return server.getEnvironment().getRequiredProperty("local.gentcp.edge.port", Integer.class);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(GenTcpAutoConfiguration.class)
	static class ServerApplication {

		@GenTcpListener("edge")
		String onPacket(String packet, TcpSocket connection) {
			return packet.toUpperCase();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(GenTcpAutoConfiguration.class)
	static class ClientApplication {

		@Bean
		Orders orders(@GenTcpClient("orders") GenTcpOperations operations) {
			return new Orders(operations);
		}

	}

	record Orders(GenTcpOperations operations) {
	}

}

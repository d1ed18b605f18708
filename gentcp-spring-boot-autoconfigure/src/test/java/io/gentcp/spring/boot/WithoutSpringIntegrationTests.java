package io.gentcp.spring.boot;

import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.test.FreePort;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.FilteredClassLoader;

import static org.assertj.core.api.Assertions.assertThat;

/** Spring Integration is optional: clients and servers do not know of it. */
class WithoutSpringIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void clientsAndListenersAreConfiguredAsEver() {
		int port = FreePort.find();
		ConfiguredContext.runner()
			.withClassLoader(new FilteredClassLoader("org.springframework.integration"))
			.withPropertyValues("gentcp.packet=4", "gentcp.server.edge.address=127.0.0.1",
					"gentcp.server.edge.port=" + port, "gentcp.client.orders.port=" + port)
			.withBean(Echo.class)
			.run((context) -> assertThat(context.getBean(GenTcpTemplate.class).sendAndReceive("x")).isEqualTo("x"));
	}

	@Test
	void anApplicationRunsWithoutItsJars() throws Exception {
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("spring-integration"))
			.collect(Collectors.joining(File.pathSeparator));
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				classPath, KeptAliveApplication.class.getName())
			.redirectErrorStream(true)
			.start();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			String line = output.readLine();
			while (line != null && !line.startsWith("port ")) {
				line = output.readLine();
			}
			assertThat(line).as("port").isNotNull();
			int port = Integer.parseInt(line.substring("port ".length()));
			try (PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", port)) {
				peer.send("stop\n".getBytes(StandardCharsets.UTF_8));
				peer.awaitReceived(5, PATIENCE);
			}
			assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

	static final class Echo {

		@GenTcpListener
		String onPacket(String packet) {
			return packet;
		}

	}

}

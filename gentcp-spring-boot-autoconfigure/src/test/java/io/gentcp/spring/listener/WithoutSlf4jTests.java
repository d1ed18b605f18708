package io.gentcp.spring.listener;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.gentcp.packet.Packet;
import io.gentcp.test.PeerConnection;
import org.junit.jupiter.api.Test;

import static io.gentcp.spring.listener.RunningServer.awaitPackets;
import static io.gentcp.spring.listener.RunningServer.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** SLF4J may be missing. */
class WithoutSlf4jTests {

	@Test
	void aServerServes() throws Exception {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader classes = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
			assertThatExceptionOfType(ClassNotFoundException.class)
				.isThrownBy(() -> classes.loadClass("org.slf4j.MDC"));
			Thread.currentThread().setContextClassLoader(classes);

			Object served = ((Callable<?>) classes.loadClass(Echo.class.getName()).getConstructor().newInstance())
				.call();

			assertThat(served).isEqualTo(List.of("order 1", "order 2"));
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	/** All but SLF4J and what logs with it. */
	private static URL[] classPath() throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			if (!new File(entry).getName().matches("(slf4j|logback|.*slf4j).*")) {
				urls.add(new File(entry).toURI().toURL());
			}
		}
		return urls.toArray(URL[]::new);
	}

	/** A server that sends two packets back. */
	public static final class Echo implements Callable<List<String>> {

		@Override
		public List<String> call() {
			try (RunningServer server = RunningServer
				.with((packet, connection) -> ByteBuffer.wrap(((Packet.Bytes) packet).array()));
					PeerConnection peer = server.connect()) {
				peer.readAll();
				peer.send(framed("order 1"));
				peer.send(framed("order 2"));
				return awaitPackets(peer, "order 1", "order 2");
			}
		}

	}

}

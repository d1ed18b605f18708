package io.gentcp.spring.boot;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.gentcp.spring.boot.ConfiguredContext.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Where a client connects from, and where several servers listen. */
@Timeout(60)
class LocalAddressTests {

	@Test
	void aClientConnectsFromItsOwnAddressAndPortAgainAndAgain() {
		int port = FreePort.find();
		int from = FreePort.find();
		ConfiguredContext.runner().withBean(Edge.class).withInitializer(yaml("""
				gentcp:
				  packet: 4
				  client: { orders: { host: 127.0.0.1, port: %1$d, ip: 127.0.0.2, local-port: %2$d } }
				  server: { edge: { port: %1$d } }
				""".formatted(port, from))).run((context) -> {
			GenTcpTemplate orders = context.getBean(GenTcpTemplate.class);
			for (int i = 0; i < 3; i++) {
				SocketAddress local = orders.execute((socket) -> socket.localAddress());
				assertThat(local).isEqualTo(new InetSocketAddress("127.0.0.2", from));
				assertThat(orders.sendAndReceive("order 1")).isEqualTo("order 1");
				orders.send("bye");
				await().until(() -> !orders.isConnected());
			}
		});
	}

	@Test
	void severalServersListenOnOnePort() {
		int port = FreePort.find();
		ConfiguredContext.runner().withBean(Edge.class).withBean(Other.class).withInitializer(yaml("""
				gentcp:
				  server:
				    edge: { port: %1$d, reuseport: true }
				    other: { port: %1$d, reuseport: true }
				""".formatted(port))).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeansOfType(GenTcpListenerContainer.class).values()).hasSize(2)
				.allMatch((server) -> server.isRunning() && server.port() == port);
		});
	}

	static class Edge {

		@GenTcpListener("edge")
		byte[] echo(byte[] packet) {
			if (new String(packet, StandardCharsets.UTF_8).equals("bye")) {
				throw new IllegalStateException("bye");
			}
			return packet;
		}

	}

	static class Other {

		@GenTcpListener("other")
		void ignore(byte[] packet) {
		}

	}

}

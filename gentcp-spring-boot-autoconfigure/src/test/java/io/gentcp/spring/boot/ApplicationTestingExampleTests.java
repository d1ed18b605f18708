package io.gentcp.spring.boot;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import io.gentcp.spring.core.GenTcpOperations;
import io.gentcp.spring.core.SendTimeoutException;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.FreePort;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.stereotype.Component;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willThrow;

/** The examples of the docs that say how an application is tested. */
class ApplicationTestingExampleTests {

	@Nested
	@SpringBootTest(classes = Shop.class, properties = "gentcp.server.edge.port=0")
	class EdgeTests {

		@Test
		void anOrderIsReturned(@Value("${local.gentcp.edge.port}") int port) {
			try (PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", port)) {
				peer.send(new byte[] { 0, 0, 0, 2, 'h', 'i' });
				peer.awaitReceived(6, Duration.ofSeconds(10));
				assertThat(peer.received()).containsExactly(0, 0, 0, 2, 'h', 'i');
			}
		}

	}

	@Nested
	@SpringBootTest(classes = Shop.class)
	class ClientAndServerTests {

		@DynamicPropertySource
		static void ports(DynamicPropertyRegistry registry) {
			int port = FreePort.find();
			registry.add("gentcp.server.edge.port", () -> port);
			registry.add("gentcp.client.orders.port", () -> port);
		}

		@Test
		void aRequestHasItsReply(@Autowired GenTcpOperations template) {
			assertThat(template.sendAndReceive("hi")).isEqualTo("hi");
		}

	}

	@Nested
	@SpringBootTest(classes = Shop.class, properties = "gentcp.server.edge.port=0")
	class OrdersTests {

		@MockitoBean
		private GenTcpOperations template;

		@Test
		void anOrderOfWhichNothingIsOutMayBeSentAgain(@Autowired Orders orders) {
			willThrow(new SendTimeoutException("not out", 0, 104)).given(this.template).send(any(byte[].class));
			assertThat(orders.send(new byte[100])).isFalse();
		}

	}

	@Nested
	@SpringBootTest(classes = Clock.class, properties = { "gentcp.packet=raw", "gentcp.server.clock.port=0",
			"gentcp.server.edge.port=0", "gentcp.server.edge.address=127.0.0.1" })
	class ClockTests {

		@Test
		void theTimeIsTold(@Value("${local.gentcp.clock.port}") int port) {
			try (PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", port)) {
				peer.awaitEndOfStream(Duration.ofSeconds(10));
				assertThat(new String(peer.received(), StandardCharsets.UTF_8)).endsWith("Z");
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@PropertySource("classpath:io/gentcp/spring/boot/shop.properties")
	@Import(Orders.class)
	static class Shop {

	}

	@Component
	static class TimeServer {

		TimeServer(@Qualifier("clock") GenTcpListenerContainer clock) {
			clock.setConnectionHandler((connection) -> connection.send(now()));
		}

		private static byte[] now() {
			return Instant.now().toString().getBytes(StandardCharsets.UTF_8);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(TimeServer.class)
	static class Clock {

	}

}

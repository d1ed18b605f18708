package io.gentcp.spring.boot;

import java.time.Duration;

import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that its properties keep connected. */
class KeepConnectedTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void itIsConnectedByItsContextAndUntilItsEnd() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			ConfiguredContext.runner()
				.withPropertyValues("gentcp.client.orders.port=" + peer.port(),
						"gentcp.client.orders.keep_connected=true", "gentcp.client.orders.reconnect-delay=5ms",
						"gentcp.client.orders.reconnect-max-delay=50ms")
				.run((context) -> {
					peer.accept(PATIENCE).close();
					PeerConnection again = peer.accept(PATIENCE);
					GenTcpTemplate client = context.getBean(GenTcpTemplate.class);
					context.getSourceApplicationContext().close();
					again.awaitEndOfStream(PATIENCE);
					assertThat(client.isRunning()).isFalse();
				});
		}
	}

	@Test
	void aContextThatIsPausedDisconnectsAndConnectsAgain() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			ConfiguredContext.runner()
				.withPropertyValues("gentcp.client.orders.port=" + peer.port(),
						"gentcp.client.orders.keep-connected=true")
				.run((context) -> {
					PeerConnection first = peer.accept(PATIENCE);
					context.getSourceApplicationContext().stop();
					first.awaitEndOfStream(PATIENCE);
					context.getSourceApplicationContext().start();
					peer.accept(PATIENCE);
				});
		}
	}

	@Test
	void anApplicationThatIsLazyConnectsToo() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			ConfiguredContext.runner()
				.withInitializer((context) -> context
					.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
				.withPropertyValues("gentcp.client.orders.port=" + peer.port(),
						"gentcp.client.orders.keep-connected=true")
				.run((context) -> peer.accept(PATIENCE));
		}
	}

	@ParameterizedTest
	@CsvSource({ "reconnect-delay, 0s, allowed: 1ms or more", "reconnect-delay, infinity, not infinity",
			"reconnect-delay, 1m, 'at most ''gentcp.client.orders.reconnect-max-delay'', which is 30s; set that one too'",
			"reconnect-max-delay, 500ms, 'at least ''gentcp.client.orders.reconnect-delay'', which is 1s; set that one'" })
	void aDelayThatMakesNoSenseStopsStartUp(String property, String value, String reason) {
		ConfiguredContext.runner()
			.withPropertyValues("gentcp.client.orders.port=4000",
					"gentcp.client.orders.%s=%s".formatted(property, value))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("gentcp.client.orders." + property)
				.hasMessageContaining(reason));
	}

}

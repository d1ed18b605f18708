package io.gentcp.spring.metrics;

import java.nio.ByteBuffer;

import io.gentcp.spring.boot.TestCertificates;
import io.gentcp.spring.core.ConnectFailedException;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.PacketBytes;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.transport.Backend;
import io.gentcp.transport.TlsOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a registry knows of TLS handshakes. */
class TlsMetersTests {

	@ParameterizedTest
	@EnumSource(Backend.class)
	void bothSidesCountTheHandshakesThatAreCompleted(Backend backend) {
		try (MeteredEndpoints meters = new MeteredEndpoints(backend, false)) {
			GenTcpTemplate client = clientOf(meters, server(meters, "server"));
			assertThat(client.sendAndReceive(new byte[3])).hasSize(3);

			assertHandshakes(meters, "client", 1, 0);
			assertHandshakes(meters, "server", 1, 0);
			client.close();
			assertHandshakes(meters, "client", 1, 0);
		}
	}

	@ParameterizedTest
	@EnumSource(Backend.class)
	void bothSidesCountTheHandshakesThatAreNot(Backend backend) {
		try (MeteredEndpoints meters = new MeteredEndpoints(backend, false)) {
			GenTcpTemplate client = clientOf(meters, server(meters, "elsewhere"));
			for (int i = 0; i < 2; i++) {
				assertThatExceptionOfType(ConnectFailedException.class).isThrownBy(() -> client.send(new byte[3]));
			}

			assertHandshakes(meters, "client", 0, 2);
			assertHandshakes(meters, "server", 0, 2);
			assertThat(meters.value(GenTcpMeter.RECONNECT_ATTEMPTS, "outcome", "failed")).isEqualTo(2);
			assertThat(meters.value(GenTcpMeter.CONNECTIONS_OPENED, "role", "server")).isZero();
		}
	}

	private static void assertHandshakes(MeteredEndpoints meters, String role, int completed, int failed) {
		meters.awaitValue(completed, GenTcpMeter.TLS_HANDSHAKE, "role", role, "outcome", "completed");
		meters.awaitValue(failed, GenTcpMeter.TLS_HANDSHAKE, "role", role, "outcome", "failed");
	}

	/** A server with the certificate of somebody, that returns what it gets. */
	private static GenTcpListenerContainer server(MeteredEndpoints meters, String alias) {
		return meters.server((packet, connection) -> ByteBuffer.wrap(PacketBytes.of(packet)),
				(settings) -> settings.options(settings.options().tls(tls(alias))));
	}

	private static GenTcpTemplate clientOf(MeteredEndpoints meters, GenTcpListenerContainer server) {
		return meters.client(server.port(), (settings) -> settings.options(settings.options().tls(tls("client"))));
	}

	private static TlsOptions tls(String alias) {
		return TlsOptions.of(TestCertificates.context(alias));
	}

}

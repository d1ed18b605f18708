package io.gentcp.spring.core;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.gentcp.GenTcp;
import io.gentcp.PartialPackets;
import io.gentcp.SocketOptions;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What a client is when little is said, and what cannot be said. */
class GenTcpClientSettingsTests {

	private static final GenTcpClientSettings ORDERS = GenTcpClientSettings.of("orders", "localhost", 4000);

	@Test
	void mostHasADefault() {
		assertThat(ORDERS.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(ORDERS.replyTimeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(ORDERS.recovery()).isEqualTo(Recovery.RESUME);
		assertThat(ORDERS.recoveryTimeout()).isEqualTo(Duration.ofSeconds(30));
		assertThat(ORDERS.charset()).isEqualTo(StandardCharsets.UTF_8);
		assertThat(ORDERS).hasToString("client orders (localhost:4000)");
	}

	@Test
	void eachSettingIsChangedAlone() {
		GenTcpClientSettings changed = ORDERS.connectTimeout(Duration.ofSeconds(1))
			.replyTimeout(SocketOptions.INFINITY)
			.recoveryTimeout(Duration.ofSeconds(3))
			.charset(StandardCharsets.UTF_16)
			.recovery(Recovery.CLOSE);

		assertThat(changed.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
		assertThat(changed.replyTimeout()).isEqualTo(SocketOptions.INFINITY);
		assertThat(changed.recoveryTimeout()).isEqualTo(Duration.ofSeconds(3));
		assertThat(changed.charset()).isEqualTo(StandardCharsets.UTF_16);
		assertThat(changed.recovery()).isEqualTo(Recovery.CLOSE);
		assertThat(changed.name()).isEqualTo("orders");
		assertThat(changed.host()).isEqualTo("localhost");
		assertThat(changed.port()).isEqualTo(4000);
		assertThat(ORDERS.recovery()).isEqualTo(Recovery.RESUME);
	}

	@ParameterizedTest
	@EnumSource
	void recoveryDecidesWhatTheSocketDoesAboutPartialPackets(Recovery recovery) {
		SocketOptions options = ORDERS.options(SocketOptions.defaults().backend(Backend.SOCKET).sendTimeoutClose(true))
			.recovery(recovery)
			.options();

		assertThat(options.sendTimeoutClose()).isFalse();
		assertThat(options.partialPackets())
			.isEqualTo((recovery == Recovery.MANUAL) ? PartialPackets.REFUSE : PartialPackets.WAIT);
	}

	@Test
	void onTheInetBackendThereIsNothingToRecover() {
		GenTcpClientSettings inet = ORDERS.options(SocketOptions.defaults().backend(Backend.INET));

		try (GenTcp genTcp = GenTcp.open()) {
			new GenTcpTemplate(genTcp, inet, Thread.ofVirtual()::start).close();
			for (GenTcpClientSettings wrong : List.of(inet.recovery(Recovery.RESUME),
					inet.recoveryTimeout(Duration.ofSeconds(30)),
					ORDERS.recovery(Recovery.CLOSE).options(SocketOptions.defaults().backend(Backend.INET)))) {
				assertThatIllegalArgumentException()
					.isThrownBy(() -> new GenTcpTemplate(genTcp, wrong, Thread.ofVirtual()::start))
					.withMessageContaining("client orders (localhost:4000)")
					.withMessageContaining("nothing to recover: a packet that is not out at its send timeout stays")
					.withMessageContaining("or choose the socket backend");
			}
		}
	}

	@Test
	void aClientNeedsANameAHostAndAPort() {
		assertThatIllegalArgumentException().isThrownBy(() -> GenTcpClientSettings.of(" ", "localhost", 4000))
			.withMessage("name is blank; a client needs one");
		assertThatIllegalArgumentException().isThrownBy(() -> GenTcpClientSettings.of("orders", "", 4000))
			.withMessage("host of client orders is blank; it must be a name or an address");
		assertThatIllegalArgumentException().isThrownBy(() -> GenTcpClientSettings.of("orders", "localhost", 0))
			.withMessage("port of client orders is 0; it must be 1 to 65535");
	}

	@Test
	void aTimeoutIsNotNegative() {
		assertThatIllegalArgumentException().isThrownBy(() -> ORDERS.replyTimeout(Duration.ofSeconds(-1)))
			.withMessage("reply-timeout is PT-1S; it must be zero or more");
	}

}

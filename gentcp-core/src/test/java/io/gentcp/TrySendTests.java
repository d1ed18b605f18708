package io.gentcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** A packet that needs no waiting is sent; of any other nothing is begun. */
@Timeout(60)
class TrySendTests {

	private static final SocketOptions TWO = SocketOptions.defaults().packet(PacketType.TWO);

	@Test
	void whatTheKernelTakesIsSent() {
		try (Connected connected = Connected.over(TestWire.PLAIN, TWO)) {
			assertThat(connected.socket().trySend(bytes("hello"))).contains(new SendResult.Sent());
			connected.peer().awaitReceived(7, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(2).packets()).containsExactly(bytes("hello").array());
		}
	}

	@Test
	void aboveTheHighWatermarkNothingIsBegun() {
		try (Connected connected = Connected.over(TestWire.PLAIN, TWO, new Step.Stall())) {
			ByteBuffer packet = ByteBuffer.allocate(1_000);
			// The packet with which held ones reach the watermark waits for nobody.
			long most = TWO.watermarks().high() + connected.socket().packetSize(packet);
			int sent = 0;
			while (connected.socket().trySend(packet).isPresent()) {
				sent++;
			}
			// The kernel may take some more by now.
			assertThat(connected.socket().pending().queued()).isLessThan(most);
			connected.peer().readAll();
			connected.peer().awaitReceived(1_002L * sent, Connected.PATIENCE);
			assertThat(connected.peer().receivedCount()).isEqualTo(1_002L * sent);
		}
	}

	@Test
	void onTheSocketBackendEverySenderMayHaveToWait() {
		try (Connected connected = Connected.over(TestWire.PLAIN, TWO.backend(Backend.SOCKET))) {
			assertThat(connected.socket().trySend(bytes("hello"))).isEmpty();
			assertThat(connected.socket().stats().sent().packets()).isZero();
		}
	}

	@Test
	void onAClosedSocketNothingIsBegun() {
		try (Connected connected = Connected.over(TestWire.PLAIN, TWO)) {
			connected.socket().close();
			assertThat(connected.socket().trySend(bytes("hello"))).isEqualTo(Optional.empty());
		}
	}

	@ParameterizedTest
	@EnumSource
	void aPayloadThatFitsNoPacketIsRefused(Backend backend) {
		try (Connected connected = Connected.over(TestWire.PLAIN, TWO.backend(backend))) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> connected.socket().trySend(ByteBuffer.allocate(65_536)).isPresent())
				.withMessageContaining("packet of 65536 bytes does not fit packet 2");
		}
	}

	@Test
	void thePacketSizeCountsTheHeader() {
		try (Connected connected = Connected.over(TestWire.PLAIN, TWO)) {
			assertThat(connected.socket().packetSize(bytes("hello"))).isEqualTo(7);
		}
	}

	private static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

}

package io.gentcp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Payloads outside of the heap, which the kernel may take from where they are, are sent
 * and torn like all others.
 */
@ParameterizedClass
@EnumSource(TestWire.class)
class DirectBufferTests {

	/** Below, at and above what is gathered, and what one call takes. */
	private static final List<Integer> SIZES = List.of(1, 16 * 1024 - 5, 16 * 1024 - 4, 64 * 1024 + 60, 64 * 1024 + 61,
			128 * 1024, 3_000_000);

	@Parameter
	TestWire wire;

	@ParameterizedTest
	@EnumSource
	void eachArrivesAsItIsAndIsNotMoved(Backend backend) {
		SocketOptions options = SocketOptions.defaults().backend(backend).packet(PacketType.FOUR);
		try (Connected connected = Connected.over(this.wire, options, new Step.ReadAll())) {
			List<byte[]> payloads = SIZES.stream().map(Payloads::random).toList();
			for (byte[] payload : payloads) {
				ByteBuffer direct = direct(payload);
				assertThat(connected.socket().send(direct)).isEqualTo(new SendResult.Sent());
				assertThat(direct.position()).isEqualTo(3);
				assertThat(direct.remaining()).isEqualTo(payload.length);
			}
			int all = SIZES.stream().mapToInt((size) -> 4 + size).sum();
			connected.peer().awaitReceived(all, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactlyElementsOf(payloads);
		}
	}

	@Test
	void theRestOfATornOneIsExactAndIsACopy() {
		SocketOptions options = SocketOptions.defaults()
			.backend(Backend.SOCKET)
			.packet(PacketType.FOUR)
			.sendTimeout(Duration.ofMillis(150));
		try (Connected connected = Connected.over(this.wire, options, new Step.Stall())) {
			byte[] payload = Payloads.random(Payloads.LARGE);
			ByteBuffer direct = direct(payload);
			assertThat(connected.socket().send(direct)).isInstanceOfSatisfying(SendResult.TimedOutWithRest.class,
					(timedOut) -> {
						RestData rest = timedOut.rest();
						assertThat(rest.bytesOut() + rest.size()).isEqualTo(4 + payload.length);
						// From now on the buffer is the caller's again.
						direct.put(direct.limit() - 1, (byte) ~direct.get(direct.limit() - 1));
						connected.peer().readAll();
						connected.sendTimeout(Connected.PATIENCE);
						assertThat(connected.socket().resume(rest)).isEqualTo(new SendResult.Sent());
					});
			connected.peer().awaitReceived(4 + payload.length, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(payload);
		}
	}

	@Test
	void whatTheInetBackendQueuesIsACopy() {
		SocketOptions options = SocketOptions.defaults().backend(Backend.INET).packet(PacketType.FOUR);
		try (Connected connected = Connected.over(this.wire, options, new Step.Stall())) {
			byte[] payload = Payloads.random(Payloads.LARGE);
			ByteBuffer direct = direct(payload);
			assertThat(connected.socket().send(direct)).isEqualTo(new SendResult.Sent());
			assertThat(connected.socket().stats().pending()).isPositive();
			direct.put(direct.limit() - 1, (byte) ~direct.get(direct.limit() - 1));
			connected.peer().readAll();
			connected.peer().awaitReceived(4 + payload.length, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(payload);
		}
	}

	/** With something in front and behind that does not belong to it. */
	private static ByteBuffer direct(byte[] payload) {
		ByteBuffer buffer = ByteBuffer.allocateDirect(3 + payload.length + 7);
		return buffer.put(3, payload).position(3).limit(3 + payload.length);
	}

}

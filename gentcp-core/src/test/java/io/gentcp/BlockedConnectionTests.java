package io.gentcp;

import java.nio.ByteBuffer;

import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.Engine;
import io.gentcp.transport.EngineOptions;
import io.gentcp.transport.PooledBuffers;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A connection on inet whose peer takes nothing keeps what is queued, and no buffer of
 * the engine's.
 */
@Timeout(60)
class BlockedConnectionTests {

	private static final int BUFFERS = 8;

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatThePeerDoesNotTakeLeavesTheBuffersToOthers(boolean cork) {
		Engine engine = new Engine(EngineOptions.defaults().cork(cork));
		PooledBuffers buffers = new PooledBuffers(engine, BUFFERS);
		SocketOptions options = SocketOptions.defaults().packet(PacketType.FOUR).highWatermark(20_000);
		try (Connected connected = Connected.over(new GenTcp(engine), options, new Step.Stall())) {
			ByteBuffer packet = ByteBuffer.allocate(1_000);
			int sent = sendWhatIsTaken(connected, packet);
			await().atMost(Connected.PATIENCE).until(buffers::areAllBack);
			// Room that the kernel has found meanwhile.
			sent += sendWhatIsTaken(connected, packet);
			assertThat(connected.socket().pending().queued()).isPositive();
			await().atMost(Connected.PATIENCE).until(buffers::areAllBack);
			connected.peer().readAll();
			connected.peer().awaitReceived(1_004L * sent, Connected.PATIENCE);
		}
	}

	private static int sendWhatIsTaken(Connected connected, ByteBuffer packet) {
		int sent = 0;
		while (connected.socket().trySend(packet).isPresent()) {
			sent++;
		}
		return sent;
	}

}

package io.gentcp;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import io.gentcp.transport.Engine;
import io.gentcp.transport.EngineOptions;
import io.gentcp.transport.FailingWire;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whoever writes fails as nothing of the network does: nobody waits for it, and the
 * connection can be closed.
 */
@Timeout(60)
class FailingWriterTests {

	private final AtomicInteger callsLeft = new AtomicInteger();

	@ParameterizedTest
	@EnumSource
	void theSenderIsToldAndNobodyWaitsForTheWriter(Backend backend) {
		try (Connected connected = connected(backend, 0)) {
			TcpSocket socket = connected.socket();
			assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> socket.send(new byte[10]));
			assertThat(socket.send(new byte[10])).isInstanceOf(SendResult.Ended.class)
				.isNotInstanceOf(SendResult.Sent.class);
			socket.close();
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whereThePollerWritesTheConnectionEnds(Backend backend) {
		try (Connected connected = connected(backend, 0, Step.stall())) {
			TcpSocket socket = connected.socket();
			this.callsLeft.set(Integer.MAX_VALUE);
			PendingSend large = socket.beginSend(ByteBuffer.wrap(new byte[Payloads.LARGE]));
			this.callsLeft.set(0);
			connected.peer().readAll();
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			assertThat(large.await()).isInstanceOf(SendResult.class);
			assertThat(socket.send(new byte[10])).isInstanceOf(SendResult.Ended.class)
				.isNotInstanceOf(SendResult.Sent.class);
		}
	}

	private Connected connected(Backend backend, int calls, Step... script) {
		this.callsLeft.set(calls);
		Engine engine = new Engine(EngineOptions.defaults(), (channel) -> new FailingWire(channel, this.callsLeft));
		return Connected.over(new GenTcp(engine), SocketOptions.defaults().backend(backend).packet(PacketType.FOUR),
				script);
	}

}

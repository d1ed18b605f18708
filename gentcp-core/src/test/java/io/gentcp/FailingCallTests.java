package io.gentcp;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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
import static org.awaitility.Awaitility.await;

/**
 * A call fails as nothing of the network does: whom it concerns is told, and nobody waits
 * for what will not come.
 */
@Timeout(60)
class FailingCallTests {

	private final AtomicInteger writesLeft = new AtomicInteger(Integer.MAX_VALUE);

	@ParameterizedTest
	@EnumSource
	void aSenderIsToldAndNobodyWaitsForItsWriting(Backend backend) {
		this.writesLeft.set(0);
		try (Connected connected = connected(options(backend))) {
			TcpSocket socket = connected.socket();
			assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> socket.send(new byte[10]));
			assertEnded(socket.send(new byte[10]));
			socket.close();
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whereThePollerWritesTheConnectionEnds(Backend backend) {
		try (Connected connected = connected(options(backend), Step.stall())) {
			TcpSocket socket = connected.socket();
			PendingSend large = socket.beginSend(ByteBuffer.wrap(new byte[Payloads.LARGE]));
			this.writesLeft.set(0);
			connected.peer().readAll();
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			assertThat(large.await()).isInstanceOf(SendResult.Ended.class);
			assertEnded(socket.send(new byte[10]));
		}
	}

	@ParameterizedTest
	@EnumSource
	void whereThePollerWritesTheProcessIsToldThatNothingMoreComes(Backend backend) {
		BlockingQueue<SocketMessage> told = new LinkedBlockingQueue<>();
		SocketOptions active = options(backend).active(ActiveMode.TRUE).controllingProcess(told::add);
		try (Connected connected = connected(active, Step.stall())) {
			PendingSend large = connected.socket().beginSend(ByteBuffer.wrap(new byte[Payloads.LARGE]));
			this.writesLeft.set(0);
			connected.peer().readAll();
			await().atMost(Connected.PATIENCE).until(() -> !told.isEmpty());
			assertThat(told).containsExactly(new SocketMessage.Closed(connected.socket()));
			await().atMost(Connected.PATIENCE).until(connected.genTcp()::sockets, (sockets) -> sockets.isEmpty());
			assertThat(large.await()).isInstanceOf(SendResult.Ended.class);
		}
	}

	private static void assertEnded(SendResult result) {
		assertThat(result).isInstanceOf(SendResult.Ended.class).isNotInstanceOf(SendResult.Sent.class);
	}

	private static SocketOptions options(Backend backend) {
		return SocketOptions.defaults().backend(backend).packet(PacketType.FOUR);
	}

	private Connected connected(SocketOptions options, Step... script) {
		Engine engine = new Engine(EngineOptions.defaults(), (channel) -> new FailingWire(channel, this.writesLeft));
		return Connected.over(new GenTcp(engine), options, script);
	}

}

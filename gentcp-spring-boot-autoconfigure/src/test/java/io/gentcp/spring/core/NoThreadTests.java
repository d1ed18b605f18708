package io.gentcp.spring.core;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import io.gentcp.GenTcp;
import io.gentcp.SocketOptions;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.gentcp.spring.core.ClientAndPeer.LARGE;
import static io.gentcp.spring.core.ClientAndPeer.PATIENCE;
import static io.gentcp.spring.core.ClientAndPeer.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** An executor that was shut down leaves no packet without an answer. */
class NoThreadTests {

	private final ScriptedPeer listening = ScriptedPeer.listening(Step.stall());

	private final GenTcp genTcp = GenTcp.open();

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private GenTcpTemplate client;

	@BeforeEach
	void makeClient() {
		this.client = new GenTcpTemplate(this.genTcp,
				GenTcpClientSettings.of("orders", "127.0.0.1", this.listening.port())
					.options(SocketOptions.defaults()
						.backend(Backend.SOCKET)
						.packet(PacketType.FOUR)
						.sndbuf(16 * 1024)
						.sendTimeout(Duration.ofMillis(50))),
				this.threads);
	}

	@AfterEach
	void close() {
		this.client.close();
		this.genTcp.close();
		this.listening.close();
		this.threads.close();
	}

	@Test
	void aPacketThatWaitedForTheConnectionIsToldOfWhateverTheExecutorThrows() {
		AtomicBoolean connecting = new AtomicBoolean();
		GenTcpTemplate client = new GenTcpTemplate(this.genTcp,
				GenTcpClientSettings.of("orders", "127.0.0.1", this.listening.port()), (task) -> {
					if (connecting.getAndSet(true)) {
						throw new OutOfMemoryError("no thread");
					}
					this.threads.execute(task);
				});
		try (client) {
			assertThat(client.sendAsync(SMALL)).succeedsWithin(PATIENCE);
			await().atMost(PATIENCE).until(client::isConnected);
		}
	}

	@Test
	void connectingFails() {
		this.threads.shutdown();

		assertThatExceptionOfType(ConnectFailedException.class).isThrownBy(() -> this.client.send(SMALL))
			.withMessageContaining("RejectedExecutionException");
		assertThat(this.client.sendAsync(SMALL)).failsWithin(PATIENCE)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(ConnectFailedException.class);
	}

	@Test
	void aPacketThatNobodyCanCompleteClosesTheConnection() {
		this.client.send(SMALL);
		PeerConnection peer = this.listening.accept(PATIENCE);
		this.threads.shutdown();

		SendTimeoutException ex = catchThrowableOfType(SendTimeoutException.class, () -> this.client.send(LARGE));

		assertThat(ex.bytesOut()).isPositive();
		assertThat(ex.recovery()).failsWithin(PATIENCE)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(RecoveryFailedException.class)
			.withMessageContaining("no thread was to be had");
		peer.readAll();
		peer.awaitEndOfStream(PATIENCE);
		assertThat(peer.receivedCount()).isEqualTo(7 + ex.bytesOut());
	}

	@Test
	void anAsynchronousSendStillEndsAtItsTimeout() {
		this.client.send(SMALL);
		this.threads.shutdown();

		assertThat(this.client.sendAsync(LARGE)).failsWithin(PATIENCE)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(SendTimeoutException.class);
	}

}

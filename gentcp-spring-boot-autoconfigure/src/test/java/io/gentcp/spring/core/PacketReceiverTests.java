package io.gentcp.spring.core;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.gentcp.ConnectResult;
import io.gentcp.GenTcp;
import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import io.gentcp.transport.Deadline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.gentcp.spring.core.ClientAndPeer.PATIENCE;
import static io.gentcp.spring.core.ClientAndPeer.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who asks again and again receives the replies itself, and nothing else is lost by it.
 */
class PacketReceiverTests {

	private final EchoServer server = EchoServer.start();

	private final GenTcp genTcp = GenTcp.open();

	private final TcpSocket socket = connected();

	private final Replies replies = new Replies();

	private final CompletableFuture<ConnectionEnd> end = new CompletableFuture<>();

	@AfterEach
	void close() {
		this.genTcp.close();
		this.server.close();
	}

	@Test
	void whoAsksAgainAtOnceReceivesItself() {
		PacketReceiver receiver = receiving(true);
		askUntilThisThreadReceives(receiver);
	}

	@Test
	void whereAHandlerMayBlockOnlyTheConnectionsThreadReceives() {
		PacketReceiver receiver = receiving(false);
		for (int i = 0; i < 1_000; i++) {
			ask(receiver);
		}
		assertThat(this.replies.receivedBy).hasSize(1).doesNotContain(Thread.currentThread());
	}

	@Test
	void whoAsksNowAndThenLeavesItToTheConnectionsThread() {
		PacketReceiver receiver = receiving(true);
		for (int i = 0; i < 100; i++) {
			ask(receiver);
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
		}
		assertThat(this.replies.receivedBy).hasSize(1).doesNotContain(Thread.currentThread());
	}

	@Test
	void whatNobodyAskedForIsReceivedWhenNobodyAsksAnyMore() {
		PacketReceiver receiver = receiving(true);
		askUntilThisThreadReceives(receiver);
		int before = this.replies.arrived.get();
		assertThat(this.socket.send(SMALL)).isEqualTo(new SendResult.Sent());
		await().until(() -> this.replies.arrived.get() == before + 1);
	}

	@Test
	void thePeersCloseIsNoticedWhenNobodyAsksAnyMore() {
		PacketReceiver receiver = receiving(true);
		askUntilThisThreadReceives(receiver);
		this.server.close();
		assertThat(this.end).succeedsWithin(PATIENCE).isEqualTo(ConnectionEnd.BY_PEER);
	}

	@Test
	void itCanBePausedAtAnyTime() {
		PacketReceiver receiver = receiving(true);
		for (int i = 0; i < 300; i++) {
			IntStream.range(0, ThreadLocalRandom.current().nextInt(30)).forEach((same) -> ask(receiver));
			assertThat(receiver.pause(Deadline.after(PATIENCE))).isTrue();
			assertThat(this.socket.send(SMALL)).isEqualTo(new SendResult.Sent());
			int before = this.replies.arrived.get();
			assertThat(this.socket.recv(PATIENCE)).isInstanceOf(RecvResult.Received.class);
			assertThat(this.replies.arrived).hasValue(before);
			receiver.goOn();
		}
	}

	/** Alone, by turns and at once, with a callback now and then. */
	@ParameterizedTest
	@EnumSource
	void eachGetsItsOwnReplyHoweverManyAsk(Backend backend) throws Exception {
		try (TestClient ours = TestClient.on(backend, this.server.port());
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int askers = 1; askers <= 4; askers++) {
				Set<Future<?>> running = ConcurrentHashMap.newKeySet();
				for (int asker = 0; asker < askers; asker++) {
					byte number = (byte) asker;
					running.add(threads.submit(() -> askOften(ours.client(), number)));
				}
				for (Future<?> each : running) {
					each.get(60, TimeUnit.SECONDS);
				}
			}
			assertThat(ours.client().counters().uncorrelatedPackets()).isZero();
			assertThat(ours.client().counters().connectionsOpened()).isOne();
		}
	}

	private static void askOften(GenTcpTemplate client, byte asker) {
		for (int i = 0; i < 2_000; i++) {
			byte[] request = { asker, (byte) i, (byte) (i >> 8) };
			assertThat(client.sendAndReceive(request)).isEqualTo(request);
			if (i % 256 == 255) {
				RecvResult received = client.execute((socket) -> {
					assertThat(socket.send(SMALL)).isEqualTo(new SendResult.Sent());
					return socket.recv(PATIENCE);
				});
				assertThat(received).isEqualTo(new RecvResult.Received(new Packet.Bytes(SMALL)));
			}
			if (i % 512 == 511) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(12)));
			}
		}
	}

	private PacketReceiver receiving(boolean sharing) {
		PacketReceiver receiver = new PacketReceiver(this.socket, this.replies, sharing);
		Thread.ofVirtual().start(() -> this.end.complete(receiver.receiveAll()));
		return receiver;
	}

	private void ask(PacketReceiver receiver) {
		int asked = this.replies.asked.incrementAndGet();
		assertThat(this.socket.send(SMALL)).isEqualTo(new SendResult.Sent());
		Optional<ConnectionEnd> end = receiver.receiveWhile(() -> this.replies.arrived.get() < asked,
				Deadline.after(PATIENCE));
		assertThat(end).isEmpty();
		while (this.replies.arrived.get() < asked) {
			Thread.onSpinWait();
		}
	}

	private void askUntilThisThreadReceives(PacketReceiver receiver) {
		Deadline deadline = Deadline.after(PATIENCE);
		while (!this.replies.receivedBy.contains(Thread.currentThread())) {
			assertThat(deadline.hasPassed()).isFalse();
			ask(receiver);
		}
	}

	private TcpSocket connected() {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), this.server.port());
		return switch (this.genTcp.connect(address, SocketOptions.defaults().packet(PacketType.FOUR).exitOnClose(false),
				PATIENCE)) {
			case ConnectResult.Connected(TcpSocket connected) -> connected;
			case ConnectResult other -> throw new AssertionError(other);
		};
	}

	/** Counts what arrives, and sees who brings it. */
	private static final class Replies implements PacketReceiver.Listener {

		final AtomicInteger asked = new AtomicInteger();

		final AtomicInteger arrived = new AtomicInteger();

		final Set<Thread> receivedBy = ConcurrentHashMap.newKeySet();

		@Override
		public void onPacket(Packet packet) {
			this.receivedBy.add(Thread.currentThread());
			this.arrived.incrementAndGet();
		}

		@Override
		public boolean isAwaited() {
			return this.arrived.get() < this.asked.get();
		}

	}

}

package io.gentcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** A handler gets its messages one by one, and has a thread only while there are any. */
@Timeout(60)
class HandlerProcessTests {

	private static final SocketOptions ONE = SocketOptions.defaults().packet(PacketType.ONE);

	private static final ControllingProcessResult OK = new ControllingProcessResult.HandedOver();

	private final Queue<SocketMessage> handled = new ConcurrentLinkedQueue<>();

	private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

	/** How many messages the handler may begin to handle. */
	private final Semaphore permits = new Semaphore(0);

	private final AtomicInteger handling = new AtomicInteger();

	@ParameterizedTest
	@EnumSource(TestWire.class)
	void messagesAreHandledInTheOrderOfTheStream(TestWire wire) {
		HandlerProcess process = new HandlerProcess(1, this.handled::add);
		try (Connected connected = Connected.over(wire, to(process), Step.send(new byte[] { 1, 'a', 1, 'b', 1, 'c' }),
				Step.close())) {
			awaitHandled(4);
			assertThat(this.handled).containsExactly(data(connected, 'a'), data(connected, 'b'), data(connected, 'c'),
					new SocketMessage.Closed(connected.socket()));
		}
	}

	@Test
	void oneMessageIsHandledAtATimeAlsoOfManySockets() {
		AtomicInteger atOnce = new AtomicInteger();
		HandlerProcess process = new HandlerProcess(3, (message) -> {
			atOnce.accumulateAndGet(this.handling.incrementAndGet(), Math::max);
			LockSupport.parkNanos(100_000);
			this.handling.decrementAndGet();
			this.handled.add(message);
		});
		try (GenTcp genTcp = GenTcp.open()) {
			List<Connected> connections = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				connections.add(Connected.over(genTcp, to(process), Step.send(new byte[] { 1, 'a', 1, 'b', 1, 'c' }),
						Step.close()));
			}
			awaitHandled(40);
			for (Connected connected : connections) {
				assertThat(this.handled).filteredOn((message) -> message.socket().equals(connected.socket()))
					.containsExactly(data(connected, 'a'), data(connected, 'b'), data(connected, 'c'),
							new SocketMessage.Closed(connected.socket()));
				connected.listening().close();
			}
			assertThat(atOnce).hasValue(1);
		}
	}

	@Test
	void whileThereIsNothingToHandleItHasNoThread() {
		HandlerProcess process = process(10, (message) -> {
		});
		try (Connected connected = Connected.over(TestWire.PLAIN, to(process))) {
			for (int i = 1; i <= 20; i++) {
				connected.peer().send(new byte[] { 1, 'a', 1, 'b' });
				awaitHandled(2 * i);
				await().atMost(Connected.PATIENCE).until(() -> this.threads.stream().noneMatch(Thread::isAlive));
				assertThat(process).hasToString("HandlerProcess[0 of 10 messages]");
			}
			assertThat(this.threads).hasSizeBetween(20, 40).allMatch(Thread::isVirtual);
		}
	}

	@Test
	void eachPacketThatIsAskedForAgainIsHandled() {
		int packets = 2_000;
		HandlerProcess process = process(1, HandlerProcessTests::echo);
		try (GenTcp genTcp = GenTcp.open();
				ListenSocket listen = Connected.listen(genTcp, to(process));
				TcpSocket client = Connected.connect(genTcp, listen.port(), ONE)) {
			assertThat(listen.accept()).isInstanceOf(AcceptResult.Accepted.class);
			for (int i = 0; i < packets; i++) {
				assertThat(client.send(new byte[] { 'a' })).isEqualTo(new SendResult.Sent());
				assertThat(client.recv()).isEqualTo(new RecvResult.Received(new Packet.Bytes(new byte[] { 'a' })));
			}
			assertThat(this.handled).hasSizeBetween(packets - 1, packets);
		}
	}

	@ParameterizedTest
	@EnumSource(TestBackend.class)
	void repliesToPacketsThatCameTogetherAllGoOut(TestBackend backend) {
		HandlerProcess process = process(1, HandlerProcessTests::echo);
		ByteBuffer stream = ByteBuffer.allocate(200);
		while (stream.hasRemaining()) {
			stream.put((byte) 1).put((byte) stream.position());
		}
		try (Connected connected = Connected.over(backend, to(process), Step.send(stream.array()), Step.readAll())) {
			awaitReceived(connected, stream.array());
		}
	}

	@Test
	void noReplyIsHeldBackWhenTheThreadEnds() throws Exception {
		HandlerProcess process = process(100, HandlerProcessTests::echo);
		byte[] packets = new byte[80];
		for (int i = 0; i < packets.length; i += 2) {
			packets[i] = 1;
		}
		try (Connected connected = Connected.over(TestWire.PLAIN, to(process).nodelay(true), Step.readAll())) {
			for (int round = 1; round <= 20; round++) {
				connected.peer().send(packets);
				awaitHandled(40 * round);
				for (Thread thread : this.threads) {
					thread.join();
				}
				assertThat(connected.socket().info().pending().queued()).isZero();
			}
		}
	}

	@Test
	void aReplyGoesOutAlsoIfNoFurtherPacketIsWanted() {
		HandlerProcess process = process(1, HandlerProcessTests::echo);
		try (Connected connected = Connected.over(TestWire.PLAIN, to(process).active(ActiveMode.ONCE),
				Step.send(new byte[] { 1, 'a', 1, 'b' }), Step.readAll())) {
			awaitReceived(connected, new byte[] { 1, 'a' });
			assertThat(connected.socket().active(ActiveMode.ONCE)).isEqualTo(new SetOptionsResult.Set());
			awaitReceived(connected, new byte[] { 1, 'a', 1, 'b' });
		}
	}

	@Test
	void atItsBoundThePeerCannotSendOnUntilThereIsRoom() {
		int packets = 20_000;
		ByteBuffer stream = ByteBuffer.allocate(packets * 1004);
		while (stream.hasRemaining()) {
			stream.putInt(1000).putInt(stream.position() / 1004).position(stream.position() + 996);
		}
		HandlerProcess process = process(3, (message) -> this.permits.acquireUninterruptibly());
		try (GenTcp genTcp = GenTcp.open();
				ListenSocket listen = Connected.listen(genTcp, to(process).packet(PacketType.FOUR).recbuf(32 * 1024));
				TcpSocket sender = Connected.connect(genTcp, listen.port(),
						SocketOptions.defaults()
							.backend(Backend.SOCKET)
							.sndbuf(32 * 1024)
							.sendTimeout(Duration.ofMillis(300)))) {
			assertThat(listen.accept()).isInstanceOf(AcceptResult.Accepted.class);
			RestData rest = ((SendResult.TimedOutWithRest) sender.send(stream.array())).rest();
			assertThat(rest.bytesOut()).as("what the kernel and one buffer hold").isLessThan(2_000_000);
			assertThat(process).hasToString("HandlerProcess[3 of 3 messages]");
			WaitingCall<SendResult> resumed = WaitingCall.of(() -> sender.resume(rest, Connected.PATIENCE));
			this.permits.release(packets);
			awaitHandled(packets);
			int next = 0;
			for (SocketMessage message : this.handled) {
				Packet packet = ((SocketMessage.Data) message).packet();
				assertThat(ByteBuffer.wrap(((Packet.Bytes) packet).array()).getInt()).isEqualTo(next++);
			}
			assertThat(resumed.result()).isEqualTo(new SendResult.Sent());
		}
	}

	@Test
	void socketsThatFoundNoRoomComeByTurns() {
		HandlerProcess process = process(1, (message) -> this.permits.acquireUninterruptibly());
		try (Connected one = Connected.over(TestWire.PLAIN, ONE);
				Connected two = Connected.over(TestWire.PLAIN, ONE);
				Connected three = Connected.over(TestWire.PLAIN, ONE)) {
			process.deliver(data(one, '0'));
			List.of(one, two, three).forEach((socket) -> new Flood(process, socket, 5).run());
			this.permits.release(16);
			awaitHandled(16);
			assertThat(this.handled).extracting(SocketMessage::socket)
				.containsSubsequence(one.socket(), two.socket(), three.socket(), one.socket(), two.socket(),
						three.socket(), one.socket(), two.socket(), three.socket(), one.socket(), two.socket(),
						three.socket(), one.socket(), two.socket(), three.socket());
		}
	}

	@Test
	void handOversLoseNobodyWhoWaitsForRoom() {
		int packets = 3_000;
		HandlerProcess process = new HandlerProcess(1, HandlerProcessTests::echo);
		HandlerProcess other = new HandlerProcess(1, HandlerProcessTests::echo);
		AtomicInteger clients = new AtomicInteger(3);
		try (GenTcp genTcp = GenTcp.open(); ListenSocket listen = Connected.listen(genTcp, to(process))) {
			List<WaitingCall<Integer>> calls = new ArrayList<>();
			TcpSocket moved = null;
			for (int i = 0; i < 3; i++) {
				TcpSocket client = Connected.connect(genTcp, listen.port(), ONE);
				moved = ((AcceptResult.Accepted) listen.accept()).socket();
				calls.add(WaitingCall.of(() -> {
					try {
						return pingPong(client, packets);
					}
					finally {
						clients.decrementAndGet();
					}
				}));
			}
			while (clients.get() > 0) {
				assertThat(moved.controllingProcess(process, other)).isEqualTo(OK);
				assertThat(moved.controllingProcess(other, process)).isEqualTo(OK);
			}
			assertThat(calls).extracting(WaitingCall::result).containsOnly(packets);
		}
	}

	@Test
	void whatAHandlerThrowsClosesTheSocketOfTheMessageAndNoOther() {
		Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
		IOException failure = new IOException("thrown unchecked, as Kotlin does");
		HandlerProcess process = process(10, (message) -> {
			this.permits.acquireUninterruptibly();
			if (isPacket(message, 'x')) {
				Thread.currentThread().setUncaughtExceptionHandler((thread, uncaught) -> {
					thrown.add(uncaught);
					await().atMost(Connected.PATIENCE).until(() -> !message.socket().isOpen());
					throw new IllegalStateException("cannot report it");
				});
				HandlerProcessTests.<RuntimeException>sneak(failure);
			}
		});
		try (Connected one = Connected.over(TestWire.PLAIN, to(process), Step.send(new byte[] { 1, 'x', 1, 'y' }),
				Step.readAll()); Connected other = Connected.over(TestWire.PLAIN, to(process))) {
			await().atMost(Connected.PATIENCE).until(process::toString, "HandlerProcess[2 of 10 messages]"::equals);
			other.peer().send(new byte[] { 1, 'a' });
			await().atMost(Connected.PATIENCE).until(process::toString, "HandlerProcess[3 of 10 messages]"::equals);
			this.permits.release(10);
			one.peer().awaitEndOfStream(Connected.PATIENCE);
			awaitHandled(1);
			assertThat(this.handled).containsExactly(data(other, 'a'));
			assertThat(thrown).containsExactly(failure);
			assertThat(other.socket().isOpen()).isTrue();
		}
	}

	@Test
	void aHandlerThatThrowsWhenItHasHandedTheSocketOverClosesNothing() {
		CountDownLatch thrown = new CountDownLatch(1);
		try (Mailbox other = new Mailbox(10); Connected connected = Connected.over(TestWire.PLAIN, ONE)) {
			AtomicReference<ControllingProcess> self = new AtomicReference<>();
			self.set(new HandlerProcess(10, (message) -> {
				Thread.currentThread().setUncaughtExceptionHandler((thread, uncaught) -> thrown.countDown());
				assertThat(message.socket().controllingProcess(self.get(), other)).isEqualTo(OK);
				throw new IllegalStateException("it is no longer mine");
			}));
			assertThat(connected.socket().controllingProcess(self.get())).isEqualTo(OK);
			assertThat(connected.socket().active(ActiveMode.TRUE)).isEqualTo(new SetOptionsResult.Set());
			connected.peer().send(new byte[] { 1, 'a' });
			await().atMost(Connected.PATIENCE).until(() -> thrown.getCount() == 0);
			connected.peer().send(new byte[] { 1, 'b' });
			assertThat(other.receive(Connected.PATIENCE)).contains(data(connected, 'b'));
		}
	}

	@Test
	void anInterruptThatAHandlerLeavesBehindIsNotForTheNextMessage() {
		Queue<Boolean> interrupted = new ConcurrentLinkedQueue<>();
		HandlerProcess process = process(10, (message) -> {
			interrupted.add(Thread.currentThread().isInterrupted());
			Thread.currentThread().interrupt();
		});
		try (Connected connected = Connected.over(TestWire.PLAIN, to(process),
				Step.send(new byte[] { 1, 'a', 1, 'b', 1, 'c' }))) {
			awaitHandled(3);
			assertThat(interrupted).containsExactly(false, false, false);
			assertThat(connected.socket().isOpen()).isTrue();
		}
	}

	@Test
	void whatNobodyHasHandledIsHandedOver() {
		HandlerProcess process = process(10, (message) -> this.permits.acquireUninterruptibly());
		try (Mailbox other = new Mailbox(10);
				Connected connected = Connected.over(TestWire.PLAIN, to(process),
						Step.send(new byte[] { 1, 'a', 1, 'b', 1, 'c' }))) {
			await().atMost(Connected.PATIENCE).until(process::toString, "HandlerProcess[3 of 10 messages]"::equals);
			assertThat(connected.socket().controllingProcess(process, other)).isEqualTo(OK);
			assertThat(other.receive(Connected.PATIENCE)).contains(data(connected, 'b'));
			assertThat(other.receive(Connected.PATIENCE)).contains(data(connected, 'c'));
			this.permits.release();
			awaitHandled(1);
			assertThat(connected.socket().controllingProcess(other, process)).isEqualTo(OK);
			connected.peer().send(new byte[] { 1, 'd' });
			this.permits.release();
			awaitHandled(2);
			assertThat(this.handled).containsExactly(data(connected, 'a'), data(connected, 'd'));
		}
	}

	@Test
	void theHandlerMayCloseTheSocketAndWaitForIt() throws Exception {
		CountDownLatch closed = new CountDownLatch(1);
		HandlerProcess process = process(1, (message) -> {
			echo(message);
			message.socket().close();
			closed.countDown();
		});
		try (Connected connected = Connected.over(TestWire.PLAIN, to(process), Step.send(new byte[] { 1, 'a' }),
				Step.readAll())) {
			awaitReceived(connected, new byte[] { 1, 'a' });
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			closed.await();
		}
	}

	@Test
	void aBoundOfNothingIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new HandlerProcess(0, this.handled::add))
			.withMessage("bound is 0; it must be 1 or more");
	}

	private static int pingPong(TcpSocket client, int packets) {
		for (int i = 0; i < packets; i++) {
			assertThat(client.send(new byte[] { 'a' })).isEqualTo(new SendResult.Sent());
			assertThat(client.recv(Connected.PATIENCE)).isInstanceOf(RecvResult.Received.class);
		}
		return packets;
	}

	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <X extends Throwable> void sneak(Throwable failure) throws X {
		throw (X) failure;
	}

	private HandlerProcess process(int bound, Consumer<SocketMessage> handler) {
		return new HandlerProcess(bound, (message) -> {
			this.threads.add(Thread.currentThread());
			handler.accept(message);
			this.handled.add(message);
		});
	}

	private static void awaitReceived(Connected connected, byte[] bytes) {
		connected.peer().awaitReceived(bytes.length, Connected.PATIENCE);
		assertThat(connected.peer().received()).isEqualTo(bytes);
	}

	private void awaitHandled(int messages) {
		await().atMost(Connected.PATIENCE).until(this.handled::size, (size) -> size >= messages);
		assertThat(this.handled).hasSize(messages);
	}

	private static void echo(SocketMessage message) {
		if (message instanceof SocketMessage.Data(TcpSocket socket, Packet packet)) {
			assertThat(socket.send(((Packet.Bytes) packet).array())).isEqualTo(new SendResult.Sent());
		}
	}

	private static boolean isPacket(SocketMessage message, char packet) {
		return message instanceof SocketMessage.Data(TcpSocket socket, Packet.Bytes bytes)
				&& bytes.array()[0] == packet;
	}

	private static SocketOptions to(ControllingProcess process) {
		return ONE.controllingProcess(process).active(ActiveMode.TRUE);
	}

	private static SocketMessage data(Connected connected, char packet) {
		return new SocketMessage.Data(connected.socket(), new Packet.Bytes(new byte[] { (byte) packet }));
	}

	/** A socket that has packets at hand, and delivers one as soon as there is room. */
	private static final class Flood implements Runnable {

		private final ControllingProcess process;

		private final Connected socket;

		private int left;

		Flood(ControllingProcess process, Connected socket, int packets) {
			this.process = process;
			this.socket = socket;
			this.left = packets;
		}

		@Override
		public void run() {
			while (this.left > 0 && this.process.hasRoom(this)) {
				this.left--;
				this.process.deliver(data(this.socket, 'a'));
			}
		}

	}

}

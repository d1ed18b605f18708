package io.gentcp;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a runtime has, shares and takes with it when it is closed. */
@Timeout(60)
class RuntimeTests {

	private static final SocketOptions RAW = SocketOptions.defaults();

	private static final SocketOptions FOUR = RAW.packet(PacketType.FOUR);

	@Test
	void closingItEndsItsThreads() {
		Set<Thread> before = threadsOfRuntimes();
		GenTcp genTcp = GenTcp.open();
		assertThat(genTcp.connect("localhost", 1, RAW, Connected.PATIENCE)).isInstanceOf(ConnectResult.Failed.class);
		Set<Thread> started = threadsOfRuntimes();
		started.removeAll(before);
		assertThat(started).isNotEmpty().allMatch(Thread::isDaemon).noneMatch(Thread::isVirtual);
		genTcp.close();
		assertThat(started).filteredOn((thread) -> thread.getName().contains("poller")).noneMatch(Thread::isAlive);
		await().atMost(Connected.PATIENCE).until(() -> started.stream().noneMatch(Thread::isAlive));
	}

	@Test
	void closingItClosesItsSocketsAndEndsEveryWait() {
		Connected connected = Connected.over(TestBackend.SOCKET, RAW, Step.stall());
		ListenSocket listen = Connected.listen(connected.genTcp(), RAW);
		WaitingCall<AcceptResult> accept = WaitingCall.of(listen::accept).parked();
		WaitingCall<RecvResult> recv = WaitingCall.of(connected.socket()::recv).parked();
		WaitingCall<SendResult> send = WaitingCall.of(() -> connected.socket().send(new byte[Payloads.LARGE])).parked();
		connected.genTcp().close();
		assertThat(accept.result()).isEqualTo(new AcceptResult.Closed());
		assertThat(recv.result()).isEqualTo(new RecvResult.Closed());
		assertThat(send.result()).isInstanceOf(SendResult.Closed.class);
		assertThat(connected.socket().isOpen()).isFalse();
		connected.peer().readAll();
		connected.peer().awaitEndOfStream(Connected.PATIENCE);
		connected.close();
	}

	@Test
	void closingItAgainDoesNothingAndItsSocketsStayClosed() {
		try (Connected connected = Connected.over(TestWire.PLAIN, RAW)) {
			ListenSocket listen = Connected.listen(connected.genTcp(), RAW);
			connected.genTcp().close();
			connected.genTcp().close();
			connected.socket().close();
			listen.close();
			assertThat(connected.socket().send(new byte[1])).isEqualTo(new SendResult.Closed(0));
			assertThat(connected.socket().recv()).isEqualTo(new RecvResult.Closed());
			assertThat(listen.accept()).isEqualTo(new AcceptResult.Closed());
		}
	}

	@Test
	void connectsThatMeetACloseLeaveNothingOpen() {
		try (GenTcp listening = GenTcp.open(); ListenSocket listen = Connected.listen(listening, RAW.backlog(1000))) {
			OpenFiles before = OpenFiles.now();
			for (int round = 0; round < 50; round++) {
				GenTcp genTcp = GenTcp.open();
				List<WaitingCall<ConnectResult>> connecting = IntStream.range(0, 8)
					.mapToObj((i) -> WaitingCall
						.of(() -> genTcp.connect("127.0.0.1", listen.port(), RAW, SocketOptions.INFINITY)))
					.toList();
				connecting.get(round % 8).future().exceptionally((ex) -> null).join();
				genTcp.close();
				assertThat(connecting).noneMatch(RuntimeTests::endedOpen);
			}
			AcceptResult accepted = listen.accept(Duration.ZERO);
			while (accepted instanceof AcceptResult.Accepted(TcpSocket socket)) {
				socket.close();
				accepted = listen.accept(Duration.ZERO);
			}
			before.assertNoneLeft();
		}
	}

	private static boolean endedOpen(WaitingCall<ConnectResult> connecting) {
		ConnectResult result = connecting.future().exceptionally((ex) -> {
			assertThat(ex).isInstanceOf(IllegalStateException.class)
				.hasMessage("this runtime is closed; open another one");
			return new ConnectResult.TimedOut();
		}).join();
		return result instanceof ConnectResult.Connected(TcpSocket socket) && socket.isOpen();
	}

	@Test
	void twoRuntimesShareNothing() {
		Set<Thread> before = threadsOfRuntimes();
		try (Connected one = Connected.over(TestWire.PLAIN, RAW)) {
			Set<Thread> threadsOfOne = threadsOfRuntimes();
			threadsOfOne.removeAll(before);
			Connected other = Connected.over(TestWire.PLAIN, RAW);
			WaitingCall<RecvResult> waiting = WaitingCall.of(one.socket()::recv).parked();
			other.close();
			assertThat(threadsOfOne).isNotEmpty().allMatch(Thread::isAlive);
			assertThat(one.socket().isOpen()).isTrue();
			one.peer().send(bytes("abc"));
			assertThat(waiting.result()).isEqualTo(new RecvResult.Received(new Packet.Bytes(bytes("abc"))));
		}
	}

	@Test
	void aWaitingConnectionHasNeitherAThreadNorABufferOfItsOwn() {
		int count = 200;
		byte[] payload = Payloads.random(200_000);
		try (GenTcp genTcp = GenTcp.open(); ListenSocket listen = Connected.listen(genTcp, FOUR)) {
			int threads = ManagementFactory.getThreadMXBean().getThreadCount();
			long direct = directMemory();
			List<TcpSocket> clients = new ArrayList<>();
			List<WaitingCall<RecvResult>> waiting = new ArrayList<>();
			long heap = 0;
			for (int i = 0; i < count; i++) {
				clients.add(Connected.connect(genTcp, listen.port(), FOUR));
				TcpSocket socket = ((AcceptResult.Accepted) listen.accept(Connected.PATIENCE)).socket();
				receiveOne(clients.getLast(), socket, payload);
				waiting.add(WaitingCall.of(socket::recv).parked());
				heap = (i == count / 2) ? usedHeap() : heap;
			}
			assertThat(ManagementFactory.getThreadMXBean().getThreadCount() - threads).as("platform threads")
				.isLessThan(20);
			assertThat(directMemory() - direct).as("direct memory").isLessThan(4 * 1024 * 1024);
			long half = heap;
			await().atMost(Connected.PATIENCE)
				.untilAsserted(() -> assertThat((usedHeap() - half) / (count / 2)).as("bytes for each connection")
					.isLessThan(20_000));
			clients.forEach((client) -> assertThat(client.send(bytes("x"))).isEqualTo(new SendResult.Sent()));
			assertThat(waiting).allSatisfy((call) -> assertThat(call.result())
				.isEqualTo(new RecvResult.Received(new Packet.Bytes(bytes("x")))));
		}
	}

	private static void receiveOne(TcpSocket sender, TcpSocket receiver, byte[] payload) {
		WaitingCall<SendResult> send = WaitingCall.of(() -> sender.send(payload));
		assertThat(receiver.recv(Connected.PATIENCE)).isEqualTo(new RecvResult.Received(new Packet.Bytes(payload)));
		assertThat(send.result()).isEqualTo(new SendResult.Sent());
	}

	private static long usedHeap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static long directMemory() {
		return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((pool) -> pool.getName().equals("direct"))
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
	}

	private static Set<Thread> threadsOfRuntimes() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().matches("gentcp-\\d+-.*"))
			.collect(Collectors.toSet());
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}

package io.gentcp;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A virtual thread that waits in gentcp leaves its carrier to others. */
@Timeout(120)
class PinningTests {

	private static final int CONNECTIONS = 100;

	private static final int ROUNDS = 20;

	private static final Duration SHORT = Duration.ofMillis(20);

	private static final SocketOptions STALLING = SocketOptions.defaults()
		.packet(PacketType.FOUR)
		.sndbuf(16 * 1024)
		.sendTimeout(Connected.PATIENCE)
		.linger(1);

	@TempDir
	Path folder;

	@Test
	void aThreadThatPinsItsCarrierIsSeen() throws Exception {
		List<RecordedEvent> pinned = pinnedDuring(() -> WaitingCall.of(() -> Parks.IN_ITS_INITIALIZER).result());
		assertThat(pinned).anyMatch((event) -> hasFrameOf(event, Parks.class.getName()));
	}

	@ParameterizedTest
	@EnumSource(Backend.class)
	void sendingAndReceivingWithStallsPinsNoCarrier(Backend backend) throws Exception {
		// Once without a look: loading classes pins, and is over then.
		exchange(backend, 10, 10);
		List<RecordedEvent> pinned = pinnedDuring(() -> exchange(backend, CONNECTIONS, ROUNDS));
		assertThat(pinned).filteredOn((event) -> hasFrameOf(event, "io.gentcp."))
			.extracting(PinningTests::frames)
			.isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Backend.class)
	void connectingTakingBackChangingAndClosingPinsNoCarrier(Backend backend) throws Exception {
		waitInEveryOtherCall(backend);
		List<RecordedEvent> pinned = pinnedDuring(() -> {
			for (int round = 0; round < 2; round++) {
				waitInEveryOtherCall(backend);
			}
		});
		assertThat(pinned).filteredOn((event) -> hasFrameOf(event, "io.gentcp."))
			.extracting(PinningTests::frames)
			.isEmpty();
	}

	@Test
	void deliveringAndTakingFromAMailboxPinsNoCarrier() throws Exception {
		deliver(10, 10);
		List<RecordedEvent> pinned = pinnedDuring(() -> deliver(CONNECTIONS, ROUNDS));
		assertThat(pinned).noneMatch((event) -> hasFrameOf(event, "io.gentcp."));
	}

	/**
	 * Each packet makes its receiver set the socket active once more; the mailbox is so
	 * small that all threads meet at it, and closing it ends the connections.
	 */
	private static void deliver(int connections, int rounds) {
		SocketOptions options = SocketOptions.defaults().packet(PacketType.FOUR).backlog(connections);
		List<WaitingCall<Boolean>> calls = new ArrayList<>();
		Mailbox mailbox = new Mailbox(5);
		try (GenTcp genTcp = GenTcp.open();
				ListenSocket listen = Connected.listen(genTcp,
						options.controllingProcess(mailbox).active(ActiveMode.ONCE));
				mailbox) {
			for (int i = 0; i < connections; i++) {
				int seed = i;
				calls.add(WaitingCall
					.of(() -> sends(Connected.connect(genTcp, listen.port(), options), rounds, new Random(seed))));
				calls.add(WaitingCall.of(() -> listen.accept() instanceof AcceptResult.Accepted));
			}
			for (int i = 0; i < 10; i++) {
				calls.add(WaitingCall.of(() -> takes(mailbox, connections * rounds / 10)));
			}
			assertThat(calls).allSatisfy((call) -> assertThat(call.result()).isTrue());
		}
	}

	private static boolean takes(Mailbox mailbox, int count) {
		for (int i = 0; i < count; i++) {
			TcpSocket socket = mailbox.receive(Connected.PATIENCE).orElseThrow().socket();
			if (!(socket.active(ActiveMode.ONCE) instanceof SetOptionsResult.Set)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * On each connection one thread sends packets that the kernel cannot hold, with
	 * timeouts, and another receives them with pauses; then the runtime is closed with
	 * everybody waiting.
	 */
	private static void exchange(Backend backend, int connections, int rounds) {
		SocketOptions options = SocketOptions.defaults()
			.backend(backend)
			.packet(PacketType.FOUR)
			.sndbuf(8 * 1024)
			.recbuf(8 * 1024)
			.backlog(connections)
			.sendTimeout(Duration.ofMillis(2));
		List<WaitingCall<Boolean>> calls = new ArrayList<>();
		List<WaitingCall<RecvResult>> waiting = new CopyOnWriteArrayList<>();
		GenTcp genTcp = GenTcp.open();
		try (genTcp) {
			ListenSocket listen = Connected.listen(genTcp, options);
			for (int i = 0; i < connections; i++) {
				int seed = i;
				calls.add(WaitingCall
					.of(() -> sends(Connected.connect(genTcp, listen.port(), options), rounds, new Random(seed))));
				calls.add(WaitingCall
					.of(() -> receives(((AcceptResult.Accepted) listen.accept()).socket(), rounds, waiting)));
			}
			assertThat(calls).allSatisfy((call) -> assertThat(call.result()).isTrue());
		}
		assertThat(waiting).hasSize(connections)
			.allSatisfy((call) -> assertThat(call.result()).isEqualTo(new RecvResult.Closed()));
	}

	private static boolean sends(TcpSocket socket, int rounds, Random random) {
		for (int round = 0; round < rounds; round++) {
			SendResult result = socket.send(new byte[random.nextInt(60_000)]);
			while (result instanceof SendResult.TimedOutWithRest(RestData rest)) {
				result = socket.resume(rest);
			}
			if (!(result instanceof SendResult.Sent) && !(result instanceof SendResult.TimedOutQueued)) {
				return false;
			}
		}
		return true;
	}

	private static boolean receives(TcpSocket socket, int rounds, List<WaitingCall<RecvResult>> waiting) {
		for (int round = 0; round < rounds; round++) {
			LockSupport.parkNanos(Duration.ofMillis(3).toNanos());
			if (!(socket.recv(Connected.PATIENCE) instanceof RecvResult.Received(Packet packet))) {
				return false;
			}
		}
		return waiting.add(WaitingCall.of(socket::recv));
	}

	/** Each call is made on a virtual thread, and waits or ends the wait of others. */
	private static void waitInEveryOtherCall(Backend backend) {
		GenTcp genTcp = GenTcp.open();
		try (ScriptedPeer peer = ScriptedPeer.listening(new Step.Stall())) {
			connect(genTcp);
			accept(genTcp);
			takeBackChangeAndClose(backend, genTcp, peer);
			WaitingCall<AcceptResult> accepting = WaitingCall.of(Connected.listen(genTcp, STALLING)::accept).parked();
			WaitingCall<RecvResult> receiving = WaitingCall.of(Connected.connect(genTcp, peer.port(), STALLING)::recv)
				.parked();
			close(genTcp);
			assertThat(accepting.result()).isEqualTo(new AcceptResult.Closed());
			assertThat(receiving.result()).isEqualTo(new RecvResult.Closed());
		}
	}

	private static void connect(GenTcp genTcp) {
		CountDownLatch found = new CountDownLatch(1);
		String host = TestHosts.stuckUntil(found);
		assertThat(WaitingCall.of(() -> genTcp.connect(host, 1, STALLING, SHORT)).result())
			.isEqualTo(new ConnectResult.TimedOut());
		found.countDown();
		try (FullBacklog full = new FullBacklog()) {
			assertThat(WaitingCall.of(() -> genTcp.connect("127.0.0.1", full.port(), STALLING, SHORT)).result())
				.isEqualTo(new ConnectResult.TimedOut());
		}
	}

	private static void accept(GenTcp genTcp) {
		ListenSocket listen = Connected.listen(genTcp, STALLING);
		assertThat(WaitingCall.of(() -> listen.accept(SHORT)).result()).isEqualTo(new AcceptResult.TimedOut());
		WaitingCall<AcceptResult> accepting = WaitingCall.of(listen::accept).parked();
		WaitingCall<AcceptResult> inLine = WaitingCall.of(listen::accept).parked();
		close(listen);
		assertThat(accepting.result()).isEqualTo(new AcceptResult.Closed());
		assertThat(inLine.result()).isEqualTo(new AcceptResult.Closed());
	}

	private static void takeBackChangeAndClose(Backend backend, GenTcp genTcp, ScriptedPeer peer) {
		TcpSocket socket = Connected.connect(genTcp, peer.port(), STALLING.backend(backend));
		WaitingCall<RecvResult> receiving = WaitingCall.of(socket::recv).parked();
		WaitingCall<RecvResult> inLine = WaitingCall.of(socket::recv).parked();
		if (backend == Backend.INET) {
			assertThat(socket.send(new byte[Payloads.LARGE])).isEqualTo(new SendResult.Sent());
		}
		WaitingCall<SendResult> sending = WaitingCall.of(() -> socket.send(new byte[Payloads.LARGE])).parked();
		PendingSend behind = socket.beginSend(ByteBuffer.allocate(1));
		WaitingCall<SendResult> takenBack = WaitingCall.of(behind::await).parked();
		assertThat(WaitingCall.of(behind::withdraw).result()).isTrue();
		assertThat(takenBack.result()).isInstanceOf(SendResult.TimedOutWithRest.class);
		assertThat(WaitingCall.of(() -> socket.setOptions((options) -> options.nodelay(true))).result())
			.isEqualTo(new SetOptionsResult.Set());
		close(socket);
		assertThat(sending.result()).isInstanceOf(SendResult.Closed.class);
		assertThat(receiving.result()).isEqualTo(new RecvResult.Closed());
		assertThat(inLine.result()).isEqualTo(new RecvResult.Closed());
	}

	private static void close(AutoCloseable closeable) {
		assertThat(WaitingCall.of(() -> {
			closeable.close();
			return true;
		}).result()).isTrue();
	}

	private List<RecordedEvent> pinnedDuring(Runnable action) throws Exception {
		Path file = this.folder.resolve("pinned.jfr");
		try (Recording recording = new Recording()) {
			recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
			recording.start();
			action.run();
			recording.stop();
			recording.dump(file);
		}
		assertThat(Files.size(file)).isPositive();
		return RecordingFile.readAllEvents(file);
	}

	private static boolean hasFrameOf(RecordedEvent event, String prefix) {
		return event.getStackTrace() != null && event.getStackTrace()
			.getFrames()
			.stream()
			.filter(RecordedFrame::isJavaFrame)
			.anyMatch((frame) -> frame.getMethod().getType().getName().startsWith(prefix));
	}

	private static List<String> frames(RecordedEvent event) {
		return event.getStackTrace()
			.getFrames()
			.stream()
			.filter(RecordedFrame::isJavaFrame)
			.map((frame) -> "%s.%s:%d".formatted(frame.getMethod().getType().getName(), frame.getMethod().getName(),
					frame.getLineNumber()))
			.toList();
	}

	/** Parks where every JDK pins: while a class is initialized. */
	private static final class Parks {

		static final boolean IN_ITS_INITIALIZER = park();

		private static boolean park() {
			LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
			return true;
		}

	}

}

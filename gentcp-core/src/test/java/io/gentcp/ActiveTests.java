package io.gentcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.HoldingWire.Valve;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Packets come to the controlling process by themselves, in the order of the stream. */
@ParameterizedClass
@EnumSource(TestBackend.class)
@Timeout(60)
class ActiveTests {

	private static final Duration SHORT = Duration.ofMillis(30);

	private static final SetOptionsResult SET = new SetOptionsResult.Set();

	private final Mailbox mailbox = new Mailbox(100_000);

	private final SocketOptions raw = SocketOptions.defaults().controllingProcess(this.mailbox);

	private final SocketOptions one = this.raw.packet(PacketType.ONE);

	@Parameter
	TestBackend backend;

	@AfterEach
	void closeMailbox() {
		this.mailbox.close();
	}

	@Test
	void everyPacketComesAndThenTheEnd() {
		try (Connected connected = Connected.over(this.backend, this.one.active(ActiveMode.TRUE),
				Step.send(packets("a", "bb", "", "ccc")), Step.close())) {
			assertThatNextAre(connected, "a", "bb", "", "ccc");
			assertThat(next()).isEqualTo(new SocketMessage.Closed(connected.socket()));
			assertThatNothingComes();
			assertThat(connected.socket().options().active()).isEqualTo(ActiveMode.FALSE);
		}
	}

	@Test
	void packetsThatComeLaterAreDeliveredByThemselves() {
		try (Connected connected = Connected.over(this.backend, this.one.active(ActiveMode.TRUE))) {
			for (int i = 0; i < 100; i++) {
				connected.peer().send(packets("packet " + i));
				assertThatNextAre(connected, "packet " + i);
			}
		}
	}

	@Test
	void aPacketThatComesByteByByteIsDeliveredWhole() {
		try (Connected connected = Connected.over(this.backend, this.one.active(ActiveMode.TRUE))) {
			for (byte part : packets("hello")) {
				assertThatNothingComes();
				connected.peer().send(new byte[] { part });
			}
			assertThatNextAre(connected, "hello");
		}
	}

	@Test
	void onceDeliversOnePacketAndKeepsTheOthers() {
		try (Connected connected = Connected.over(this.backend, this.one.active(ActiveMode.ONCE),
				Step.send(packets("a", "b", "c")))) {
			assertThatNextAre(connected, "a");
			assertThat(connected.socket().options().active()).isEqualTo(ActiveMode.FALSE);
			assertThatNothingComes();
			assertThat(connected.socket().active(ActiveMode.ONCE)).isEqualTo(SET);
			assertThatNextAre(connected, "b");
			assertThat(connected.socket().setOptions((options) -> options.active(ActiveMode.ONCE))).isEqualTo(SET);
			assertThatNextAre(connected, "c");
			assertThatNothingComes();
		}
	}

	@Test
	void aCountEndsWithPassiveRightBehindItsLastPacket() {
		try (Connected connected = Connected.over(this.backend, this.one.active(ActiveMode.count(2)))) {
			TcpSocket socket = connected.socket();
			connected.peer().send(packets("a"));
			assertThatNextAre(connected, "a");
			assertThat(socket.options().active()).isEqualTo(ActiveMode.count(1));
			assertThat(socket.active(ActiveMode.count(2))).isEqualTo(SET);
			connected.peer().send(packets("b", "c", "d", "e"));
			assertThatNextAre(connected, "b", "c", "d");
			assertThat(next()).isEqualTo(new SocketMessage.Passive(socket));
			assertThatNothingComes();
			assertThat(socket.options().active()).isEqualTo(ActiveMode.FALSE);
			assertThat(socket.recv(Connected.PATIENCE)).isEqualTo(received("e"));
		}
	}

	@Test
	void acceptedSocketsAreActiveAsTheirListenSocketIs() {
		SocketOptions four = this.backend.of(SocketOptions.defaults().packet(PacketType.FOUR));
		try (GenTcp genTcp = this.backend.open();
				ListenSocket listen = Connected.listen(genTcp,
						four.controllingProcess(this.mailbox).active(ActiveMode.TRUE))) {
			SocketPair pair = SocketPair.over(genTcp, listen, four);
			assertThat(pair.client().send(bytes("hello"))).isEqualTo(new SendResult.Sent());
			assertThat(next()).isEqualTo(new SocketMessage.Data(pair.server(), packet("hello")));
		}
	}

	@Test
	void whatARecvHasLeftIsDeliveredAndTheReverse() {
		try (Connected connected = Connected.over(this.backend, this.one, Step.send(packets("a", "b", "c")))) {
			TcpSocket socket = connected.socket();
			connected.peer().awaitScript(Connected.PATIENCE);
			assertThat(socket.recv()).isEqualTo(received("a"));
			assertThat(socket.active(ActiveMode.TRUE)).isEqualTo(SET);
			assertThatNextAre(connected, "b", "c");
			assertThat(socket.active(ActiveMode.FALSE)).isEqualTo(SET);
			connected.peer().send(packets("d"));
			assertThatNothingComes();
			assertThat(socket.recv(Connected.PATIENCE)).isEqualTo(received("d"));
		}
	}

	@Test
	void aPartOfALineIsKeptFromRecvToActive() {
		try (Connected connected = Connected.over(this.backend, this.raw.packet(PacketType.LINE))) {
			connected.peer().send(bytes("par"));
			assertThat(connected.socket().recv(SHORT)).isEqualTo(new RecvResult.TimedOut());
			assertThat(connected.socket().active(ActiveMode.TRUE)).isEqualTo(SET);
			connected.peer().send(bytes("tial\n"));
			assertThatNextAre(connected, "partial\n");
		}
	}

	@Test
	void leftOversAreReadAnewWhenPacketIsSet() {
		try (Connected connected = Connected.over(this.backend,
				this.raw.packet(PacketType.LINE).active(ActiveMode.ONCE), Step.send(bytes("header\nbody")),
				Step.send(packets("x", "y")))) {
			TcpSocket socket = connected.socket();
			connected.peer().awaitScript(Connected.PATIENCE);
			assertThatNextAre(connected, "header\n");
			assertThat(socket.setOptions((options) -> options.packet(PacketType.RAW))).isEqualTo(SET);
			assertThat(socket.recv(4, Connected.PATIENCE)).isEqualTo(received("body"));
			assertThat(socket.setOptions((options) -> options.packet(PacketType.ONE).active(ActiveMode.TRUE)))
				.isEqualTo(SET);
			assertThatNextAre(connected, "x", "y");
		}
	}

	@Test
	void bytesThatWaitForMoreAreDeliveredAtOnceIfTheNewPacketTypeHasEnough() {
		try (Connected connected = Connected.over(this.backend,
				this.raw.packet(PacketType.LINE).active(ActiveMode.TRUE), Step.send(bytes("no end")))) {
			connected.peer().awaitScript(Connected.PATIENCE);
			assertThatNothingComes();
			assertThat(connected.socket().setOptions((options) -> options.packet(PacketType.RAW))).isEqualTo(SET);
			assertThatNextAre(connected, "no end");
		}
	}

	@Test
	void aRawStreamComesAsItIs() {
		byte[] stream = Payloads.random(3_000_000);
		try (Connected connected = Connected.over(this.backend, this.raw.active(ActiveMode.TRUE), Step.send(stream))) {
			ByteBuffer arrived = ByteBuffer.allocate(stream.length);
			while (arrived.hasRemaining()) {
				arrived.put(((Packet.Bytes) ((SocketMessage.Data) next()).packet()).array());
			}
			assertThat(arrived.array()).isEqualTo(stream);
			assertThat(connected.socket().options().active()).isEqualTo(ActiveMode.TRUE);
		}
	}

	@Test
	void aLargePacketIsOneMessage() {
		byte[] payload = Payloads.random(5_000_000);
		SocketOptions four = this.raw.packet(PacketType.FOUR).active(ActiveMode.TRUE);
		byte[] wire = ByteBuffer.allocate(4 + payload.length).putInt(payload.length).put(payload).array();
		try (Connected connected = Connected.over(this.backend, four, Step.send(wire), Step.send(wire))) {
			SocketMessage whole = new SocketMessage.Data(connected.socket(), new Packet.Bytes(payload));
			assertThat(next()).isEqualTo(whole);
			assertThat(next()).isEqualTo(whole);
		}
	}

	@Test
	void receivingWhileActiveIsRefused() {
		try (Connected connected = Connected.over(this.backend, this.one)) {
			for (ActiveMode mode : List.of(ActiveMode.count(2), ActiveMode.TRUE)) {
				assertThat(connected.socket().active(mode)).isEqualTo(SET);
				assertThat(connected.socket().recv(Connected.PATIENCE)).isEqualTo(
						new RecvResult.Failed(PosixError.EINVAL, "active is %s: packets are delivered, not received"
							.formatted(connected.socket().options().active())));
			}
			connected.peer().send(packets("a"));
			assertThatNextAre(connected, "a");
			assertThat(connected.socket().active(ActiveMode.FALSE)).isEqualTo(SET);
			assertThat(connected.socket().recv(SHORT)).isEqualTo(new RecvResult.TimedOut());
		}
	}

	@Test
	void receivesThatWaitGetTheirPacketBeforeActiveGoesOn() {
		try (Connected connected = Connected.over(this.backend, this.one)) {
			TcpSocket socket = connected.socket();
			WaitingCall<RecvResult> first = WaitingCall.of(socket::recv).parked();
			WaitingCall<RecvResult> inLine = WaitingCall.of(socket::recv).parked();
			assertThat(socket.active(ActiveMode.TRUE)).isEqualTo(SET);
			connected.peer().send(packets("a", "b", "c", "d"));
			assertThat(first.result()).isEqualTo(received("a"));
			assertThat(inLine.result()).isEqualTo(received("b"));
			assertThatNextAre(connected, "c", "d");
		}
	}

	@Test
	void aReceiveThatTimesOutLeavesTheStreamToActive() {
		try (Connected connected = Connected.over(this.backend, this.one)) {
			TcpSocket socket = connected.socket();
			WaitingCall<RecvResult> waiting = WaitingCall.of(() -> socket.recv(Duration.ofMillis(200))).parked();
			assertThat(socket.active(ActiveMode.TRUE)).isEqualTo(SET);
			assertThat(waiting.result()).isEqualTo(new RecvResult.TimedOut());
			connected.peer().send(packets("a"));
			assertThatNextAre(connected, "a");
		}
	}

	@Test
	void aProcessMaySetActiveAgainWhileAMessageIsDelivered() {
		List<SocketMessage> messages = new CopyOnWriteArrayList<>();
		ControllingProcess process = (message) -> {
			messages.add(message);
			if (message instanceof SocketMessage.Data) {
				assertThat(message.socket().active(ActiveMode.ONCE)).isEqualTo(SET);
			}
		};
		int count = 50_000;
		ByteBuffer packets = ByteBuffer.allocate(5 * count);
		IntStream.range(0, count).forEach((i) -> packets.put((byte) 4).putInt(i));
		SocketOptions options = this.one.controllingProcess(process).active(ActiveMode.ONCE);
		try (Connected connected = Connected.over(this.backend, options, Step.send(packets.array()), Step.close())) {
			await().atMost(Connected.PATIENCE).until(() -> messages.size() == count + 1);
			List<SocketMessage> expected = new ArrayList<>();
			IntStream.range(0, count)
				.forEach((i) -> expected.add(new SocketMessage.Data(connected.socket(),
						new Packet.Bytes(ByteBuffer.allocate(4).putInt(i).array()))));
			expected.add(new SocketMessage.Closed(connected.socket()));
			assertThat(messages).isEqualTo(expected);
		}
	}

	@Test
	void aMessageThatComesUpDuringADeliveryFollowsIt() {
		List<String> calls = new CopyOnWriteArrayList<>();
		ControllingProcess process = (message) -> {
			calls.add("begin " + message.getClass().getSimpleName());
			if (message instanceof SocketMessage.Data) {
				assertThat(message.socket().active(ActiveMode.count(0))).isEqualTo(SET);
			}
			calls.add("end");
		};
		SocketOptions options = this.one.controllingProcess(process).active(ActiveMode.TRUE);
		try (Connected connected = Connected.over(this.backend, options, Step.send(packets("a")))) {
			await().atMost(Connected.PATIENCE).until(() -> calls.size() == 4);
			assertThat(calls).containsExactly("begin Data", "end", "begin Passive", "end");
			assertThat(connected.socket().options().active()).isEqualTo(ActiveMode.FALSE);
		}
	}

	@Test
	void aPeerThatNeverStopsSendingDoesNotHoldUpTheOthers() {
		AtomicLong flood = new AtomicLong();
		ControllingProcess counts = (message) -> flood.incrementAndGet();
		try (GenTcp onePoller = TestWire.behind(Valve.open(), 1_000);
				GenTcp senders = GenTcp.open();
				ListenSocket listen = Connected.listen(onePoller, this.one.active(ActiveMode.TRUE));
				TcpSocket fast = Connected.connect(senders, listen.port(), SocketOptions.defaults());
				TcpSocket slow = Connected.connect(senders, listen.port(), SocketOptions.defaults())) {
			TcpSocket flooded = ((AcceptResult.Accepted) listen.accept()).socket();
			assertThat(flooded.controllingProcess(this.mailbox, counts))
				.isEqualTo(new ControllingProcessResult.HandedOver());
			WaitingCall<SendResult> sending = WaitingCall.of(() -> {
				SendResult result = new SendResult.Sent();
				while (result instanceof SendResult.Sent) {
					result = fast.send(new byte[64 * 1024]);
				}
				return result;
			});
			TcpSocket other = ((AcceptResult.Accepted) listen.accept()).socket();
			await().atMost(Connected.PATIENCE).until(() -> flood.get() > 0);
			for (int i = 0; i < 100; i++) {
				assertThat(slow.send(packets("hello"))).isEqualTo(new SendResult.Sent());
				assertThat(next()).isEqualTo(new SocketMessage.Data(other, packet("hello")));
			}
			fast.close();
			assertThat(sending.result()).isInstanceOf(SendResult.Closed.class);
		}
	}

	@Test
	void aProcessThatSendsToAStalledPeerOnAPollerDoesNotWait() {
		List<SendResult> results = new CopyOnWriteArrayList<>();
		ControllingProcess answers = (message) -> {
			results.add(message.socket().send(new byte[Payloads.LARGE]));
			results.add(message.socket().send(new byte[Payloads.LARGE]));
		};
		SocketOptions options = SocketOptions.defaults().controllingProcess(answers).active(ActiveMode.TRUE);
		try (Connected connected = Connected.over(this.backend, options.packet(PacketType.FOUR), Step.stall())) {
			connected.peer().send(new byte[] { 0, 0, 0, 1, 'a' });
			await().atMost(Connected.PATIENCE).until(() -> results.size() == 2);
			if (this.backend.queues()) {
				assertThat(results.getFirst()).isInstanceOf(SendResult.Sent.class);
				assertThat(results.getLast()).isInstanceOf(SendResult.TimedOutQueued.class);
			}
			else {
				assertThat(results.getFirst()).isInstanceOf(SendResult.TimedOutWithRest.class);
				assertThat(results.getLast()).isInstanceOf(SendResult.Refused.class);
			}
			connected.socket().close(Duration.ZERO);
			connected.peer().readAll();
		}
	}

	@Test
	void aProcessThatReceivesWhileItIsToldDoesNotWait() {
		List<RecvResult> results = new CopyOnWriteArrayList<>();
		ControllingProcess receives = (message) -> results.add(message.socket().recv());
		SocketOptions once = this.one.controllingProcess(receives).active(ActiveMode.ONCE);
		try (Connected connected = Connected.over(this.backend, once)) {
			connected.peer().send(packets("on a poller", "a", "b"));
			await().atMost(Connected.PATIENCE).until(() -> results.size() == 1);
			assertThat(connected.socket().active(ActiveMode.ONCE)).isEqualTo(SET);
			assertThat(results).containsExactly(new RecvResult.TimedOut(), new RecvResult.TimedOut());
			assertThat(connected.socket().recv(Connected.PATIENCE)).isEqualTo(received("b"));
		}
	}

	@Test
	void oneThreadServesManyActiveSockets() {
		SocketOptions four = this.backend.of(SocketOptions.defaults().packet(PacketType.FOUR).backlog(300));
		try (GenTcp genTcp = this.backend.open();
				ListenSocket listen = Connected.listen(genTcp,
						four.controllingProcess(this.mailbox).active(ActiveMode.TRUE))) {
			List<TcpSocket> clients = IntStream.range(0, 300)
				.mapToObj((i) -> SocketPair.over(genTcp, listen, four).client())
				.toList();
			int threads = Thread.activeCount();
			for (TcpSocket client : clients) {
				assertThat(client.send(bytes("hello"))).isEqualTo(new SendResult.Sent());
				assertThat(((SocketMessage.Data) next()).packet()).isEqualTo(packet("hello"));
			}
			assertThat(Thread.activeCount()).isEqualTo(threads);
		}
	}

	private SocketMessage next() {
		return this.mailbox.receive(Connected.PATIENCE).orElseThrow();
	}

	private void assertThatNextAre(Connected connected, String... packets) {
		for (String packet : packets) {
			assertThat(next()).isEqualTo(new SocketMessage.Data(connected.socket(), packet(packet)));
		}
	}

	private void assertThatNothingComes() {
		assertThat(this.mailbox.receive(SHORT)).isEmpty();
	}

	private static RecvResult received(String packet) {
		return new RecvResult.Received(packet(packet));
	}

	private static Packet packet(String packet) {
		return new Packet.Bytes(bytes(packet));
	}

	private static byte[] packets(String... packets) {
		ByteBuffer wire = ByteBuffer.allocate(1000);
		for (String packet : packets) {
			wire.put((byte) packet.length()).put(bytes(packet));
		}
		return Arrays.copyOf(wire.array(), wire.position());
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}

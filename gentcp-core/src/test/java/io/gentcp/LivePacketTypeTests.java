package io.gentcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.gentcp.packet.DecodeResult;
import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.HttpUri;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketCodec;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import io.gentcp.transport.DrippingWire;
import io.gentcp.transport.Engine;
import io.gentcp.transport.EngineOptions;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** Bytes are read by the packet type that was set last, also those that came before. */
@ParameterizedClass
@EnumSource(Backend.class)
@Timeout(60)
class LivePacketTypeTests {

	private static final Duration SHORT = Duration.ofMillis(30);

	private static final SetOptionsResult SET = new SetOptionsResult.Set();

	private static final RecvResult TIMED_OUT = new RecvResult.TimedOut();

	private static final Packet REQUEST = new HttpPacket.Request("GET", new HttpUri.AbsolutePath("/"),
			new HttpPacket.Version(1, 1));

	private static final Packet END = new HttpPacket.EndOfHeaders();

	private final Mailbox mailbox = new Mailbox(1000);

	private final SocketOptions line = SocketOptions.defaults().packet(PacketType.LINE);

	private final SocketOptions http = SocketOptions.defaults().packet(PacketType.HTTP);

	@Parameter
	Backend backend;

	@AfterEach
	void closeMailbox() {
		this.mailbox.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 1000 })
	void aLineThenRawBytesThenPacketsOfFourBytesOfLength(int pieces) {
		GenTcp genTcp = new GenTcp(
				new Engine(EngineOptions.defaults().pollers(1), (channel) -> new DrippingWire(channel, pieces)));
		try (Connected connected = Connected.over(genTcp, this.line.backend(this.backend))) {
			TcpSocket socket = connected.socket();
			connected.peer().send(bytes("header\nraw\0\0\0\5hello\0\0\0\0line\n"));
			assertThat(received(socket)).isEqualTo(packet("header\n"));
			set(socket, PacketType.RAW);
			assertThat(socket.recv(3, Connected.PATIENCE)).isEqualTo(new RecvResult.Received(packet("raw")));
			set(socket, PacketType.FOUR);
			assertThat(received(socket)).isEqualTo(packet("hello"));
			assertThat(received(socket)).isEqualTo(packet(""));
			set(socket, PacketType.LINE);
			assertThat(received(socket)).isEqualTo(packet("line\n"));
		}
	}

	static Stream<ActiveMode> modes() {
		return Stream.of(ActiveMode.ONCE, ActiveMode.TRUE, ActiveMode.count(20));
	}

	@ParameterizedTest
	@MethodSource("modes")
	void aProcessThatSetsItWhileItIsToldGetsTheNextPacketByIt(ActiveMode mode) {
		Iterator<PacketType> next = List
			.of(PacketType.FOUR, PacketType.HTTP, PacketType.TPKT, PacketType.LINE, PacketType.FOUR, PacketType.HTTP,
					PacketType.TPKT)
			.iterator();
		ControllingProcess switching = (message) -> {
			this.mailbox.deliver(message);
			if (next.hasNext()) {
				set(message.socket(), next.next());
				if (mode.equals(ActiveMode.ONCE)) {
					assertThat(message.socket().active(mode)).isEqualTo(SET);
				}
			}
		};
		try (Connected connected = connected(this.line.controllingProcess(switching).active(mode))) {
			String stream = "line\n" + "\0\0\0\2ab" + "GET / HTTP/1.1\r\n" + "\3\0\0\6de";
			connected.peer().send(bytes(stream.repeat(2)));
			for (int i = 0; i < 2; i++) {
				for (Packet packet : List.of(packet("line\n"), packet("ab"), REQUEST, packet("\3\0\0\6de"))) {
					assertThat(this.mailbox.receive(Connected.PATIENCE))
						.contains(new SocketMessage.Data(connected.socket(), packet));
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("modes")
	void aProcessThatSetsALimitWhileItIsToldStillGetsHeaders(ActiveMode mode) {
		AtomicInteger left = new AtomicInteger(8);
		ControllingProcess limiting = (message) -> {
			this.mailbox.deliver(message);
			int size = 1000 + left.decrementAndGet();
			if (size > 1000) {
				assertThat(message.socket().setOptions((options) -> options.packetSize(size))).isEqualTo(SET);
				if (mode.equals(ActiveMode.ONCE)) {
					assertThat(message.socket().active(mode)).isEqualTo(SET);
				}
			}
		};
		try (Connected connected = connected(this.http.controllingProcess(limiting).active(mode))) {
			connected.peer().send(bytes("GET / HTTP/1.1\r\nA: b\r\nC: d\r\n\r\n".repeat(2)));
			for (int i = 0; i < 2; i++) {
				for (Packet packet : List.of(REQUEST, header("A", "b"), header("C", "d"), END)) {
					assertThat(this.mailbox.receive(Connected.PATIENCE))
						.contains(new SocketMessage.Data(connected.socket(), packet));
				}
			}
		}
	}

	@Test
	void aProcessThatSetsRawWhileItIsToldGetsAllThatIsLeft() {
		ControllingProcess toRaw = (message) -> {
			this.mailbox.deliver(message);
			if (message.socket().options().packet() == PacketType.LINE) {
				set(message.socket(), PacketType.RAW);
			}
		};
		try (Connected connected = connected(this.line.controllingProcess(toRaw).active(ActiveMode.TRUE))) {
			connected.peer().send(bytes("one\ntwo\nthree"));
			assertThat(this.mailbox.receive(Connected.PATIENCE))
				.contains(new SocketMessage.Data(connected.socket(), packet("one\n")));
			assertThat(this.mailbox.receive(Connected.PATIENCE))
				.contains(new SocketMessage.Data(connected.socket(), packet("two\nthree")));
		}
	}

	static Stream<UnaryOperator<SocketOptions>> otherOptions() {
		return Stream.of((options) -> options.packetSize(1000), (options) -> options.lineLength(1000),
				(options) -> options.lineDelimiter(';'), (options) -> options.header(4),
				(options) -> options.keepalive(true).sendTimeout(SHORT), (options) -> options);
	}

	@ParameterizedTest
	@MethodSource("otherOptions")
	void settingAnotherOptionBetweenHeadersStillExpectsHeaders(UnaryOperator<SocketOptions> change) {
		try (Connected connected = connected(this.http)) {
			TcpSocket socket = connected.socket();
			connected.peer().send(bytes("GET / HTTP/1.1\r\nA: b\r\nC"));
			assertThat(received(socket)).isEqualTo(REQUEST);
			assertThat(socket.setOptions(change)).isEqualTo(SET);
			assertThat(received(socket)).isEqualTo(header("A", "b"));
			assertThat(socket.recv(SHORT)).isEqualTo(TIMED_OUT);
			assertThat(socket.setOptions(change)).isEqualTo(SET);
			connected.peer().send(bytes(": d\r\n\r\nGET / HTTP/1.1\r\n"));
			assertThat(received(socket)).isEqualTo(header("C", "d"));
			assertThat(received(socket)).isEqualTo(END);
			assertThat(socket.setOptions(change)).isEqualTo(SET);
			assertThat(received(socket)).isEqualTo(REQUEST);
		}
	}

	@Test
	void settingHttpAgainBetweenHeadersExpectsAStartLine() {
		try (Connected connected = connected(this.http)) {
			TcpSocket socket = connected.socket();
			connected.peer().send(bytes("GET / HTTP/1.1\r\nA: b\r\nGET / HTTP/1.1\r\n\r\n"));
			assertThat(received(socket)).isEqualTo(REQUEST);
			assertThat(received(socket)).isEqualTo(header("A", "b"));
			set(socket, PacketType.HTTP);
			assertThat(received(socket)).isEqualTo(REQUEST);
			assertThat(received(socket)).isEqualTo(END);
		}
	}

	@Test
	void headersBehindTheEndOfOthersAreReadWithHttph() {
		try (Connected connected = connected(this.http)) {
			TcpSocket socket = connected.socket();
			connected.peer().send(bytes("GET / HTTP/1.1\r\n\r\nA: b\r\n\r\nGET / HTTP/1.1\r\n\r\n"));
			assertThat(received(socket)).isEqualTo(REQUEST);
			assertThat(received(socket)).isEqualTo(END);
			set(socket, PacketType.HTTPH);
			assertThat(received(socket)).isEqualTo(header("A", "b"));
			assertThat(received(socket)).isEqualTo(END);
			set(socket, PacketType.HTTP);
			assertThat(received(socket)).isEqualTo(REQUEST);
		}
	}

	@Test
	void aLimitThatIsSetBetweenHeadersHoldsForTheNext() {
		try (Connected connected = connected(this.http)) {
			TcpSocket socket = connected.socket();
			connected.peer().send(bytes("GET / HTTP/1.1\r\nA: b\r\nLong: 123456\r\n\r\n"));
			assertThat(received(socket)).isEqualTo(REQUEST);
			assertThat(socket.setOptions((options) -> options.packetSize(10))).isEqualTo(SET);
			assertThat(received(socket)).isEqualTo(header("A", "b"));
			assertThat(socket.recv(Connected.PATIENCE)).isInstanceOfSatisfying(RecvResult.Failed.class,
					(failed) -> assertThat(failed.detail()).contains("packet_size 10"));
		}
	}

	@Test
	void limitsThatAnotherThreadSetsAllTheTimeDisturbNoMessage() {
		int messages = 20_000;
		try (Connected connected = connected(this.http)) {
			TcpSocket socket = connected.socket();
			connected.peer().play(Step.send(bytes("GET / HTTP/1.1\r\nA: b\r\n\r\n".repeat(messages))));
			AtomicBoolean over = new AtomicBoolean();
			WaitingCall<Integer> setting = WaitingCall.of(() -> {
				int times = 0;
				while (!over.get()) {
					int size = 1000 + times++ % 2;
					assertThat(socket.setOptions((options) -> options.packetSize(size))).isEqualTo(SET);
				}
				return times;
			});
			for (int i = 0; i < messages; i++) {
				assertThat(List.of(received(socket), received(socket), received(socket))).as("message %d", i)
					.containsExactly(REQUEST, header("A", "b"), END);
			}
			over.set(true);
			assertThat(setting.result()).isPositive();
		}
	}

	@Test
	void aReceiveByLengthThatWaitsItsTurnIsRefusedIfPacketsHaveBordersByThen() {
		AtomicInteger seen = new AtomicInteger();
		try (Connected connected = connected(SocketOptions.defaults())) {
			TcpSocket socket = connected.socket();
			WaitingCall<RecvResult> first = WaitingCall.of(socket::recv).parked();
			WaitingCall<RecvResult> byLength = WaitingCall.of(() -> socket.recv(3, Connected.PATIENCE)).parked();
			set(socket, new ScannedLine(seen));
			connected.peer().send(bytes("1234"));
			await().atMost(Connected.PATIENCE).until(() -> seen.get() == 4);
			first.interrupt();
			assertThat(first.result()).isEqualTo(TIMED_OUT);
			assertThat(byLength.result()).isInstanceOfSatisfying(RecvResult.Failed.class,
					(failed) -> assertThat(failed.error()).isEqualTo(PosixError.EINVAL));
			connected.peer().send(bytes("5\n6\n"));
			assertThat(received(socket)).isEqualTo(packet("12345\n"));
			assertThat(received(socket)).isEqualTo(packet("6\n"));
		}
	}

	/** Lines, by a type that tells how many bytes it was shown last. */
	private record ScannedLine(AtomicInteger seen) implements PacketType {

		@Override
		public String name() {
			return "scanned line";
		}

		@Override
		public PacketCodec codec(PacketLimits limits) {
			PacketCodec line = LINE.codec(limits);
			return (in) -> {
				DecodeResult result = line.decode(in);
				this.seen.set(in.remaining());
				return result;
			};
		}

	}

	@Test
	void aTypeThatRefusesTheLimitsLeavesEveryOptionAsItWas() {
		try (Connected connected = connected(this.line)) {
			TcpSocket socket = connected.socket();
			assertThatIllegalArgumentException()
				.isThrownBy(() -> socket.setOptions((options) -> options.nodelay(true).packet(new RefusingType())))
				.withMessage("packet_size must be set");
			assertThat(socket.getOptions("nodelay", "packet"))
				.isEqualTo(new GetOptionsResult.Got(Map.of("nodelay", false, "packet", PacketType.LINE)));
			connected.peer().send(bytes("line\n"));
			assertThat(received(socket)).isEqualTo(packet("line\n"));
		}
	}

	@Test
	void aTypeThatRefusesTheLimitsLeavesNoConnectionBehind() {
		SocketOptions refusing = SocketOptions.defaults().backend(this.backend).packet(new RefusingType());
		try (GenTcp genTcp = GenTcp.open();
				ScriptedPeer peer = ScriptedPeer.listening();
				ListenSocket listen = Connected.listen(genTcp, refusing);
				PeerConnection accepted = ScriptedPeer.connecting("127.0.0.1", listen.port())) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> genTcp.connect("127.0.0.1", peer.port(), refusing, Connected.PATIENCE));
			assertThatIllegalArgumentException().isThrownBy(() -> listen.accept(Connected.PATIENCE));
			peer.accept(Connected.PATIENCE).awaitEndOfStream(Connected.PATIENCE);
			accepted.awaitEndOfStream(Connected.PATIENCE);
			assertThat(genTcp.sockets()).isEmpty();
		}
	}

	/** An application's packet type that takes no packets of any size. */
	private record RefusingType() implements PacketType {

		@Override
		public String name() {
			return "refusing";
		}

		@Override
		public PacketCodec codec(PacketLimits limits) {
			throw new IllegalArgumentException("packet_size must be set");
		}

	}

	@Test
	void aLimitThatIsLiftedLetsALongLineThrough() {
		try (Connected connected = connected(this.line.lineLength(3))) {
			TcpSocket socket = connected.socket();
			connected.peer().send(bytes("123456\n"));
			assertThat(received(socket)).isEqualTo(packet("123"));
			assertThat(socket.setOptions((options) -> options.lineLength(0))).isEqualTo(SET);
			assertThat(received(socket)).isEqualTo(packet("456\n"));
		}
	}

	private Connected connected(SocketOptions options) {
		return Connected.over(GenTcp.open(), options.backend(this.backend));
	}

	private static void set(TcpSocket socket, PacketType type) {
		assertThat(socket.setOptions((options) -> options.packet(type))).isEqualTo(SET);
	}

	private static Packet received(TcpSocket socket) {
		RecvResult result = socket.recv(Connected.PATIENCE);
		assertThat(result).isInstanceOf(RecvResult.Received.class);
		return ((RecvResult.Received) result).packet();
	}

	private static Packet header(String name, String value) {
		return new HttpPacket.Header(0, name, name, value);
	}

	private static Packet packet(String text) {
		return new Packet.Bytes(bytes(text));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}

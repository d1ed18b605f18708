package io.gentcp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.DrippingWire;
import io.gentcp.transport.Engine;
import io.gentcp.transport.EngineOptions;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Packets are received whole, however their bytes arrive. */
@Timeout(60)
class PacketRecvTests {

	private static final SocketOptions FOUR = SocketOptions.defaults().packet(PacketType.FOUR);

	private static final Duration SHORT = Duration.ofMillis(30);

	private static final RecvResult TIMED_OUT = new RecvResult.TimedOut();

	private static final RecvResult CLOSED = new RecvResult.Closed();

	@Test
	void aPacketThatDribblesInOverSeveralTimeoutsCompletes() {
		try (Connected connected = Connected.over(TestWire.PLAIN, FOUR)) {
			for (byte[] part : List.of(new byte[] { 0, 0 }, new byte[] { 0, 5, 'h' }, bytes("el"))) {
				connected.peer().send(part);
				assertThat(connected.socket().recv(SHORT)).isEqualTo(TIMED_OUT);
			}
			connected.peer().send(bytes("lo"));
			assertThat(connected.socket().recv(Connected.PATIENCE)).isEqualTo(received("hello"));
		}
	}

	@Test
	void emptyPacketsAreReceived() {
		try (Connected connected = Connected.over(TestWire.PLAIN, FOUR)) {
			connected.peer().send(new byte[] { 0, 0, 0, 0, 0, 0, 0, 1, 'a', 0, 0, 0, 0 });
			assertThat(connected.socket().recv()).isEqualTo(received(""));
			assertThat(connected.socket().recv()).isEqualTo(received("a"));
			assertThat(connected.socket().recv()).isEqualTo(received(""));
			assertThat(connected.socket().recv(SHORT)).isEqualTo(TIMED_OUT);
		}
	}

	@Test
	void aTimeoutOfZeroTakesAPacketThatIsThere() {
		try (Connected connected = Connected.over(TestWire.PLAIN, FOUR)) {
			connected.peer().send(new byte[] { 0, 0, 0, 1, 'a', 0, 0, 0, 1, 'b', 0, 0 });
			assertThat(connected.socket().recv()).isEqualTo(received("a"));
			assertThat(connected.socket().recv(Duration.ZERO)).isEqualTo(received("b"));
			assertThat(connected.socket().recv(Duration.ZERO)).isEqualTo(TIMED_OUT);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 100_000, 131_072, 5_000_000 })
	void largePacketsAreReceivedToTheByte(int size) {
		byte[] payload = Payloads.random(size);
		try (Connected connected = Connected.over(TestWire.PLAIN, FOUR)) {
			connected.peer().play(Step.send(onTheWire(PacketType.FOUR, List.of(payload, payload, bytes("next")))));
			assertThat(connected.socket().recv(Connected.PATIENCE)).isEqualTo(received(payload));
			assertThat(connected.socket().recv(Connected.PATIENCE)).isEqualTo(received(payload));
			assertThat(connected.socket().recv(Connected.PATIENCE)).isEqualTo(received("next"));
		}
	}

	@Test
	void manyPacketsInOneSegmentAreReceivedOneByOne() {
		List<byte[]> packets = IntStream.range(0, 10_000).mapToObj((i) -> Payloads.random(i % 7)).toList();
		try (Connected connected = Connected.over(TestWire.PLAIN, FOUR)) {
			connected.peer().play(Step.send(onTheWire(PacketType.FOUR, packets)));
			for (byte[] packet : packets) {
				assertThat(connected.socket().recv(Connected.PATIENCE)).isEqualTo(received(packet));
			}
			assertThat(connected.socket().recv(SHORT)).isEqualTo(TIMED_OUT);
		}
	}

	static List<Arguments> streams() {
		List<byte[]> packets = List.of(bytes("hello"), bytes(""), bytes("x"),
				bytes("forty two bytes of a longer packet here.."), bytes(""), bytes("end"));
		return List.of(Arguments.of(PacketType.ONE, packets), Arguments.of(PacketType.TWO, packets),
				Arguments.of(PacketType.FOUR, packets),
				Arguments.of(PacketType.LINE, packets.stream().map(PacketRecvTests::line).toList()));
	}

	@ParameterizedTest
	@MethodSource("streams")
	void aTimeoutAtAnyByteOfTheStreamLosesNothing(PacketType type, List<byte[]> packets) {
		byte[] stream = onTheWire(type, packets);
		try (Connected connected = Connected.over(TestWire.PLAIN, SocketOptions.defaults().packet(type))) {
			for (int cut = 0; cut <= stream.length; cut++) {
				List<RecvResult> results = new ArrayList<>();
				connected.peer().send(slice(stream, 0, cut));
				RecvResult result = connected.socket().recv(Duration.ofMillis(5));
				while (!result.equals(TIMED_OUT)) {
					results.add(result);
					result = connected.socket().recv(Duration.ofMillis(5));
				}
				connected.peer().send(slice(stream, cut, stream.length));
				while (results.size() < packets.size()) {
					results.add(connected.socket().recv(Connected.PATIENCE));
				}
				assertThat(results).as("cut at %d", cut).isEqualTo(received(packets));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("streams")
	void bytesThatArriveInPiecesOfAnySizeMakeTheSamePackets(PacketType type, List<byte[]> packets) {
		byte[] stream = onTheWire(type, packets);
		for (int size = 1; size <= stream.length; size++) {
			int piece = size;
			GenTcp genTcp = new GenTcp(
					new Engine(EngineOptions.defaults().pollers(1), (channel) -> new DrippingWire(channel, piece)));
			try (Connected connected = Connected.over(genTcp, SocketOptions.defaults().packet(type))) {
				connected.peer().send(stream);
				for (byte[] packet : packets) {
					assertThat(connected.socket().recv(Connected.PATIENCE)).as("pieces of %d", piece)
						.isEqualTo(received(packet));
				}
			}
		}
	}

	@Test
	void whatIsLeftOfALineIsReadAnewWhenThePacketTypeChanges() {
		try (Connected connected = Connected.over(TestWire.PLAIN, SocketOptions.defaults().packet(PacketType.LINE))) {
			connected.peer().send(bytes("hdr\nraw body"));
			assertThat(connected.socket().recv()).isEqualTo(received("hdr\n"));
			setPacket(connected.socket(), PacketType.RAW);
			assertThat(connected.socket().recv(4, SHORT)).isEqualTo(received("raw "));
			assertThat(connected.socket().recv(SHORT)).isEqualTo(received("body"));
		}
	}

	@Test
	void bytesOfATimedOutLineAreReadAnewWhenThePacketTypeChanges() {
		try (Connected connected = Connected.over(TestWire.PLAIN, SocketOptions.defaults().packet(PacketType.LINE))) {
			connected.peer().send(new byte[] { 3, 'a', 'b' });
			assertThat(connected.socket().recv(SHORT)).isEqualTo(TIMED_OUT);
			setPacket(connected.socket(), PacketType.ONE);
			assertThat(connected.socket().recv(SHORT)).isEqualTo(TIMED_OUT);
			connected.peer().send(bytes("cline\n"));
			assertThat(connected.socket().recv()).isEqualTo(received("abc"));
			setPacket(connected.socket(), PacketType.LINE);
			assertThat(connected.socket().recv()).isEqualTo(received("line\n"));
		}
	}

	@Test
	void aPacketOfExactlyPacketSizeIsReceived() {
		try (Connected connected = Connected.over(TestWire.PLAIN, FOUR.packetSize(5))) {
			connected.peer().send(onTheWire(PacketType.FOUR, List.of(bytes("12345"))));
			assertThat(connected.socket().recv()).isEqualTo(received("12345"));
		}
	}

	@Test
	void anAnnouncedPacketAbovePacketSizeEndsTheConnection() {
		try (Connected connected = Connected.over(TestWire.PLAIN, FOUR.packetSize(5))) {
			connected.peer().send(new byte[] { 0, 0, 0, 2, 'o', 'k', 0, 0, 0, 6 });
			assertThat(connected.socket().recv()).isEqualTo(received("ok"));
			assertThat(connected.socket().recv()).isInstanceOfSatisfying(RecvResult.Failed.class, (failed) -> {
				assertThat(failed.error()).isEqualTo(PosixError.EMSGSIZE);
				assertThat(failed.detail()).startsWith("packet of 6 bytes, packet_size is 5");
			});
			assertThat(connected.socket().isOpen()).isFalse();
			assertThat(connected.socket().recv()).isEqualTo(CLOSED);
			assertThat(connected.socket().send(bytes("x"))).isEqualTo(new SendResult.Closed(0));
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
		}
	}

	@Test
	void aLineAbovePacketSizeEndsTheConnectionBeforeItsEndHasCome() {
		SocketOptions line = SocketOptions.defaults().packet(PacketType.LINE).packetSize(10);
		try (Connected connected = Connected.over(TestWire.PLAIN, line)) {
			connected.peer().send(bytes("123456789\n01234567890"));
			assertThat(connected.socket().recv()).isEqualTo(received("123456789\n"));
			assertThat(connected.socket().recv()).isInstanceOfSatisfying(RecvResult.Failed.class, (failed) -> {
				assertThat(failed.error()).isEqualTo(PosixError.EMSGSIZE);
				assertThat(failed.detail()).contains("packet_size 10").contains("11 bytes");
			});
			assertThat(connected.socket().recv()).isEqualTo(CLOSED);
		}
	}

	private static void setPacket(TcpSocket socket, PacketType type) {
		assertThat(socket.setOptions((options) -> options.packet(type))).isEqualTo(new SetOptionsResult.Set());
	}

	private static byte[] onTheWire(PacketType type, List<byte[]> packets) {
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		for (byte[] packet : packets) {
			stream.writeBytes(header(type, packet.length));
			stream.writeBytes(packet);
		}
		return stream.toByteArray();
	}

	private static byte[] header(PacketType type, int length) {
		if (type == PacketType.LINE) {
			return new byte[0];
		}
		int size = Integer.parseInt(type.name());
		byte[] four = ByteBuffer.allocate(4).putInt(length).array();
		return slice(four, 4 - size, 4);
	}

	private static byte[] line(byte[] packet) {
		return bytes(new String(packet, StandardCharsets.ISO_8859_1) + "\n");
	}

	private static byte[] slice(byte[] bytes, int from, int to) {
		return Arrays.copyOfRange(bytes, from, to);
	}

	private static List<RecvResult> received(List<byte[]> packets) {
		return packets.stream().map(PacketRecvTests::received).toList();
	}

	private static RecvResult received(byte[] bytes) {
		return new RecvResult.Received(new Packet.Bytes(bytes));
	}

	private static RecvResult received(String bytes) {
		return received(bytes(bytes));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}

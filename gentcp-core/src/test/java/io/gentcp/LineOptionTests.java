package io.gentcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.HttpUri;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Where lines end, and where they are cut. */
@ParameterizedClass
@EnumSource(Backend.class)
@Timeout(60)
class LineOptionTests {

	private static final SocketOptions LINE = SocketOptions.defaults().packet(PacketType.LINE);

	private static final Duration SHORT = Duration.ofMillis(30);

	private static final SetOptionsResult SET = new SetOptionsResult.Set();

	private static final RecvResult TIMED_OUT = new RecvResult.TimedOut();

	@Parameter
	Backend backend;

	@ParameterizedTest
	@ValueSource(ints = { ';', 0, 127, 128, 255 })
	void anyByteMayEndALine(int octet) {
		try (Connected connected = connected(LINE.lineDelimiter(octet))) {
			char delimiter = (char) octet;
			connected.peer().send(bytes("a\r\nb" + delimiter + delimiter + "c"));
			assertThat(received(connected.socket())).isEqualTo(packet("a\r\nb" + delimiter));
			assertThat(received(connected.socket())).isEqualTo(packet("" + delimiter));
			assertThat(connected.socket().recv(SHORT)).isEqualTo(TIMED_OUT);
			assertThat(connected.socket().options().lineDelimiter()).isEqualTo(octet);
		}
	}

	@Test
	void aProcessGetsLinesByTheirDelimiter() {
		try (Mailbox mailbox = new Mailbox(10);
				Connected connected = connected(
						LINE.lineDelimiter(';').controllingProcess(mailbox).active(ActiveMode.TRUE))) {
			connected.peer().send(bytes("a;b\n;"));
			for (String line : List.of("a;", "b\n;")) {
				assertThat(mailbox.receive(Connected.PATIENCE))
					.contains(new SocketMessage.Data(connected.socket(), packet(line)));
			}
		}
	}

	@Test
	void setOnALiveSocketItIsLookedForInWhatHasArrived() {
		try (Connected connected = connected(LINE)) {
			TcpSocket socket = connected.socket();
			connected.peer().send(bytes("a;b;c"));
			assertThat(socket.recv(SHORT)).isEqualTo(TIMED_OUT);
			assertThat(socket.setOptions((options) -> options.lineDelimiter(';'))).isEqualTo(SET);
			assertThat(received(socket)).isEqualTo(packet("a;"));
			assertThat(received(socket)).isEqualTo(packet("b;"));
			assertThat(socket.recv(SHORT)).isEqualTo(TIMED_OUT);
			assertThat(socket.setOptions((options) -> options.lineDelimiter('\n'))).isEqualTo(SET);
			connected.peer().send(bytes(";\n"));
			assertThat(received(socket)).isEqualTo(packet("c;\n"));
		}
	}

	@Test
	void linesOfHttpEndAsHttpHasIt() {
		SocketOptions http = SocketOptions.defaults().packet(PacketType.HTTP).lineDelimiter(';');
		try (Connected connected = connected(http)) {
			connected.peer().send(bytes("GET /;x HTTP/1.1\r\n"));
			assertThat(received(connected.socket())).isEqualTo(
					new HttpPacket.Request("GET", new HttpUri.AbsolutePath("/;x"), new HttpPacket.Version(1, 1)));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 256 })
	void whatIsNoByteIsNoDelimiter(int octet) {
		assertThatIllegalArgumentException().isThrownBy(() -> LINE.lineDelimiter(octet))
			.withMessage("line_delimiter is %d; it must be a byte, 0 to 255", octet);
	}

	@Test
	void aLineIsNotCutUnlessItIsAskedFor() {
		String line = "x".repeat(1_000_000) + "\n";
		try (Connected connected = connected(LINE)) {
			connected.peer().send(bytes(line));
			assertThat(received(connected.socket())).isEqualTo(packet(line));
		}
	}

	@Test
	void aLongerLineComesInPiecesOfWhichTheLastHasTheDelimiter() {
		try (Connected connected = connected(LINE.lineLength(4))) {
			connected.peer().send(bytes("123\n1234\n123456789\nab"));
			for (String piece : List.of("123\n", "1234", "\n", "1234", "5678", "9\n")) {
				assertThat(received(connected.socket())).isEqualTo(packet(piece));
			}
			assertThat(connected.socket().recv(SHORT)).isEqualTo(TIMED_OUT);
			connected.peer().send(bytes("cd"));
			assertThat(received(connected.socket())).as("its delimiter has not come").isEqualTo(packet("abcd"));
		}
	}

	@Test
	void aLineThatIsNotCutYetMayBeTooLong() {
		try (Connected connected = connected(LINE.lineLength(4).packetSize(8))) {
			connected.peer().send(bytes("1234567\n123456789\n"));
			assertThat(received(connected.socket())).isEqualTo(packet("1234"));
			assertThat(received(connected.socket())).isEqualTo(packet("567\n"));
			assertThat(connected.socket().recv(Connected.PATIENCE)).isInstanceOfSatisfying(RecvResult.Failed.class,
					(failed) -> assertThat(failed.detail()).contains("packet_size 8"));
		}
	}

	@Test
	void aLineOfHttpIsNeverCut() {
		SocketOptions http = SocketOptions.defaults().packet(PacketType.HTTP).lineLength(18);
		try (Connected connected = connected(http)) {
			connected.peer().send(bytes("GET /a HTTP/1.1\r\n\r\nGET /abc HTTP/1.1\r\n"));
			assertThat(received(connected.socket())).isInstanceOf(HttpPacket.Request.class);
			assertThat(received(connected.socket())).isEqualTo(new HttpPacket.EndOfHeaders());
			assertThat(connected.socket().recv(Connected.PATIENCE)).isInstanceOfSatisfying(RecvResult.Failed.class,
					(failed) -> assertThat(failed.detail()).contains("line_length 18"));
		}
	}

	@Test
	void aNegativeLengthIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> LINE.lineLength(-1))
			.withMessage("line_length is -1; it must be 0 (lines are never cut) or more");
	}

	private Connected connected(SocketOptions options) {
		return Connected.over(GenTcp.open(), options.backend(this.backend));
	}

	private static Packet received(TcpSocket socket) {
		RecvResult result = socket.recv(Connected.PATIENCE);
		assertThat(result).isInstanceOf(RecvResult.Received.class);
		return ((RecvResult.Received) result).packet();
	}

	private static Packet packet(String text) {
		return new Packet.Bytes(bytes(text));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}

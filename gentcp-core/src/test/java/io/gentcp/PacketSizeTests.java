package io.gentcp;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is too large, or no packet of its type, ends the connection, and says why: behind
 * it nobody knows where a packet begins.
 */
@ParameterizedClass
@EnumSource(Backend.class)
@Timeout(60)
class PacketSizeTests {

	private static final int LIMIT = 20;

	@Parameter
	Backend backend;

	/** A packet that is received, and what comes behind it and is none. */
	record Broken(PacketType type, int packetSize, String packet, String broken, String reason) {

		/** The second header announces a byte more than the limit; nothing follows it. */
		static Broken larger(PacketType type, String header, String larger) {
			return new Broken(type, LIMIT, header + "x".repeat(LIMIT), larger,
					"packet of 21 bytes, packet_size is 20; begins with ");
		}

		/** The second line goes on behind the limit; its end has not come. */
		static Broken longer(PacketType type, String line) {
			assertThat(line).hasSize(LIMIT);
			return new Broken(type, LIMIT, line, "x".repeat(LIMIT + 1), "within packet_size 20, of 21 bytes at hand");
		}

		static Broken invalid(PacketType type, String packet, String invalid, String reason) {
			return new Broken(type, 0, packet, invalid, reason);
		}

		SocketOptions options() {
			return SocketOptions.defaults().packet(this.type).packetSize(this.packetSize);
		}

		@Override
		public String toString() {
			return "%s: %s".formatted(this.type, this.reason);
		}

	}

	static Stream<Broken> broken() {
		return Stream.of(Broken.larger(PacketType.ONE, "\24", "\25"), Broken.larger(PacketType.TWO, "\0\24", "\0\25"),
				Broken.larger(PacketType.FOUR, "\0\0\0\24", "\0\0\0\25"),
				Broken.larger(PacketType.ASN1, "\4\24", "\4\u0081\25"),
				Broken.larger(PacketType.SUNRM, "\u0080\0\0\24", "\0\0\0\25"),
				Broken.larger(PacketType.CDR, "GIOP\1\2\1\0\24\0\0\0", "GIOP\1\2\0\0\0\0\0\25"),
				// Content and padding together.
				Broken.larger(PacketType.FCGI, "\1\6\0\1\0\21\3\0", "\1\6\0\1\0\21\4\0"),
				Broken.larger(PacketType.TPKT, "\3\0\0\30", "\3\0\0\31"),
				Broken.larger(PacketType.SSL_TLS, "\26\3\3\0\24", "\26\3\3\0\25"),
				Broken.longer(PacketType.LINE, "one and another one\n"),
				Broken.longer(PacketType.HTTP, "GET /aaaa HTTP/1.1\r\n"),
				Broken.longer(PacketType.HTTP_BIN, "HTTP/1.1 200 All ok\n"),
				Broken.longer(PacketType.HTTPH, "Host: example.test\r\n"),
				Broken.longer(PacketType.HTTPH_BIN, "Accept: text/plain\r\n"),
				Broken.invalid(PacketType.FOUR, "\0\0\0\2ab", "\177\377\377\377",
						"packet of 2147483647 bytes, the largest there can be is 2147483643"),
				Broken.invalid(PacketType.ASN1, "\4\2ab", "\4\u0085\0\0\0\0\1", "length in 5 bytes"),
				Broken.invalid(PacketType.ASN1, "\4\2ab", "\37" + "\u0081".repeat(10), "tag of more than 10 bytes"),
				Broken.invalid(PacketType.CDR, "GIOP\1\2\0\0\0\0\0\1a", "GOOP\1\2\0\0\0\0\0\1", "no GIOP message"),
				Broken.invalid(PacketType.FCGI, "\1\6\0\1\0\1\0\0a", "\2\6\0\1\0\1\0\0", "no FastCGI record"),
				Broken.invalid(PacketType.TPKT, "\3\0\0\5a", "\4\0\0\5", "no TPKT packet"),
				Broken.invalid(PacketType.TPKT, "\3\0\0\5a", "\3\0\0\3", "packet of 3 bytes, its header alone has 4"),
				Broken.invalid(PacketType.SSL_TLS, "\26\3\3\0\1a", "\u0080\2\1\3\1", "SSL 2 hello without a version"));
	}

	@ParameterizedTest
	@MethodSource("broken")
	void aReceiverIsToldWhyBehindThePacketsBefore(Broken broken) {
		try (Connected connected = connected(broken.options())) {
			TcpSocket socket = connected.socket();
			connected.peer().send(bytes(broken.packet() + broken.broken()));
			assertThat(socket.recv(Connected.PATIENCE)).isInstanceOf(RecvResult.Received.class);
			assertThat(socket.recv(Connected.PATIENCE)).isInstanceOfSatisfying(RecvResult.Failed.class, (failed) -> {
				assertThat(failed.error()).isEqualTo(PosixError.EMSGSIZE);
				assertThat(failed.detail()).contains(broken.reason());
			});
			assertThatConnectionIsOver(connected);
		}
	}

	@ParameterizedTest
	@MethodSource("broken")
	void aProcessIsToldWhyBehindThePacketsBefore(Broken broken) {
		try (Mailbox mailbox = new Mailbox(10);
				Connected connected = connected(broken.options().controllingProcess(mailbox).active(ActiveMode.TRUE))) {
			connected.peer().send(bytes(broken.packet() + broken.broken()));
			assertThatNextIs(mailbox, SocketMessage.Data.class, (data) -> {
			});
			assertThatNextIs(mailbox, SocketMessage.Error.class, (error) -> {
				assertThat(error.error()).isEqualTo(PosixError.EMSGSIZE);
				assertThat(error.detail()).contains(broken.reason());
			});
			assertThatNextIs(mailbox, SocketMessage.Closed.class, (closed) -> {
			});
			assertThatConnectionIsOver(connected);
		}
	}

	/** In Erlang the inet backend goes on then. */
	@Test
	void withoutExitOnCloseTheConnectionIsOverAllTheSame() {
		SocketOptions options = SocketOptions.defaults().packet(PacketType.ONE).packetSize(LIMIT).exitOnClose(false);
		try (Connected connected = connected(options)) {
			connected.peer().send(new byte[] { LIMIT + 1 });
			assertThat(connected.socket().recv(Connected.PATIENCE)).isInstanceOf(RecvResult.Failed.class);
			assertThatConnectionIsOver(connected);
		}
	}

	@Test
	void aRawStreamIsNotLimited() {
		try (Connected connected = connected(SocketOptions.defaults().packetSize(LIMIT))) {
			connected.peer().send(new byte[100]);
			RecvResult fifty = connected.socket().recv(50, Connected.PATIENCE);
			assertThat(fifty).isEqualTo(new RecvResult.Received(new Packet.Bytes(new byte[50])));
			assertThat(connected.socket().recv(Connected.PATIENCE)).isEqualTo(fifty);
		}
	}

	@Test
	void whatIsSentIsNotLimited() {
		try (Connected connected = connected(SocketOptions.defaults().packet(PacketType.TWO).packetSize(LIMIT))) {
			assertThat(connected.socket().send(new byte[100])).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(102, Connected.PATIENCE);
		}
	}

	private static void assertThatConnectionIsOver(Connected connected) {
		assertThat(connected.socket().isOpen()).isFalse();
		assertThat(connected.socket().recv(Connected.PATIENCE)).isEqualTo(new RecvResult.Closed());
		assertThat(connected.socket().send(bytes("x"))).isEqualTo(new SendResult.Closed(0));
		connected.peer().awaitEndOfStream(Connected.PATIENCE);
	}

	private static <T extends SocketMessage> void assertThatNextIs(Mailbox mailbox, Class<T> type, Consumer<T> check) {
		assertThat(mailbox.receive(Connected.PATIENCE)).get().isInstanceOfSatisfying(type, check);
	}

	private Connected connected(SocketOptions options) {
		return Connected.over(GenTcp.open(), options.backend(this.backend));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}

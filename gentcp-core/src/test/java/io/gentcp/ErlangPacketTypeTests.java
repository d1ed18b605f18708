package io.gentcp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketCodec;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;
import io.gentcp.scenarios.PacketTerm;
import io.gentcp.test.ErlangNode;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What we receive of Erlang's bytes is what Erlang receives of ours: packets of each type
 * that has no length of its own in front, between each backend of ours and of Erlang's,
 * whoever connects. Each side sends every packet with a send of its own, and then all of
 * them in pieces of a few bytes.
 * <p>
 * The padding of fcgi is no part of what is received. Erlang's socket backend now and
 * then leaves it on a packet that came in pieces, so it is taken off there.
 */
@Tag("interop")
@Timeout(120)
class ErlangPacketTypeTests {

	/** Ends inside of packets, headers and line ends. */
	private static final int PIECE = 11;

	private static final char DELIMITER = ';';

	private static final String FUNCTIONS = """
			Pieces = fun
			    Pieces(Bytes) when byte_size(Bytes) =< %1$d -> [Bytes];
			    Pieces(<<Piece:%1$d/binary, Left/binary>>) -> [Piece | Pieces(Left)]
			end,
			Send = fun(S, Packets) ->
			    [ok = gen_tcp:send(S, P) || P <- Packets ++ Pieces(iolist_to_binary(Packets))], ok
			end,
			Content = fun
			    (fcgi, <<_:4/binary, Size:16, _/binary>> = Bytes) -> binary:part(Bytes, 0, 8 + Size);
			    (_, Bytes) -> Bytes
			end,
			Recv = fun(S, Type, Count) ->
			    [case gen_tcp:recv(S, 0) of
			        {ok, Bytes} when is_binary(Bytes) ->
			            Packet = Content(Type, Bytes),
			            {byte_size(Packet), erlang:crc32(Packet)};
			        {ok, Term} -> Term
			    end || _ <- lists:seq(1, Count)]
			end,
			ok""".formatted(PIECE);

	private static ErlangNode erlang;

	@AfterAll
	static void endErlang() {
		if (erlang != null) {
			erlang.close();
			erlang = null;
		}
	}

	@BeforeEach
	void startErlang() {
		assumeTrue(ErlangNode.isInstalled(), ErlangNode.HOW_TO_INSTALL);
		erlang = (erlang != null) ? erlang : ErlangNode.start();
		erlang.forget();
		erlang.eval(FUNCTIONS);
	}

	static Stream<Exchange> exchanges() {
		return Stream.of("inet", "socket")
			.flatMap((theirs) -> Stream.of(Backend.values())
				.flatMap((ours) -> Stream.of(true, false)
					.flatMap((weConnect) -> Sample.all()
						.map((sample) -> new Exchange(theirs, ours, weConnect, sample)))));
	}

	@ParameterizedTest
	@MethodSource("exchanges")
	void bothSidesReceiveTheSamePacketsOfTheSameBytes(Exchange exchange) {
		Sample sample = exchange.sample();
		try (GenTcp genTcp = GenTcp.open()) {
			TcpSocket socket = exchange.weConnect() ? connectToErlang(genTcp, exchange)
					: acceptFromErlang(genTcp, exchange);
			int count = 2 * sample.packetsInOneRound();
			ErlangNode.Evaluation sending = erlang.begin("Send(S, %s)".formatted(sample.inErlang()));
			List<Packet> received = new ArrayList<>();
			while (received.size() < count) {
				RecvResult result = socket.recv(Connected.PATIENCE);
				assertThat(result).isInstanceOf(RecvResult.Received.class);
				received.add(((RecvResult.Received) result).packet());
			}
			assertThat(sending.value()).isEqualTo("ok");

			ErlangNode.Evaluation receiving = erlang.begin("Recv(S, %s, %d)".formatted(sample.type().name(), count));
			sample.packets().forEach((packet) -> assertThat(socket.send(packet)).isEqualTo(new SendResult.Sent()));
			ByteBuffer all = ByteBuffer.wrap(sample.bytes());
			for (int start = 0; start < all.capacity(); start += PIECE) {
				ByteBuffer piece = all.slice(start, Math.min(PIECE, all.capacity() - start));
				assertThat(socket.send(piece)).isEqualTo(new SendResult.Sent());
			}
			assertThat(asErlangPrints(received, sample.type())).isEqualTo(receiving.value());
		}
	}

	private static TcpSocket connectToErlang(GenTcp genTcp, Exchange exchange) {
		int port = erlang
			.evalInt("{ok, L} = gen_tcp:listen(0, %s ++ [{ip, {127,0,0,1}}]), {ok, Port} = inet:port(L), Port"
				.formatted(exchange.theirOptions()));
		ErlangNode.Evaluation accept = erlang
			.begin("{ok, S} = gen_tcp:accept(L), inet:setopts(S, %s)".formatted(exchange.sample().lineDelimiter()));
		TcpSocket socket = Connected.connect(genTcp, port, exchange.ourOptions());
		assertThat(accept.value()).isEqualTo("ok");
		return socket;
	}

	private static TcpSocket acceptFromErlang(GenTcp genTcp, Exchange exchange) {
		ListenSocket listen = Connected.listen(genTcp, exchange.ourOptions());
		ErlangNode.Evaluation connect = erlang.begin("{ok, S} = gen_tcp:connect({127,0,0,1}, %d, %s ++ %s), ok"
			.formatted(listen.port(), exchange.theirOptions(), exchange.sample().lineDelimiter()));
		AcceptResult accepted = listen.accept(Connected.PATIENCE);
		assertThat(accepted).isInstanceOf(AcceptResult.Accepted.class);
		assertThat(connect.value()).isEqualTo("ok");
		return ((AcceptResult.Accepted) accepted).socket();
	}

	private static String asErlangPrints(List<Packet> packets, PacketType type) {
		PacketTerm terms = type.name().endsWith("_bin") ? PacketTerm.BINARIES : PacketTerm.STRINGS;
		return packets.stream().map((packet) -> switch (packet) {
			case HttpPacket http -> terms.of(http);
			case Packet.Bytes(byte[] bytes) -> "{%d,%d}".formatted(bytes.length, PacketSeries.checksum(bytes));
			case Packet other -> throw new AssertionError("no packet of this type: " + other);
		}).collect(Collectors.joining(",", "[", "]"));
	}

	/** Who exchanges which packets with whom. */
	record Exchange(String theirs, Backend ours, boolean weConnect, Sample sample) {

		SocketOptions ourOptions() {
			return SocketOptions.defaults().backend(this.ours).packet(this.sample.type()).lineDelimiter(DELIMITER);
		}

		/** The inet backend cuts lines, and refuses those of http, above its buffer. */
		String theirOptions() {
			return "[{inet_backend, %s}, binary, {active, false}, {buffer, 100000}, {packet, %s}]"
				.formatted(this.theirs, this.sample.type().name());
		}

		@Override
		public String toString() {
			return "%s, our %s %s Erlang's %s".formatted(this.sample.type(), this.ours,
					this.weConnect ? "connects to" : "accepts", this.theirs);
		}

	}

	/** Packets of one type as they are on the wire; of http, lines. */
	record Sample(PacketType type, List<byte[]> packets) {

		private static final String LONG = "x".repeat(5000);

		static Stream<Sample> all() {
			return Stream.of(
					of(PacketType.ASN1, "\4\5hello", "\5\0", "\4\0", "\60\u0080", "\0\0", "\77\u0081\1\3abc",
							"\4\u0081\u00c8" + "y".repeat(200), "\4\u0082\23\u0088" + LONG),
					of(PacketType.SUNRM, "\u0080\0\0\5hello", "\0\0\0\2he", "\u0080\0\0\0", "\u0080\0\23\u0088" + LONG),
					of(PacketType.CDR, "GIOP\1\2\0\0\0\0\0\5hello", "GIOP\1\2\1\0\5\0\0\0hello", "GIOP\1\2\0\0\0\0\0\0",
							"GIOP\1\2\1\3\u0088\23\0\0" + LONG),
					of(PacketType.FCGI, "\1\6\0\1\0\5\3\0hello\0\0\0", "\1\6\0\1\0\0\0\0", "\1\6\0\1\0\0\2\0\0\0",
							"\1\6\0\1\23\u0088\0\0" + LONG),
					of(PacketType.TPKT, "\3\0\0\11hello", "\3\0\0\4", "\3\0\23\u008c" + LONG),
					of(PacketType.LINE, "hello;", ";", "a\r\nb;", LONG + ";"), of(PacketType.HTTP, http()),
					of(PacketType.HTTP_BIN, http()), of(PacketType.HTTPH, httph()), of(PacketType.HTTPH_BIN, httph()));
		}

		private static String[] http() {
			return new String[] { "POST /orders?id=1 HTTP/1.1\r\n", "Host: example.org:8080\r\n",
					"content-length:3\r\n", "X-FOLDED: one\r\n", "\ttwo\r\n", " three\r\n", "Empty:\r\n",
					"no header\r\n", "\r\n", "HTTP/1.0 404 Not Found\r\n", "\n", "so be it\r\n", "\r\n",
					"OPTIONS * HTTP/1.1\r\n", "\r\n", "BREW http://example.org/pot HTTP/1.1\r\n", "\r\n",
					"CONNECT example.org:443 HTTP/1.1\r\n", "\r\n", "GET " + LONG + "\n", "Long: " + LONG + "\r\n",
					"\r\n" };
		}

		private static String[] httph() {
			return new String[] { "Accept: text/plain\r\n", "x-mine: a b \r\n", "GET / HTTP/1.1\r\n", "\r\n",
					"Etag: 1\n", "\n" };
		}

		private static Sample of(PacketType type, String... packets) {
			return new Sample(type,
					Stream.of(packets).map((packet) -> packet.getBytes(StandardCharsets.ISO_8859_1)).toList());
		}

		/** To be set once there is a connection: listen does not know it. */
		String lineDelimiter() {
			return (this.type == PacketType.LINE) ? "[{line_delimiter, %d}]".formatted((int) DELIMITER) : "[]";
		}

		int packetsInOneRound() {
			PacketCodec codec = this.type.codec(PacketLimits.NONE.withLineDelimiter((byte) DELIMITER));
			ByteBuffer in = ByteBuffer.wrap(bytes());
			int count = 0;
			while (codec.decode(in) instanceof Packet) {
				count++;
			}
			assertThat(in.hasRemaining()).isFalse();
			return count;
		}

		String inErlang() {
			return this.packets.stream()
				.map((packet) -> "binary:decode_hex(<<\"%s\">>)".formatted(HexFormat.of().formatHex(packet)))
				.collect(Collectors.joining(",", "[", "]"));
		}

		byte[] bytes() {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			this.packets.forEach(bytes::writeBytes);
			return bytes.toByteArray();
		}

	}

}

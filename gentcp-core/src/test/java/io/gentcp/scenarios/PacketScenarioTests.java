package io.gentcp.scenarios;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gentcp.AcceptResult;
import io.gentcp.ActiveMode;
import io.gentcp.ConnectResult;
import io.gentcp.ControllingProcessResult;
import io.gentcp.GenTcp;
import io.gentcp.ListenResult;
import io.gentcp.ListenSocket;
import io.gentcp.Mailbox;
import io.gentcp.RecvResult;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static io.gentcp.scenarios.Term.list;
import static io.gentcp.scenarios.Term.tuple;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** OTP's scenarios of packet types, and of the options that say what a packet is. */
@ParameterizedClass
@EnumSource(Backend.class)
@ExtendWith(Scenarios.class)
@Timeout(60)
class PacketScenarioTests {

	private static final String DEAD = "{{error,emsgsize},{error,closed},{error,closed}}";

	private static final String ALL_DEAD_BUT_ONE = "{" + DEAD + ",{{ok,<<\"abcde\">>},{error,timeout},ok}," + DEAD + ","
			+ DEAD + "," + DEAD + "," + DEAD + "," + DEAD + "}";

	private static final String CUT_AT_8 = "[{ok,<<\"01234567\">>},{ok,<<\"89012345\">>},{ok,<<\"67890123\">>},"
			+ "{ok,<<\"456789\\n\">>},{ok,<<\"short\\n\">>},{error,timeout}]";

	private static final String CUT_AT_10 = "[{ok,<<\"0123456789\">>},{ok,<<\"0123456789\">>},{ok,<<\"0123456789\">>},"
			+ "{ok,<<\"\\n\">>},{ok,<<\"short\\n\">>},{error,timeout}]";

	private static final String CUT_AT_16 = "[{ok,<<\"0123456789012345\">>},{ok,<<\"67890123456789\\n\">>},"
			+ "{ok,<<\"short\\n\">>},{error,timeout}]";

	private static final SocketOptions RAW = SocketOptions.defaults();

	private static final SocketOptions LINE = RAW.packet(PacketType.LINE);

	private static final Duration SHORT = Duration.ofMillis(100);

	private final Mailbox mailbox = new Mailbox(1000);

	private final SocketOptions active = RAW.controllingProcess(this.mailbox).active(ActiveMode.TRUE);

	@Parameter
	Backend backend;

	@AfterEach
	void closeMailbox() {
		this.mailbox.close();
	}

	/** There are no lists in Java: the fourth has no counterpart. */
	@Test
	@Differs(on = Backend.SOCKET, by = Decision.THE_REST_BEHIND_A_HEADER_MAY_BE_EMPTY,
			ours = "{{ok,[97,98|<<\"cd\">>]},_,{ok,[97,98|<<>>]},_,{ok,[97,98|<<\"c\">>]}}")
	void s23_header_and_mode(Scenario scenario) {
		try (Pair raw = Pair.of(this.backend, RAW.header(2));
				Pair one = Pair.of(this.backend, RAW.header(2).packet(PacketType.ONE))) {
			raw.peer().send(Pair.bytes("abcd"));
			RecvResult longer = raw.socket().recv(4, Pair.PATIENCE);
			raw.peer().send(Pair.bytes("ab"));
			RecvResult exact = raw.socket().recv(2, Pair.PATIENCE);
			one.peer().send(new byte[] { 3, 'a', 'b', 'c' });
			scenario.cameTo(this.backend, tuple(longer, "_", exact, "_", one.recv()));
		}
	}

	@Test
	void s45_packet_switch_buffered(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, LINE)) {
			pair.peer().send(Pair.bytes("hdr\nraw body\nx"));
			RecvResult line = pair.recv();
			pair.set((options) -> options.packet(PacketType.RAW));
			RecvResult four = pair.socket().recv(4, Pair.PATIENCE);
			scenario.cameTo(this.backend, tuple(line, four, pair.recv()));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.CLOSED_FOR_EVER, ours = ALL_DEAD_BUT_ONE)
	@Differs(on = Backend.SOCKET, by = Decision.A_BAD_PACKET_ENDS_THE_CONNECTION_AT_ONCE, ours = ALL_DEAD_BUT_ONE)
	void s46_packet_size_passive(Scenario scenario) {
		SocketOptions four = RAW.packet(PacketType.FOUR).packetSize(5);
		String tooLarge = twiceAndSend(four, Pair.frame(Pair.bytes("abcdef")));
		String exact = twiceAndSend(four, Pair.frame(Pair.bytes("abcde")));
		String line = twiceAndSend(LINE.packetSize(4), Pair.bytes("abcdefgh\n"));
		String asn1 = twiceAndSend(RAW.packet(PacketType.ASN1).packetSize(2), new byte[] { 4, 3, 1, 2, 3 });
		String http = twiceAndSend(RAW.packet(PacketType.HTTP).packetSize(10),
				Pair.bytes("GET /aaaaaaaaaaaaaaa HTTP/1.1\r\n"));
		String cdr = twiceAndSend(RAW.packet(PacketType.CDR), Pair.bytes("XXXXXXXXXXXXXXXXX"));
		String tpkt = twiceAndSend(RAW.packet(PacketType.TPKT), Pair.bytes("\4XXXXXXXXXXXXXXXXX"));
		scenario.cameTo(this.backend, tuple(tooLarge, exact, line, asn1, http, cdr, tpkt));
	}

	private String twiceAndSend(SocketOptions options, byte[] bytes) {
		try (Pair pair = Pair.of(this.backend, options)) {
			pair.peer().send(bytes);
			RecvResult first = pair.recv();
			RecvResult second = pair.socket().recv(SHORT);
			return tuple(first, second, pair.send("x"));
		}
	}

	/** Where OTP sets buffer, we set line_length. */
	@Test
	@Differs(on = Backend.INET, by = Decision.LINES_ARE_CUT_WHEN_ASKED_FOR,
			ours = "{_,_,_,[{error,emsgsize}],_,_,_,[5001,6]}")
	@Differs(on = Backend.SOCKET, by = Decision.LINES_ARE_CUT_WHEN_ASKED_FOR,
			ours = "{" + CUT_AT_8 + "," + CUT_AT_10 + ",_,_," + CUT_AT_8 + ",_," + CUT_AT_16 + ",_}")
	void s48_line_truncation(Scenario scenario) {
		byte[] lines = Pair.bytes("0123456789".repeat(3) + "\nshort\n");
		String at8 = received(5, LINE.lineLength(8), lines);
		String at10 = received(5, LINE.lineLength(10), lines);
		String above12 = received(0, LINE.lineLength(1000).packetSize(12), lines);
		String at8Above20 = received(0, LINE.lineLength(8).packetSize(20), lines);
		String at8Above40 = received(5, LINE.lineLength(8).packetSize(40), lines);
		String whole = received(2, LINE, lines);
		String at16 = received(3, LINE.lineLength(16).recbuf(4096), lines);
		String sizes = sizesOfTwo(Pair.bytes("x".repeat(5000) + "\nshort\n"));
		scenario.cameTo(this.backend, tuple(at8, at10, above12, at8Above20, at8Above40, whole, at16, sizes));
	}

	private String sizesOfTwo(byte[] lines) {
		try (Pair pair = Pair.of(this.backend, LINE)) {
			pair.peer().send(lines);
			return list(List.of(size(pair.recv()), size(pair.recv())));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.NOTHING_WRAPS_AROUND, ours = "{_,_,{error,einval}}")
	@Differs(on = Backend.SOCKET, by = Decision.NOTHING_WRAPS_AROUND, ours = "{_,_,{error,einval}}")
	void s49_line_delimiter(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, LINE.lineDelimiter(';'))) {
			pair.peer().send(Pair.bytes("a;b\n;c"));
			String semicolons = received(2, pair);
			pair.set((options) -> options.lineDelimiter('\n'));
			pair.peer().send(Pair.bytes("\n"));
			scenario.cameTo(this.backend, tuple(semicolons, received(1, pair), setLineDelimiter(pair, 256)));
		}
	}

	/** What is no value of an option at all is an exception here. */
	private static String setLineDelimiter(Pair pair, int octet) {
		try {
			return Term.of(pair.set((options) -> options.lineDelimiter(octet)));
		}
		catch (IllegalArgumentException ex) {
			return "{error,einval}";
		}
	}

	@Test
	void s50_http_passive(Scenario scenario) {
		byte[] bytes = Pair
			.bytes("GET /x HTTP/1.1\r\nhost: h\r\nX-foo-BAR: 1\r\n 2\r\n\r\n" + "BODY\r\nGET / HTTP/1.0\r\n\r\n");
		scenario.cameTo(this.backend, received(7, RAW.packet(PacketType.HTTP), bytes));
	}

	@Test
	void s51_http_bin_active(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.active.packet(PacketType.HTTP_BIN))) {
			pair.peer().send(Pair.bytes("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"));
			String headers = new Messages(this.mailbox, PacketTerm.BINARIES).next(3);
			pair.set((options) -> options.packet(PacketType.RAW));
			pair.peer().send(Pair.bytes("abc"));
			String body = Messages.of(this.mailbox).next(1);
			pair.set((options) -> options.packet(PacketType.HTTPH));
			pair.peer().send(Pair.bytes("A: b\r\n\r\nGET / HTTP/1.0\r\n\r\n"));
			scenario.cameTo(this.backend, tuple(headers, body, Messages.of(this.mailbox).next(4)));
		}
	}

	@Test
	void s52_other_packets(Scenario scenario) {
		String asn1 = received(2, RAW.packet(PacketType.ASN1), new byte[] { 4, 2, 1, 2, 5, 0 });
		String sunrm = received(2, RAW.packet(PacketType.SUNRM),
				new byte[] { (byte) 0x80, 0, 0, 2, 'a', 'b', 0, 0, 0, 1, 'c' });
		String cdr = received(1, RAW.packet(PacketType.CDR),
				new byte[] { 'G', 'I', 'O', 'P', 1, 0, 0, 0, 0, 0, 0, 2, 'a', 'b' });
		String fcgi = received(1, RAW.packet(PacketType.FCGI), new byte[] { 1, 1, 0, 1, 0, 2, 1, 0, 'a', 'b', 'p' });
		String tpkt = received(1, RAW.packet(PacketType.TPKT), new byte[] { 3, 0, 0, 6, 'a', 'b' });
		String httph = received(4, RAW.packet(PacketType.HTTPH), Pair.bytes("A: b\r\n\r\nC: d\r\n\r\n"));
		scenario.cameTo(this.backend, tuple(asn1, sunrm, cdr, fcgi, tpkt, httph));
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.THE_REST_BEHIND_A_HEADER_MAY_BE_EMPTY, ours = "{ok,[97,98|<<>>]}")
	@Differs(on = Backend.SOCKET, by = Decision.NO_BUG_OF_OTP_25, ours = "{ok,[97,98|<<>>]}")
	void s61_header_longer_than_data(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW.header(5))) {
			pair.peer().send(Pair.bytes("ab"));
			scenario.cameTo(this.backend, Term.of(pair.recv()));
		}
	}

	/** Our sender refuses what OTP's sends with a header of zero. */
	@Test
	@Differs(on = Backend.INET, by = Decision.NOTHING_WRAPS_AROUND, ours = "{{error,timeout},{error,timeout}}")
	@Differs(on = Backend.SOCKET, by = Decision.NOTHING_WRAPS_AROUND, ours = "{{error,timeout},{error,timeout}}")
	void x10_packet_n_wrap_decode(Scenario scenario) {
		SocketOptions one = RAW.packet(PacketType.ONE).backend(this.backend);
		try (GenTcp genTcp = GenTcp.open();
				ListenSocket listen = ((ListenResult.Listening) genTcp.listen(0, one)).socket();
				TcpSocket sender = connect(genTcp, listen.port(), one);
				TcpSocket receiver = ((AcceptResult.Accepted) listen.accept(Pair.PATIENCE)).socket()) {
			assertThatIllegalArgumentException().isThrownBy(() -> sender.send(Pair.bytes("z".repeat(256))));
			scenario.cameTo(this.backend, tuple(receiver.recv(SHORT), receiver.recv(SHORT)));
		}
	}

	private static TcpSocket connect(GenTcp genTcp, int port, SocketOptions options) {
		ConnectResult result = genTcp.connect("127.0.0.1", port, options, Pair.PATIENCE);
		return ((ConnectResult.Connected) result).socket();
	}

	@Test
	void x15_http_more(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW.packet(PacketType.HTTP))) {
			pair.peer().send(Pair.bytes("GET / HT"));
			RecvResult part = pair.socket().recv(SHORT);
			pair.peer().send(Pair.bytes("TP/1.1\r\nA: b\r\n"));
			RecvResult request = pair.recv();
			RecvResult header = pair.socket().recv(SHORT);
			pair.peer().send(Pair.bytes("C: d\r\n\r\n"));
			scenario.cameTo(this.backend, tuple(part, request, header, received(3, pair)));
		}
	}

	/** There are no lists in Java: the second has no counterpart. */
	@Test
	void x17_header_active_list(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.active.header(1).packet(PacketType.TWO))) {
			pair.peer().send(new byte[] { 0, 3, 'a', 'b', 'c' });
			scenario.cameTo(this.backend, tuple(Messages.of(this.mailbox).next(1), "_"));
		}
	}

	@Test
	void x18_fcgi_padding(Scenario scenario) {
		byte[] bytes = { 1, 1, 0, 1, 0, 2, 3, 0, 'a', 'b', 'P', 'P', 'P', 1, 1, 0, 1, 0, 1, 0, 0, 'c' };
		scenario.cameTo(this.backend, received(2, RAW.packet(PacketType.FCGI), bytes));
	}

	/** Where OTP sets buffer, we set line_length. */
	@Test
	@Differs(on = Backend.INET, by = Decision.PACKET_SIZE_LIMITS_HTTP_LINES, ours = "{ok,ok,{error,emsgsize},ok}")
	void x24_http_long_line(Scenario scenario) {
		SocketOptions http = RAW.packet(PacketType.HTTP_BIN);
		scenario.cameTo(this.backend, tuple(longLine(http), longLine(http.packetSize(4000)),
				longLine(http.packetSize(2000)), longLine(http.lineLength(5000))));
	}

	private String longLine(SocketOptions options) {
		try (Pair pair = Pair.of(this.backend, options)) {
			pair.peer().send(Pair.bytes("GET /%s HTTP/1.1\r\n".formatted("a".repeat(3000))));
			RecvResult result = pair.recv();
			return (result instanceof RecvResult.Received) ? "ok" : Term.of(result);
		}
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.ZERO_IS_NO_LIMIT,
			ours = "{{error,timeout},{error,timeout},{error,emsgsize},{error,emsgsize}}")
	void x25_packet4_huge_length(Scenario scenario) {
		scenario.cameTo(this.backend,
				tuple(announced(0x400_0000), announced(0x400_0001), announced(0x7fff_ffff), announced(0x8000_0000)));
	}

	private RecvResult announced(int length) {
		try (Pair pair = Pair.of(this.backend, RAW.packet(PacketType.FOUR))) {
			pair.peer().send(ByteBuffer.allocate(7).putInt(length).put(Pair.bytes("abc")).array());
			return pair.socket().recv(SHORT);
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.LINES_ARE_CUT_WHEN_ASKED_FOR, ours = "[3001,{error,timeout}]")
	void x27_line_packet_size_gt_buffer(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, LINE.packetSize(10000))) {
			pair.peer().send(Pair.bytes("a".repeat(3000) + "\n"));
			String size = size(pair.recv());
			scenario.cameTo(this.backend, list(List.of(size, Term.of(pair.socket().recv(SHORT)))));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.EVERY_MESSAGE_MOVES,
			ours = "{ok,[{http,{http_request,'GET',{abs_path,\"/\"},{1,1}}}],[]}")
	@Differs(on = Backend.SOCKET, by = Decision.EVERY_MESSAGE_MOVES,
			ours = "{ok,[{http,{http_request,'GET',{abs_path,\"/\"},{1,1}}}],[]}")
	void x35_cp_http_not_moved(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.active.packet(PacketType.HTTP)); Mailbox other = new Mailbox(10)) {
			pair.peer().send(Pair.bytes("GET / HTTP/1.1\r\n"));
			Messages.of(this.mailbox).arrive();
			ControllingProcessResult given = pair.socket().controllingProcess(this.mailbox, other);
			String theirs = Messages.of(other).next(1);
			scenario.cameTo(this.backend, tuple(given, theirs, Messages.of(this.mailbox).next(0)));
		}
	}

	private String received(int packets, SocketOptions options, byte[] bytes) {
		try (Pair pair = Pair.of(this.backend, options)) {
			pair.peer().send(bytes);
			return received(packets, pair);
		}
	}

	/** Receives so many packets, and whatever comes then. */
	private static String received(int packets, Pair pair) {
		List<RecvResult> results = new ArrayList<>();
		for (int i = 0; i < packets; i++) {
			results.add(pair.recv());
		}
		results.add(pair.socket().recv(SHORT));
		return list(results);
	}

	private static String size(RecvResult result) {
		return String.valueOf(((Packet.Bytes) ((RecvResult.Received) result).packet()).size());
	}

}

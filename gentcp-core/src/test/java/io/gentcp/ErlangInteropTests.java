package io.gentcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.ErlangNode;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Erlang's own gen_tcp at the other end, on each of its backends: what the parts of a
 * packet are, and how connections end.
 */
@ParameterizedClass
@ValueSource(strings = { "inet", "socket" })
@Tag("interop")
@Timeout(120)
class ErlangInteropTests {

	private static final SocketOptions RAW = SocketOptions.defaults();

	/** Their stalls are felt after a few packets. */
	private static final SocketOptions SMALL = RAW.sndbuf(8 * 1024).recbuf(4 * 1024);

	private static ErlangNode erlang;

	private final GenTcp genTcp = GenTcp.open();

	@Parameter
	String backend;

	@AfterAll
	static void endErlang() {
		if (erlang != null) {
			erlang.close();
			erlang = null;
		}
	}

	/** Not before all of them: a test that is skipped says so and why. */
	@BeforeEach
	void startErlang() {
		assumeTrue(ErlangNode.isInstalled(), ErlangNode.HOW_TO_INSTALL);
		erlang = (erlang != null) ? erlang : ErlangNode.start();
		erlang.forget();
		erlang.eval("""
				Backend = [{inet_backend, %s}, binary, {active, false}, {buffer, 100000}],
				Connect = fun(Port, Options) ->
				    {ok, Socket} = gen_tcp:connect({127,0,0,1}, Port, Backend ++ Options),
				    Socket
				end""".formatted(this.backend));
	}

	@AfterEach
	void close() {
		this.genTcp.close();
	}

	static List<PacketType> packetTypesWithLargePackets() {
		return List.of(PacketType.TWO, PacketType.FOUR, PacketType.LINE);
	}

	@ParameterizedTest
	@MethodSource("packetTypesWithLargePackets")
	void whatErlangReceivedAndTheRestAreThePacketsToTheByte(PacketType type) {
		SocketOptions options = SMALL.backend(Backend.SOCKET).packet(type).sendTimeout(Duration.ofMillis(200));
		TcpSocket socket = connectToErlang(options, "{packet, raw}, {recbuf, 4096}");
		List<byte[]> packets = new ArrayList<>();
		long out = 0;
		RestData rest = null;
		List<byte[]> large = PacketSeries.random(type, 4).packets();
		for (int i = 0; rest == null; i++) {
			byte[] packet = large.get(i % large.size());
			int header = headerSize(type);
			SendResult result = socket.send(packet);
			if (result instanceof SendResult.TimedOutWithRest(RestData left)) {
				assertThat(left.packetSize()).isEqualTo(header + packet.length);
				rest = left.nothingSent() ? null : left;
				out += left.bytesOut();
			}
			else {
				assertThat(result).isEqualTo(new SendResult.Sent());
				out += header + packet.length;
			}
			if (rest != null || result instanceof SendResult.Sent) {
				packets.add(packet);
			}
		}

		assertThat(erlang.eval("""
				{ok, Got} = gen_tcp:recv(S, %d),
				{error, timeout} = gen_tcp:recv(S, 0, 300),
				byte_size(Got)""".formatted(out))).isEqualTo(String.valueOf(out));

		RestData missing = rest;
		assertThat(socket.setOptions((old) -> old.sendTimeout(Connected.PATIENCE)))
			.isEqualTo(new SetOptionsResult.Set());
		WaitingCall<SendResult> resume = WaitingCall.of(() -> socket.resume(missing));
		assertThat(erlang.eval("""
				{ok, Rest} = gen_tcp:recv(S, %d),
				Decode = fun Decode(Bytes) ->
				    case erlang:decode_packet(%s, Bytes, []) of
				        {ok, Packet, More} -> [erlang:crc32(Packet) | Decode(More)];
				        {more, _} -> [{left, byte_size(Bytes)}]
				    end
				end,
				Decode(<<Got/binary, Rest/binary>>)""".formatted(rest.size(), type.name())))
			.isEqualTo(checksums(packets) + ",{left,0}]");
		assertThat(resume.result()).isEqualTo(new SendResult.Sent());

		assertThat(socket.send(bytes("next\n"))).isEqualTo(new SendResult.Sent());
		assertThat(erlang.eval("ok = inet:setopts(S, [{packet, %s}]), gen_tcp:recv(S, 0)".formatted(type.name())))
			.isEqualTo("{ok,<<\"next\\n\">>}");
	}

	@ParameterizedTest
	@EnumSource(Backend.class)
	void aPacketThatErlangSentInTwoPartsIsReceivedWhole(Backend ours) {
		ListenSocket listen = Connected.listen(this.genTcp, SMALL.backend(ours).packet(PacketType.FOUR));
		ErlangNode.Evaluation send = erlang.begin("""
				S = Connect(%d, [{packet, 4}, {send_timeout, 200}, {sndbuf, 8192}]),
				Large = binary:copy(<<"0123456789">>, 60000),
				Rest = case gen_tcp:send(S, Large) of
				    ok -> <<>>;
				    {error, {timeout, RestData}} -> RestData
				end,
				byte_size(Rest)""".formatted(listen.port()));
		TcpSocket socket = accepted(listen);
		assertThat(Integer.parseInt(send.value()) > 0).isEqualTo(this.backend.equals("socket"));
		ErlangNode.Evaluation recover = erlang.begin("""
				ok = inet:setopts(S, [{packet, raw}, {send_timeout, infinity}]),
				ok = gen_tcp:send(S, Rest),
				ok = inet:setopts(S, [{packet, 4}]),
				gen_tcp:send(S, "next")""");
		assertThat(socket.recv(Connected.PATIENCE))
			.isEqualTo(new RecvResult.Received(new Packet.Bytes(bytes("0123456789".repeat(60_000)))));
		assertThat(socket.recv(Connected.PATIENCE)).isEqualTo(new RecvResult.Received(new Packet.Bytes(bytes("next"))));
		assertThat(recover.value()).isEqualTo("ok");
	}

	@ParameterizedTest
	@EnumSource(Backend.class)
	void erlangSeesOurEndBehindWhatWeSentAndReplies(Backend ours) {
		TcpSocket socket = connectToErlang(RAW.backend(ours).packet(PacketType.FOUR),
				"{packet, 4}, {exit_on_close, false}");
		assertThat(socket.send(bytes("request"))).isEqualTo(new SendResult.Sent());
		socket.shutdown(Direction.WRITE);
		assertThat(erlang.eval("""
				Request = gen_tcp:recv(S, 0),
				End = gen_tcp:recv(S, 0),
				{Request, End, gen_tcp:send(S, "reply")}""")).isEqualTo("{{ok,<<\"request\">>},{error,closed},ok}");
		assertThat(socket.recv(Connected.PATIENCE))
			.isEqualTo(new RecvResult.Received(new Packet.Bytes(bytes("reply"))));
		erlang.eval("gen_tcp:close(S)");
		assertThat(socket.recv(Connected.PATIENCE)).isEqualTo(new RecvResult.Closed());
	}

	@ParameterizedTest
	@EnumSource(Backend.class)
	void erlangSeesOurResetAsEconnreset(Backend ours) {
		TcpSocket socket = connectToErlang(RAW.backend(ours).linger(0), "{show_econnreset, true}");
		ErlangNode.Evaluation recv = erlang.begin("gen_tcp:recv(S, 0)");
		socket.close();
		assertThat(recv.value()).isEqualTo("{error,econnreset}");
	}

	@ParameterizedTest
	@EnumSource(Backend.class)
	void weSeeErlangsResetAsClosed(Backend ours) {
		TcpSocket socket = connectToErlang(RAW.backend(ours), "{linger, {true, 0}}");
		WaitingCall<RecvResult> recv = WaitingCall.of(socket::recv).parked();
		erlang.eval("gen_tcp:close(S)");
		assertThat(recv.result()).isEqualTo(new RecvResult.Closed());
		assertThat(socket.send(bytes("x"))).isEqualTo(new SendResult.Closed(0));
	}

	/** Leaves Erlang's end of the connection in its variable S. */
	private TcpSocket connectToErlang(SocketOptions options, String erlangsOptions) {
		int port = erlang.evalInt("""
				{ok, L} = gen_tcp:listen(0, Backend ++ [{ip, {127,0,0,1}}, %s]),
				{ok, Port} = inet:port(L),
				Port""".formatted(erlangsOptions));
		ErlangNode.Evaluation accept = erlang.begin("{ok, S} = gen_tcp:accept(L), gen_tcp:close(L)");
		TcpSocket socket = Connected.connect(this.genTcp, port, options);
		assertThat(accept.value()).isEqualTo("ok");
		return socket;
	}

	private static TcpSocket accepted(ListenSocket listen) {
		AcceptResult result = listen.accept(Connected.PATIENCE);
		assertThat(result).isInstanceOf(AcceptResult.Accepted.class);
		return ((AcceptResult.Accepted) result).socket();
	}

	private static int headerSize(PacketType type) {
		return (type == PacketType.LINE) ? 0 : Integer.parseInt(type.name());
	}

	/** Begins a list as Erlang prints it. */
	private static String checksums(List<byte[]> packets) {
		return packets.stream()
			.map((packet) -> String.valueOf(PacketSeries.checksum(packet)))
			.collect(Collectors.joining(",", "[", ""));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}

package io.gentcp;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.gentcp.packet.PacketType;
import io.gentcp.test.ErlangNode;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A thousand packets each way, at the same time, between us and Erlang's own gen_tcp:
 * each backend of Erlang's, each of ours, whoever connects, each packet type. Both sides
 * stall until the other cannot go on, and now and then after that.
 */
@Tag("interop")
@Timeout(120)
class ErlangExchangeTests {

	private static final int PACKETS = 1000;

	/** A stall is felt after a few packets, and a send times out soon. */
	private static final SocketOptions SMALL = SocketOptions.defaults()
		.sndbuf(8 * 1024)
		.recbuf(4 * 1024)
		.sendTimeout(Duration.ofMillis(20));

	/**
	 * What Erlang does, as functions. Run does a job in a process of its own, Take waits
	 * for what came of it, and Blocked waits until one of them waits and gets no further.
	 * <p>
	 * OTP 25's socket backend needs some care. After a receive that timed out inside a
	 * packet it is out of step, so receives have no timeout. And about once in fifty
	 * exchanges that send and receive at the same time its process sleeps on with bytes
	 * to read and the sign for them in its mailbox, until somebody asks it something: so
	 * Take asks it for an option.
	 */
	private static final String FUNCTIONS = """
			Run = fun(Name, Job) ->
			    Main = self(),
			    spawn(fun() -> Main ! {Name, catch Job()} end)
			end,
			Take = fun Take(Name, S) ->
			    receive {Name, Result} -> Result
			    after 500 -> {ok, _} = inet:getopts(S, [packet]), Take(Name, S)
			    end
			end,
			Blocked = fun Blocked(Process, Counter, Before) ->
			    timer:sleep(20),
			    case {counters:get(Counter, 1), process_info(Process, status)} of
			        {Before, {status, waiting}} -> Before;
			        {Now, _} -> Blocked(Process, Counter, Now)
			    end
			end,
			Stall = fun(I) -> case I rem 200 of 0 -> timer:sleep(30); _ -> ok end end,
			Size = fun
			    (I, Most) when I < 4 -> Most;
			    (I, Most) when I rem 50 =:= 0 -> rand:uniform(Most + 1) - 1;
			    (I, Most) -> case I rem 10 of 1 -> 0; 2 -> 1; _ -> rand:uniform(min(Most, 250) + 1) - 1 end
			end,
			Packet = fun
			    (line, Length) ->
			        Text = binary:replace(rand:bytes(max(0, Length - 1)), <<$\\n>>, <<" ">>, [global]),
			        <<Text/binary, $\\n>>;
			    (_, Length) -> rand:bytes(Length)
			end,
			Checksums = fun
			    (raw, Packets) -> [erlang:crc32(Packets)];
			    (_, Packets) -> [erlang:crc32(P) || P <- Packets]
			end,
			Packets = fun
			    Packets(_, 0) -> [];
			    Packets(S, Left) ->
			        Stall(Left),
			        {ok, Whole} = gen_tcp:recv(S, 0),
			        [erlang:crc32(Whole) | Packets(S, Left - 1)]
			end,
			Bytes = fun
			    Bytes(_, 0, Checksum) -> [Checksum];
			    Bytes(S, Left, Checksum) ->
			        Stall(rand:uniform(200)),
			        Length = case rand:uniform(2) of 1 -> 0; 2 -> min(Left, rand:uniform(5000)) end,
			        {ok, Some} = gen_tcp:recv(S, Length),
			        Bytes(S, Left - byte_size(Some), erlang:crc32(Checksum, Some))
			end""";

	private static ErlangNode erlang;

	private boolean succeeded;

	@AfterAll
	static void endErlang() {
		if (erlang != null) {
			erlang.close();
			erlang = null;
		}
	}

	/** After a failure Erlang may wait for ever, so the next exchange gets another. */
	@AfterEach
	void endErlangAfterAFailure() {
		if (!this.succeeded) {
			endErlang();
		}
	}

	@BeforeEach
	void startErlang() {
		assumeTrue(ErlangNode.isInstalled(), ErlangNode.HOW_TO_INSTALL);
		erlang = (erlang != null) ? erlang : ErlangNode.start();
		erlang.forget();
		erlang.eval(FUNCTIONS + ", ok");
	}

	static Stream<Exchange> exchanges() {
		return Stream.of("inet", "socket")
			.flatMap((theirs) -> Stream.of(Backend.values())
				.flatMap((ours) -> Stream.of(true, false)
					.flatMap((weConnect) -> PacketSeries.types()
						.map((type) -> new Exchange(theirs, ours, weConnect, type)))));
	}

	@ParameterizedTest
	@MethodSource("exchanges")
	void everyPacketArrivesOnceAndInOrderThoughBothSidesStall(Exchange exchange) {
		PacketType type = exchange.type();
		SocketOptions options = SMALL.backend(exchange.ours()).packet(type);
		try (GenTcp genTcp = GenTcp.open()) {
			TcpSocket socket = exchange.weConnect() ? connectToErlang(genTcp, options, exchange)
					: acceptFromErlang(genTcp, options, exchange);
			PacketSeries series = PacketSeries.random(type, PACKETS);
			int bytesOfErlang = beginInErlang(series);
			RecoveringSender sender = new RecoveringSender(socket, series.packets());
			WaitingCall<Boolean> sending = WaitingCall.of(sender::sendAll);

			assertThat(erlang.evalInt("Blocked(Sender, Sent, none)")).isLessThan(PACKETS);
			WaitingCall<List<Long>> receiving = WaitingCall
				.of(() -> new StallingReceiver(socket, type).checksums(PACKETS, bytesOfErlang));
			sender.awaitTimeout();
			erlang.eval("Receiver ! go");

			assertThat(erlang.eval("Take(received, S)")).isEqualTo(asErlangPrints(series.checksums()));
			assertThat(sending.result()).isTrue();
			assertThat(asErlangPrints(receiving.result())).isEqualTo(erlang.eval("Take(sent, S)"));
			assertThat(sender.queued() > 0).isEqualTo(exchange.ours() == Backend.INET);
			if (exchange.ours() == Backend.SOCKET && type != PacketType.ONE) {
				// Packets of at most 255 bytes the kernel takes whole or not at all.
				assertThat(sender.resumed()).isPositive();
			}
			erlang.eval("gen_tcp:close(S)");
			assertThat(socket.recv(Connected.PATIENCE)).isEqualTo(new RecvResult.Closed());
		}
		this.succeeded = true;
	}

	/** Has Erlang send its packets; it receives ours when it is told to. */
	private static int beginInErlang(PacketSeries series) {
		PacketType type = series.type();
		return erlang.evalInt("""
				_ = rand:seed(exsss, 42),
				Mine = [Packet(%1$s, Size(I, %2$d)) || I <- lists:seq(0, %3$d - 1)],
				Sent = counters:new(1, []),
				Sender = Run(sent, fun() ->
				    [begin ok = gen_tcp:send(S, P), counters:add(Sent, 1, 1) end || P <- Mine],
				    Checksums(%1$s, Mine)
				end),
				Receiver = Run(received, fun() ->
				    receive go -> ok end,
				    case %1$s of raw -> Bytes(S, %4$d, 0); _ -> Packets(S, %3$d) end
				end),
				iolist_size(Mine)""".formatted(type.name(), PacketSeries.most(type), PACKETS, series.size()));
	}

	private static TcpSocket connectToErlang(GenTcp genTcp, SocketOptions options, Exchange exchange) {
		int port = erlang
			.evalInt("{ok, L} = gen_tcp:listen(0, %s ++ [{ip, {127,0,0,1}}]), {ok, Port} = inet:port(L), Port"
				.formatted(theirOptions(exchange)));
		ErlangNode.Evaluation accept = erlang.begin("{ok, S} = gen_tcp:accept(L), gen_tcp:close(L)");
		TcpSocket socket = Connected.connect(genTcp, port, options);
		assertThat(accept.value()).isEqualTo("ok");
		return socket;
	}

	private static TcpSocket acceptFromErlang(GenTcp genTcp, SocketOptions options, Exchange exchange) {
		ListenSocket listen = Connected.listen(genTcp, options);
		ErlangNode.Evaluation connect = erlang.begin(
				"{ok, S} = gen_tcp:connect({127,0,0,1}, %d, %s), ok".formatted(listen.port(), theirOptions(exchange)));
		AcceptResult accepted = listen.accept(Connected.PATIENCE);
		assertThat(accepted).isInstanceOf(AcceptResult.Accepted.class);
		assertThat(connect.value()).isEqualTo("ok");
		return ((AcceptResult.Accepted) accepted).socket();
	}

	/**
	 * Erlang's inet backend cuts lines that are longer than its buffer. The less there is
	 * in the kernel, the more often its socket backend sleeps on.
	 */
	private static String theirOptions(Exchange exchange) {
		int recbuf = exchange.theirs().equals("socket") ? 32 * 1024 : 4 * 1024;
		return """
				[{inet_backend, %s}, binary, {active, false}, {packet, %s}, \
				{buffer, 200000}, {sndbuf, 8192}, {recbuf, %d}]""".formatted(exchange.theirs(), exchange.type().name(),
				recbuf);
	}

	private static String asErlangPrints(List<Long> numbers) {
		return numbers.toString().replace(" ", "");
	}

	/** Who exchanges packets with whom. */
	record Exchange(String theirs, Backend ours, boolean weConnect, PacketType type) {

		@Override
		public String toString() {
			return "packet %s, our %s %s Erlang's %s".formatted(this.type.name(), this.ours,
					this.weConnect ? "connects to" : "accepts", this.theirs);
		}

	}

}

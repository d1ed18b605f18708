package io.gentcp.scenarios;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gentcp.Direction;
import io.gentcp.Mailbox;
import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.WaitingCall;
import io.gentcp.packet.PacketType;
import io.gentcp.test.StreamEnd;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static io.gentcp.scenarios.Term.list;
import static io.gentcp.scenarios.Term.tuple;

/** OTP's scenarios of close, shutdown, and of a peer that ends first. */
@ParameterizedClass
@EnumSource(Backend.class)
@ExtendWith(Scenarios.class)
@Timeout(60)
@NotApplicable(id = "x14_shutdown_bad", because = "a direction is one of three")
class CloseScenarioTests {

	private static final SocketOptions RAW = SocketOptions.defaults();

	private static final SocketOptions FOUR = RAW.packet(PacketType.FOUR);

	private static final Duration SHORT = Duration.ofMillis(100);

	@Parameter
	Backend backend;

	@Test
	@Differs(on = Backend.INET, by = Decision.CLOSED_FOR_EVER,
			ours = "{ok,{error,closed},{error,closed},{error,closed},{error,closed}}")
	void s25_send_after_peer_close(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			pair.peer().close();
			SendResult first = pair.send("a");
			RecvResult end = pair.recv();
			SendResult second = pair.sendUntilClosed();
			scenario.cameTo(this.backend, tuple(first, second, pair.send("c"), end, pair.recv()));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.CLOSING_AGAIN_IS_OK, ours = "[*,{shutdown,ok}]")
	@Differs(on = Backend.INET, by = Decision.A_CLOSED_SOCKET_KNOWS_WHAT_IT_WAS,
			ours = "[*,{peername,{ok,theirs}},{sockname,{ok,ours}},{port,{ok,ours}},{getstat,{ok,0}}]")
	@Differs(on = Backend.SOCKET, by = Decision.CLOSING_AGAIN_IS_OK, ours = "[*,{close,ok},{shutdown,ok}]")
	@Differs(on = Backend.SOCKET, by = Decision.A_CLOSED_SOCKET_KNOWS_WHAT_IT_WAS,
			ours = "[*,{peername,{ok,theirs}},{sockname,{ok,ours}},{port,{ok,ours}},{getstat,{ok,0}}]")
	@Differs(on = Backend.SOCKET, by = Decision.OPTIONS_OF_A_CLOSED_SOCKET_ARE_EINVAL,
			ours = "[*,{setopts,{error,einval}},{getopts,{error,einval}}]")
	@Differs(on = Backend.SOCKET, by = Decision.BYTES_CAN_BE_PUT_BACK, ours = "[*,{unrecv,{error,closed}}]")
	void s26_ops_after_local_close(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW); Mailbox mailbox = new Mailbox(1)) {
			TcpSocket socket = pair.socket();
			SocketAddress local = socket.localAddress();
			SocketAddress peer = socket.peerAddress();
			int port = socket.port();
			socket.close();
			List<String> results = new ArrayList<>();
			results.add(tuple("send", pair.send("a")));
			results.add(tuple("recv", pair.recv()));
			socket.close();
			results.add(tuple("close", "ok"));
			socket.shutdown(Direction.WRITE);
			results.add(tuple("shutdown", "ok"));
			results.add(tuple("setopts", pair.set((options) -> options.nodelay(true))));
			results.add(tuple("getopts", OptionTerm.got(socket, "active")));
			results.add(tuple("peername", tuple("ok", socket.peerAddress().equals(peer) ? "theirs" : "another")));
			results.add(tuple("sockname", tuple("ok", socket.localAddress().equals(local) ? "ours" : "another")));
			results.add(tuple("port", tuple("ok", (socket.port() == port) ? "ours" : "another")));
			results.add(tuple("getstat", tuple("ok", socket.stats().get("send_oct"))));
			results.add(tuple("cp", socket.controllingProcess(mailbox)));
			// A connection has no accept.
			results.add("{accept,_}");
			results.add(tuple("unrecv", socket.unrecv(Pair.bytes("x"))));
			scenario.cameTo(this.backend, list(results));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.HALVES_ARE_INDEPENDENT,
			ours = "{ok,{{error,closed},<<\"abc\">>},{ok,<<\"reply\">>},ok,{error,closed},{error,closed},{ok,<<\"more\">>}}")
	@Differs(on = Backend.SOCKET, by = Decision.HALVES_ARE_INDEPENDENT,
			ours = "{ok,{{error,closed},<<\"abc\">>},{ok,<<\"reply\">>},ok,{error,closed},{error,closed},{ok,<<\"more\">>}}")
	void s27_shutdown_write(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			pair.send("abc");
			pair.socket().shutdown(Direction.WRITE);
			byte[] got = pair.drain();
			pair.peer().send(Pair.bytes("reply"));
			RecvResult reply = pair.recv();
			pair.socket().shutdown(Direction.WRITE);
			SendResult first = pair.send("x");
			SendResult second = pair.send("x");
			pair.peer().send(Pair.bytes("more"));
			scenario.cameTo(this.backend, tuple("ok", tuple(pair.end(), got), reply, "ok", first, second, pair.recv()));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.SHUTDOWN_ENDS_ONE_HALF,
			ours = "{ok,{error,closed},{error,closed},ok,{ok,<<\"still\">>},ok,ok,{error,closed}}")
	void s28_shutdown_read(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			pair.peer().send(Pair.bytes("pending"));
			pair.socket().shutdown(Direction.READ);
			RecvResult first = pair.recv();
			RecvResult second = pair.recv();
			SendResult still = pair.send("still");
			byte[] got = pair.drain(5);
			pair.socket().shutdown(Direction.READ);
			pair.socket().shutdown(Direction.WRITE);
			pair.drain();
			scenario.cameTo(this.backend, tuple("ok", first, second, still, tuple("ok", got), "ok", "ok", pair.end()));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.CLOSING_AGAIN_IS_OK, ours = "{_,_,_,_,ok}")
	void s29_shutdown_rw(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			pair.socket().shutdown(Direction.READ_WRITE);
			RecvResult recv = pair.recv();
			SendResult send = pair.send("x");
			pair.drain();
			pair.socket().shutdown(Direction.READ_WRITE);
			scenario.cameTo(this.backend, tuple("ok", recv, send, pair.end(), "ok"));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.CLOSED_FOR_EVER, ours = "{_,{_,_,{error,closed}}}")
	void s33_rst_passive(Scenario scenario) {
		scenario.cameTo(this.backend, tuple(resetAndReceived(RAW), resetAndReceived(RAW.showEconnreset(true))));
	}

	private String resetAndReceived(SocketOptions options) {
		try (Pair pair = Pair.of(this.backend, options)) {
			pair.peer().send(Pair.bytes("data"));
			pair.peer().reset();
			RecvResult first = pair.recv();
			RecvResult second = pair.recv();
			return tuple(first, second, pair.send("x"));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.CLOSED_FOR_EVER,
			ours = "{{_,{error,closed},_,{error,closed}},{_,{error,econnreset},_,{error,closed}}}")
	void s35_rst_on_send(Scenario scenario) {
		scenario.cameTo(this.backend, tuple(resetAndSent(RAW), resetAndSent(RAW.showEconnreset(true))));
	}

	private String resetAndSent(SocketOptions options) {
		try (Pair pair = Pair.of(this.backend, options)) {
			pair.peer().reset();
			SendResult first = pair.sendUntilClosed();
			return tuple(first, pair.send("y"), pair.recv(), pair.recv());
		}
	}

	@Test
	void s37_linger0_close(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW.linger(0))) {
			pair.send("abc");
			byte[] got = pair.drain(3);
			Elapsed elapsed = Elapsed.now();
			pair.socket().close();
			String time = elapsed.immediate();
			pair.drain();
			scenario.cameTo(this.backend, tuple("ok", time, tuple("ok", got), pair.end()));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.THE_END_COMES_BEFORE_THE_RESET, ours = "{ended}")
	@Differs(on = Backend.SOCKET, by = Decision.THE_END_COMES_BEFORE_THE_RESET, ours = "{ended}")
	void s38_close_with_unread_input(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			pair.peer().send(Pair.bytes("unread"));
			pair.socket().close();
			pair.drain();
			// Which of the two the peer finds is a race between it and the reset.
			scenario.cameTo(this.backend,
					tuple((pair.peer().streamEnd() instanceof StreamEnd.Open) ? "open" : "ended"));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.EMPTY_IS_NO_EXCEPTION, ours = "{{error,closed},{error,closed}}")
	void x06_empty_send_after_shutdown(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			pair.socket().shutdown(Direction.WRITE);
			scenario.cameTo(this.backend, tuple(pair.send(""), pair.send("x")));
		}
	}

	@Test
	void x16_linger_close_drained(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW.linger(3))) {
			pair.send("abc");
			Elapsed elapsed = Elapsed.now();
			pair.socket().close();
			String time = elapsed.immediate();
			byte[] got = pair.drain();
			scenario.cameTo(this.backend, tuple("ok", time, tuple(pair.end(), got)));
		}
	}

	@Test
	void x20_half_closed_then_rst(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW.exitOnClose(false))) {
			pair.peer().close();
			RecvResult end = pair.recv();
			SendResult first = pair.send("x");
			SendResult second = pair.sendUntilClosed();
			scenario.cameTo(this.backend, tuple(end, first, second, pair.send("z")));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.LATE_SENDS_ARE_HARMLESS,
			ours = "{{ok,{{error,closed},<<\"abc\">>},ok,none,{ok,<<\"reply\">>},{error,timeout}},"
					+ "{ok,{{error,closed},<<\"abc\">>},ok,{{error,closed},{error,closed}},"
					+ "{ok,<<\"reply\">>},{error,timeout}}}")
	void x34_half_close_reply(Scenario scenario) {
		scenario.cameTo(this.backend, tuple(halfCloseReply(false), halfCloseReply(true)));
	}

	private String halfCloseReply(boolean late) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			pair.send("abc");
			pair.socket().shutdown(Direction.WRITE);
			byte[] got = pair.drain();
			pair.peer().send(Pair.bytes("reply"));
			String sends = late ? tuple(pair.send("x"), pair.send("x")) : "none";
			return tuple("ok", tuple(pair.end(), got), "ok", sends, pair.recv(), pair.socket().recv(SHORT));
		}
	}

	@Test
	void s99_peer_data_then_rst_unread(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			pair.send("q");
			pair.peer().send(Pair.bytes("reply"));
			pair.peer().close();
			RecvResult reply = pair.recv();
			scenario.cameTo(this.backend, tuple(reply, pair.recv()));
		}
	}

	@Test
	void s74_close_with_queued_data_peer_reads(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, FOUR)) {
			WaitingCall<SendResult> send = begin(pair);
			boolean queues = this.backend == Backend.INET;
			if (!queues) {
				pair.drain(4 + Pair.BIG);
				send.result();
			}
			WaitingCall<Boolean> close = close(pair);
			String time = "immediate";
			if (queues) {
				close.parked();
				time = "waited";
			}
			pair.drain();
			close.result();
			scenario.cameTo(this.backend, tuple(send.result(), "ok", time, pair.end(), list(pair.packets())));
		}
	}

	@Test
	void s75_close_with_queued_data_peer_stuck(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, FOUR)) {
			WaitingCall<SendResult> send = begin(pair);
			Elapsed elapsed = Elapsed.now();
			close(pair).result();
			if (this.backend == Backend.INET) {
				String time = elapsed.about(5000);
				pair.drain();
				scenario.cameTo(this.backend, tuple("ok", time, pair.end(),
						tuple("flushed_in_background_after_close", list(pair.packets()))));
			}
			else {
				String time = elapsed.immediate();
				boolean truncated = pair.drain().length < Pair.BIG;
				scenario.cameTo(this.backend,
						tuple("ok", time, send.result(), tuple(pair.end(), tuple("truncated", truncated))));
			}
		}
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.SOCKET_CLOSE_DOES_NOT_WAIT,
			ours = "{timeout,ok,immediate,{error,closed},{all,false}}")
	void s76_linger1_with_stuck_peer(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, RAW.linger(1).sendTimeout(SHORT))) {
			SendResult send = pair.sendBig();
			Elapsed elapsed = Elapsed.now();
			pair.socket().close();
			String time = (this.backend == Backend.INET) ? elapsed.about(1000) : elapsed.immediate();
			boolean all = pair.drain().length == Pair.BIG;
			scenario.cameTo(this.backend, tuple((send instanceof SendResult.Sent) ? "ok" : "timeout", "ok", time,
					pair.end(), tuple("all", all)));
		}
	}

	@Test
	void s77_linger0_with_queue(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, RAW.linger(0).sendTimeout(SHORT))) {
			pair.sendBig();
			Elapsed elapsed = Elapsed.now();
			pair.socket().close();
			String time = elapsed.immediate();
			boolean truncated = pair.drain().length < Pair.BIG;
			// OTP's peer does not show resets: to it, this one is closed.
			String end = pair.end().replace("econnreset", "closed");
			scenario.cameTo(this.backend, tuple("ok", time, end, tuple("truncated", truncated)));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.HALVES_ARE_INDEPENDENT,
			ours = "{ok,ok,immediate,{error,closed},{complete,true},{ok,<<\"hi\">>}}")
	@Differs(on = Backend.SOCKET, by = Decision.HALVES_ARE_INDEPENDENT,
			ours = "{{error,{timeout,rest}},ok,immediate,{error,closed},{complete,false},{ok,<<\"hi\">>}}")
	void s78_shutdown_write_with_queue(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, FOUR.sendTimeout(Duration.ofMillis(200)))) {
			SendResult send = pair.sendBig();
			Elapsed elapsed = Elapsed.now();
			pair.socket().shutdown(Direction.WRITE);
			String time = elapsed.immediate();
			boolean complete = pair.drain().length == 4 + Pair.BIG;
			pair.peer().send(Pair.frame(Pair.bytes("hi")));
			scenario.cameTo(this.backend,
					tuple(send, "ok", time, pair.end(), tuple("complete", complete), pair.recv()));
		}
	}

	@Test
	void x37_shutdown_write_queue_half(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, FOUR)) {
			WaitingCall<SendResult> send = begin(pair);
			Elapsed elapsed = Elapsed.now();
			pair.socket().shutdown(Direction.WRITE);
			String time = elapsed.immediate();
			boolean complete = pair.drain().length == 4 + Pair.BIG;
			pair.peer().send(Pair.frame(Pair.bytes("hi")));
			scenario.cameTo(this.backend,
					tuple(send.result(), "ok", time, pair.end(), tuple("complete", complete), "ok", pair.recv()));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.LATE_SENDS_ARE_HARMLESS,
			ours = "{ok,{error,closed},{error,timeout},{error,closed},{queued_data_lost,false}}")
	void s79_send_after_shutdown_write_with_queue(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, FOUR)) {
			begin(pair);
			pair.socket().shutdown(Direction.WRITE);
			SendResult late = pair.send("x");
			RecvResult recv = pair.socket().recv(SHORT);
			boolean lost = pair.drain().length < Pair.BIG;
			scenario.cameTo(this.backend, tuple("ok", late, recv, pair.end(), tuple("queued_data_lost", lost)));
		}
	}

	@Test
	void s80_close_while_sender_blocked(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, RAW)) {
			WaitingCall<SendResult> first = begin(pair);
			WaitingCall<SendResult> second = WaitingCall.of(() -> pair.send("x")).parked();
			pair.set((options) -> options.linger(0));
			close(pair).result();
			scenario.cameTo(this.backend, tuple("ok", first.result(), second.result()));
		}
	}

	/** Begins to send more than fits; on the inet backend that does not wait. */
	private WaitingCall<SendResult> begin(Pair pair) {
		WaitingCall<SendResult> first = WaitingCall.of(pair::sendBig);
		if (this.backend == Backend.INET) {
			first.result();
			return first;
		}
		return first.parked();
	}

	private static WaitingCall<Boolean> close(Pair pair) {
		return WaitingCall.of(() -> {
			pair.socket().close();
			return true;
		});
	}

}

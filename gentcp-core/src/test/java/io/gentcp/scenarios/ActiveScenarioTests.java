package io.gentcp.scenarios;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gentcp.ActiveMode;
import io.gentcp.ControllingProcessResult;
import io.gentcp.Direction;
import io.gentcp.Mailbox;
import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.SetOptionsResult;
import io.gentcp.SocketMessage;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.WaitingCall;
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

/** OTP's scenarios of active mode and of controlling processes. */
@ParameterizedClass
@EnumSource(Backend.class)
@ExtendWith(Scenarios.class)
@Timeout(60)
@NotApplicable(id = "s43_deliver_port", because = "a message is a record, and has no form of a port's")
@NotApplicable(id = "s55_socket_exit_signal", because = "there are no exit signals and no links")
class ActiveScenarioTests {

	private static final Duration SHORT = Duration.ofMillis(100);

	private final Mailbox mailbox = new Mailbox(1000);

	private final SocketOptions raw = SocketOptions.defaults().controllingProcess(this.mailbox);

	private final SocketOptions one = this.raw.packet(PacketType.ONE);

	private final SocketOptions four = this.raw.packet(PacketType.FOUR);

	@Parameter
	Backend backend;

	@AfterEach
	void closeMailbox() {
		this.mailbox.close();
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.SHUTDOWN_IS_TOLD, ours = "{ok,[tcp_closed],{error,closed}}")
	void s30_shutdown_rw_active(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw.active(ActiveMode.TRUE))) {
			pair.socket().shutdown(Direction.READ_WRITE);
			String told = messages(1);
			pair.drain();
			scenario.cameTo(this.backend, tuple("ok", told, pair.end()));
		}
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.EXIT_ON_CLOSE_IS_HONOURED,
			ours = "{[tcp_closed],{error,closed},{error,closed}}")
	void s31_half_close_default(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw.active(ActiveMode.TRUE))) {
			pair.peer().halfClose();
			String told = messages(1);
			SendResult late = pair.send("late");
			pair.drain();
			scenario.cameTo(this.backend, tuple(told, late, pair.end()));
		}
	}

	@Test
	void s32_half_close_exit_on_close_false(Scenario scenario) {
		String active;
		try (Pair pair = Pair.of(this.backend, this.raw.active(ActiveMode.TRUE).exitOnClose(false))) {
			pair.peer().send(Pair.bytes("x"));
			pair.peer().halfClose();
			String told = messages(2);
			SendResult late = pair.send("late");
			active = "%s,%s,%s".formatted(told, Term.of(late), tuple("ok", pair.drain(4)));
		}
		try (Pair pair = Pair.of(this.backend, this.raw.exitOnClose(false))) {
			pair.peer().halfClose();
			RecvResult first = pair.recv();
			RecvResult second = pair.recv();
			SendResult late = pair.send("late2");
			byte[] got = pair.drain(5);
			SendResult again = pair.send("again");
			scenario.cameTo(this.backend,
					tuple(active, tuple("passive", first, second, late, tuple("ok", got), again)));
		}
	}

	@Test
	void s34_rst_active(Scenario scenario) {
		String hidden = reset(1, this.raw);
		scenario.cameTo(this.backend, tuple(hidden, reset(2, this.raw.showEconnreset(true))));
	}

	private String reset(int messages, SocketOptions options) {
		try (Pair pair = Pair.of(this.backend, options.active(ActiveMode.TRUE))) {
			pair.peer().reset();
			String told = messages(messages);
			return tuple(told, pair.send("x"));
		}
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.A_CLEAN_END_IS_NO_RESET, ours = "{[tcp_closed],{error,closed}}")
	void s36_fin_with_show_econnreset(Scenario scenario) {
		SocketOptions shown = this.raw.showEconnreset(true);
		try (Pair active = Pair.of(this.backend, shown.active(ActiveMode.TRUE));
				Pair passive = Pair.of(this.backend, shown)) {
			active.peer().close();
			String told = messages(1);
			passive.peer().close();
			scenario.cameTo(this.backend, tuple(told, passive.recv()));
		}
	}

	@Test
	void s39_active_true_order(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.four.active(ActiveMode.TRUE))) {
			pair.peer().send(frames("a", "bb", "ccc"));
			pair.peer().close();
			scenario.cameTo(this.backend, messages(4));
		}
	}

	@Test
	void s40_active_once(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.four.active(ActiveMode.ONCE))) {
			pair.peer().send(frames("a", "b"));
			pair.peer().close();
			String first = messages(1);
			String passive = active(pair);
			set(pair, "once");
			String second = messages(1);
			String passiveAgain = active(pair);
			set(pair, "once");
			scenario.cameTo(this.backend, tuple(first, passive, second, passiveAgain, messages(1)));
		}
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.NO_MORE_COUNTING_IS_SILENT,
			ours = "{_,_,_,_,_,_,_,_,_,_,_,_,_,_,_,_,_,_,_,{n_to_false,ok,[]},_,_}")
	void s41_active_n(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.one.active(ActiveMode.count(2)))) {
			List<String> steps = new ArrayList<>();
			steps.add(active(pair));
			pair.peer().send(new byte[] { 1, 'a' });
			steps.add(messages(1));
			steps.add(active(pair));
			steps.add(set(pair, "2"));
			steps.add(active(pair));
			pair.peer().send(new byte[] { 1, 'b', 1, 'c', 1, 'd', 1, 'e' });
			steps.add(messages(4));
			steps.add(active(pair));
			steps.add(tuple("recv", pair.recv()));
			steps.add(set(pair, "5"));
			steps.add(set(pair, "-3"));
			steps.add(active(pair));
			steps.add(set(pair, "-2"));
			steps.add(messages(1));
			steps.add(active(pair));
			steps.add(tuple("neg_from_passive", set(pair, "-1"), messages(1)));
			steps.add(set(pair, "32767"));
			steps.add(set(pair, "1"));
			steps.add(active(pair));
			steps.add(set(pair, "40000"));
			steps.add(tuple("n_to_false", set(pair, "false"), messages(0)));
			steps.add(tuple("n_to_once", set(pair, "3"), set(pair, "once"), messages(0)));
			steps.add(tuple("zero", set(pair, "0"), messages(1), active(pair)));
			scenario.cameTo(this.backend, tuple(steps.toArray()));
		}
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.EXIT_ON_CLOSE_IS_HONOURED,
			ours = "{[],ok,[tcp_closed],{error,closed},{error,einval}}")
	void s42_active_closed_while_passive(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw)) {
			pair.peer().close();
			String before = messages(0);
			String armed = set(pair, "once");
			String told = messages(1);
			SendResult sent = pair.send("x");
			scenario.cameTo(this.backend, tuple(before, armed, told, sent, set(pair, "once")));
		}
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.NO_BUG_OF_OTP_25,
			ours = "{{ok,<<\"a\">>},[{tcp,<<\"b\">>},{tcp,<<\"c\">>}],[],{ok,<<\"d\">>}}")
	void s44_passive_to_active_buffered(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.one)) {
			pair.peer().send(new byte[] { 1, 'a', 1, 'b', 1, 'c' });
			RecvResult first = pair.recv();
			set(pair, "true");
			String told = messages(2);
			set(pair, "false");
			pair.peer().send(new byte[] { 1, 'd' });
			scenario.cameTo(this.backend, tuple(first, told, messages(0), pair.recv()));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.A_BAD_PACKET_ENDS_THE_CONNECTION_AT_ONCE,
			ours = "{{[{tcp,<<\"ok\">>},{tcp_error,emsgsize},tcp_closed],false,{error,closed}},"
					+ "{[{tcp,<<\"ok\\n\">>},{tcp_error,emsgsize},tcp_closed],false,{error,closed}},"
					+ "{[{tcp_error,emsgsize},tcp_closed],false,{error,closed}}}")
	@Differs(on = Backend.SOCKET, by = Decision.A_BAD_PACKET_ENDS_THE_CONNECTION_AT_ONCE,
			ours = "{{[{tcp,<<\"ok\">>},{tcp_error,emsgsize},tcp_closed],false,{error,closed}},"
					+ "{[{tcp,<<\"ok\\n\">>},{tcp_error,emsgsize},tcp_closed],false,{error,closed}},"
					+ "{[{tcp_error,emsgsize},tcp_closed],false,{error,closed}}}")
	void s47_packet_size_active(Scenario scenario) {
		String length = told(3, this.four.packetSize(5), frames("ok", "abcdef"));
		String line = told(3, this.raw.packet(PacketType.LINE).packetSize(4), Pair.bytes("ok\nabcdefgh\n"));
		String magic = told(2, this.raw.packet(PacketType.CDR), Pair.bytes("XXXXXXXXXXXXXXXXX"));
		scenario.cameTo(this.backend, tuple(length, line, magic));
	}

	private String told(int messages, SocketOptions options, byte[] bytes) {
		try (Pair pair = Pair.of(this.backend, options.active(ActiveMode.TRUE))) {
			pair.peer().send(bytes);
			String told = messages(messages);
			return tuple(told, active(pair), pair.send("x"));
		}
	}

	@Test
	void s53_controlling_process(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw.active(ActiveMode.TRUE)); Mailbox other = new Mailbox(10)) {
			pair.peer().send(Pair.bytes("one"));
			TcpSocket socket = pair.socket();
			Messages.of(this.mailbox).arrive();
			ControllingProcessResult given = socket.controllingProcess(this.mailbox, other);
			String first = Messages.of(other).take();
			pair.peer().send(Pair.bytes("two"));
			String second = Messages.of(other).take();
			ControllingProcessResult stranger = socket.controllingProcess(this.mailbox, this.mailbox);
			String still = active(pair);
			other.close();
			SendResult sent = pair.send("x");
			pair.drain();
			scenario.cameTo(this.backend, tuple(given, list(List.of(first, second)), stranger, still,
					tuple("after_owner_exit", sent, pair.end())));
		}
	}

	@Test
	void s54_owner_death_closes(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw.active(ActiveMode.TRUE))) {
			pair.send("hi");
			byte[] got = pair.drain(2);
			this.mailbox.close();
			pair.drain();
			scenario.cameTo(this.backend, tuple(tuple("ok", got), pair.end()));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.CLOSED_FOR_EVER, ours = "{ok,{error,timeout},[],{error,closed}}")
	void s67_send_timeout_close_active(Scenario scenario) {
		SocketOptions options = this.raw.active(ActiveMode.TRUE)
			.sendTimeout(Duration.ofMillis(200))
			.sendTimeoutClose(true);
		try (Pair pair = Pair.blocked(this.backend, options)) {
			SendResult big = pair.sendBig();
			SendResult small = pair.send("x");
			scenario.cameTo(this.backend, tuple(big, small, messages(0), pair.send("x")));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.A_BAD_PACKET_ENDS_THE_CONNECTION_AT_ONCE,
			ours = "{[{tcp,<<\"ok\">>},{tcp_error,emsgsize},tcp_closed],[]}")
	@Differs(on = Backend.SOCKET, by = Decision.A_BAD_PACKET_ENDS_THE_CONNECTION_AT_ONCE,
			ours = "{[{tcp,<<\"ok\">>},{tcp_error,emsgsize},tcp_closed],[]}")
	void s84_emsgsize_reported_late(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.four.packetSize(5).active(ActiveMode.TRUE))) {
			pair.peer().send(frames("ok", "abcdef"));
			scenario.cameTo(this.backend, tuple(messages(3), messages(0)));
		}
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.A_BAD_PACKET_ENDS_THE_CONNECTION_AT_ONCE,
			ours = "[{tcp,<<\"ok\">>},{tcp_error,emsgsize},tcp_closed]")
	void s85_emsgsize_after_close(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.four.packetSize(5).active(ActiveMode.TRUE))) {
			pair.peer().send(frames("ok", "abcdef"));
			pair.peer().close();
			scenario.cameTo(this.backend, messages(3));
		}
	}

	@Test
	void s87_close_from_other_process(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw.active(ActiveMode.TRUE))) {
			String closed = WaitingCall.of(() -> {
				pair.socket().close();
				return "ok";
			}).result();
			pair.drain();
			scenario.cameTo(this.backend, tuple(closed, messages(0), pair.end()));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.A_RECEIVE_IN_LINE_GOES_FIRST, ours = "{ok,{ok,<<\"abc\">>},[]}")
	void s91_pending_recv_setopts_active(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw)) {
			WaitingCall<RecvResult> recv = WaitingCall.of(pair::recv).parked();
			String set = set(pair, "true");
			pair.peer().send(Pair.bytes("abc"));
			scenario.cameTo(this.backend, tuple(set, recv.result(), messages(0)));
		}
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.NO_BUG_OF_OTP_25, ours = "{{ok,<<\"a\">>},[]}")
	void s96_packet4_switch_to_passive_socket_bug(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.four.active(ActiveMode.TRUE))) {
			set(pair, "false");
			pair.peer().send(frames("a"));
			RecvResult first = pair.recv();
			set(pair, "once");
			scenario.cameTo(this.backend, tuple(first, messages(0)));
		}
	}

	@Test
	void s97_raw_switch_to_passive(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw.active(ActiveMode.TRUE))) {
			set(pair, "false");
			pair.peer().send(Pair.bytes("abc"));
			RecvResult first = pair.socket().recv(2, Pair.PATIENCE);
			scenario.cameTo(this.backend, tuple(first, pair.recv(), messages(0)));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.CLOSE_LEAVES_THE_MAILBOX_ALONE, ours = "[{tcp,<<\"d\">>},tcp_closed]")
	void x05_close_flushes_tcp_closed(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw.active(ActiveMode.TRUE))) {
			pair.peer().send(Pair.bytes("d"));
			pair.peer().close();
			String told = messages(2);
			pair.socket().close();
			messages(0);
			scenario.cameTo(this.backend, told);
		}
	}

	@Test
	void x08_active_sender_blocked_rst(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, this.raw.active(ActiveMode.TRUE))) {
			WaitingCall<SendResult> first = WaitingCall.of(pair::sendBig);
			if (this.backend == Backend.INET) {
				first.result();
			}
			else {
				first.parked();
			}
			WaitingCall<SendResult> second = WaitingCall.of(() -> pair.send("x")).parked();
			pair.peer().reset();
			scenario.cameTo(this.backend, tuple(first.result(), second.result(), messages(1), pair.send("y")));
		}
	}

	@Test
	void x11_active_true_batch(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw.active(ActiveMode.TRUE).buffer(10))) {
			pair.peer().send(Pair.bytes("0123456789abcdefghijklmnop"));
			List<String> sizes = Stream.generate(this::size).limit(3).toList();
			scenario.cameTo(this.backend, list(sizes));
		}
	}

	private String size() {
		SocketMessage message = this.mailbox.receive(Pair.PATIENCE).orElseThrow();
		return String.valueOf(((Packet.Bytes) ((SocketMessage.Data) message).packet()).size());
	}

	@Test
	void x19_active_n_connect(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw.active(ActiveMode.count(1)))) {
			pair.peer().send(Pair.bytes("a"));
			String told = messages(2);
			pair.peer().close();
			scenario.cameTo(this.backend, tuple(told, active(pair), messages(0)));
		}
	}

	/** What is no process has no counterpart: the third. */
	@Test
	void x13_nonowner_cp(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw); Mailbox other = new Mailbox(10)) {
			ControllingProcessResult stranger = pair.socket().controllingProcess(other, other);
			ControllingProcessResult owner = pair.socket().controllingProcess(this.mailbox, this.mailbox);
			scenario.cameTo(this.backend, tuple(stranger, owner, "_"));
		}
	}

	@Test
	void x23_partial_line_then_active(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw.packet(PacketType.LINE))) {
			pair.peer().send(Pair.bytes("par"));
			RecvResult part = pair.socket().recv(SHORT);
			set(pair, "true");
			pair.peer().send(Pair.bytes("tial\nx"));
			String told = messages(1);
			pair.peer().close();
			scenario.cameTo(this.backend, tuple(part, told, messages(1)));
		}
	}

	@Test
	void x26_recv_more_than_buffer_active(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.four.active(ActiveMode.TRUE))) {
			pair.peer().send(Pair.frame(new byte[100_000]));
			scenario.cameTo(this.backend, list(List.of(size())));
		}
	}

	@Test
	void x28_setopts_from_other_proc(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw)) {
			WaitingCall.of(() -> set(pair, "true")).result();
			pair.peer().send(Pair.bytes("q"));
			scenario.cameTo(this.backend, messages(1));
		}
	}

	@Test
	void x30_inet_close(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw)) {
			pair.socket().close();
			pair.drain();
			scenario.cameTo(this.backend, tuple("ok", pair.end()));
		}
	}

	@Test
	void x36_active_zero_connect(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw.active(ActiveMode.count(0)))) {
			scenario.cameTo(this.backend, tuple(active(pair), messages(1)));
		}
	}

	@Test
	void x38_passive_active_cp_passed(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, this.raw.active(ActiveMode.count(2))); Mailbox other = new Mailbox(10)) {
			pair.peer().send(Pair.bytes("a"));
			Messages.of(this.mailbox).arrive();
			Term.of(pair.socket().controllingProcess(this.mailbox, other));
			scenario.cameTo(this.backend, tuple(active(pair), messages(0)));
		}
	}

	@CanIgnoreReturnValue
	private String messages(int expected) {
		return Messages.of(this.mailbox).next(expected);
	}

	/** Sets active; what is no mode at all is einval in Erlang and an exception here. */
	@CanIgnoreReturnValue
	private static String set(Pair pair, String active) {
		try {
			SetOptionsResult result = pair.socket().active(ActiveMode.of(active));
			return Term.of(result);
		}
		catch (IllegalArgumentException ex) {
			return "{error,einval}";
		}
	}

	private static String active(Pair pair) {
		return pair.socket().options().active().toString();
	}

	private static byte[] frames(String... packets) {
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		for (String packet : packets) {
			frames.writeBytes(Pair.frame(Pair.bytes(packet)));
		}
		return frames.toByteArray();
	}

}

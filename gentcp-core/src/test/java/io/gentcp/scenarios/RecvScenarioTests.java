package io.gentcp.scenarios;

import java.time.Duration;
import java.util.List;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gentcp.ActiveMode;
import io.gentcp.Mailbox;
import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.UnrecvResult;
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

/** OTP's scenarios of receiving from a passive socket. */
@ParameterizedClass
@EnumSource(Backend.class)
@ExtendWith(Scenarios.class)
@Timeout(60)
class RecvScenarioTests {

	private static final SocketOptions RAW = SocketOptions.defaults();

	private static final SocketOptions FOUR = RAW.packet(PacketType.FOUR);

	private static final Duration SHORT = Duration.ofMillis(100);

	private final Mailbox mailbox = new Mailbox(1000);

	@Parameter
	Backend backend;

	@AfterEach
	void closeMailbox() {
		this.mailbox.close();
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.NO_BUG_OF_OTP_25,
			ours = "{_,_,_,{recv_50ms_after_back_to_passive,{error,timeout}}}")
	void s11_recv_active_einval(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW.controllingProcess(this.mailbox).active(ActiveMode.TRUE))) {
			RecvResult whileTrue = pair.recv();
			pair.set((options) -> options.active(ActiveMode.ONCE));
			RecvResult whileOnce = pair.recv();
			pair.set((options) -> options.active(ActiveMode.count(3)));
			RecvResult whileCounting = pair.recv();
			pair.set((options) -> options.active(ActiveMode.FALSE));
			RecvResult passive = pair.socket().recv(Duration.ofMillis(50));
			scenario.cameTo(this.backend,
					tuple(whileTrue, whileOnce, whileCounting, tuple("recv_50ms_after_back_to_passive", passive)));
		}
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.A_LENGTH_IS_OF_A_RAW_STREAM,
			ours = "{{error,einval},{ok,<<\"hello\">>}}")
	void s12_recv_length_in_packet_mode(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, FOUR)) {
			pair.peer().send(Pair.frame(Pair.bytes("hello")));
			pair.peer().send(Pair.frame(Pair.bytes("abc")));
			RecvResult three = pair.socket().recv(3, Pair.PATIENCE);
			scenario.cameTo(this.backend, tuple(three, pair.recv()));
		}
	}

	@Test
	void s13_recv_raw(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			TcpSocket socket = pair.socket();
			pair.peer().send(Pair.bytes("abcdef"));
			RecvResult two = socket.recv(2, Pair.PATIENCE);
			RecvResult rest = pair.recv();
			RecvResult nothing = socket.recv(SHORT);
			WaitingCall<RecvResult> five = WaitingCall.of(() -> socket.recv(5, Pair.PATIENCE)).parked();
			pair.peer().send(Pair.bytes("12"));
			five.parked();
			pair.peer().send(Pair.bytes("3456"));
			scenario.cameTo(this.backend, tuple(two, rest, nothing, five.result(), "true", pair.recv()));
		}
	}

	@Test
	void s14_recv_timeout_keeps_partial(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			TcpSocket socket = pair.socket();
			pair.peer().send(Pair.bytes("abc"));
			RecvResult five = socket.recv(5, SHORT);
			RecvResult two = socket.recv(2, SHORT);
			RecvResult fiveAgain = socket.recv(5, SHORT);
			pair.peer().send(Pair.bytes("defg"));
			RecvResult whole = socket.recv(5, Pair.PATIENCE);
			scenario.cameTo(this.backend, tuple(five, two, fiveAgain, whole, socket.recv(SHORT)));
		}
	}

	@Test
	void s15_recv_timeout_then_zero(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			pair.peer().send(Pair.bytes("abc"));
			RecvResult five = pair.socket().recv(5, SHORT);
			scenario.cameTo(this.backend, tuple(five, pair.recv()));
		}
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.NO_BUG_OF_OTP_25, ours = "{_,_,_,{ok,<<\"hello\">>}}")
	void s16_recv_timeout_packet4(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, FOUR)) {
			pair.peer().send(new byte[] { 0, 0 });
			RecvResult inHeader = pair.socket().recv(SHORT);
			pair.peer().send(new byte[] { 0, 5, 'h', 'e' });
			RecvResult inBody = pair.socket().recv(SHORT);
			RecvResult atOnce = pair.socket().recv(Duration.ZERO);
			pair.peer().send(Pair.bytes("llo"));
			scenario.cameTo(this.backend, tuple(inHeader, inBody, atOnce, pair.recv()));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.FIRST_COME_FIRST_SERVED, ours = "{{ok,<<\"12\">>},{ok,<<\"34\">>}}")
	void s17_two_receivers(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			WaitingCall<RecvResult> first = WaitingCall.of(() -> pair.socket().recv(2, Pair.PATIENCE)).parked();
			WaitingCall<RecvResult> second = WaitingCall.of(() -> pair.socket().recv(2, Pair.PATIENCE)).parked();
			pair.peer().send(Pair.bytes("1234"));
			scenario.cameTo(this.backend, tuple(first.result(), second.result()));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.CLOSED_FOR_EVER,
			ours = "{_,_,{error,closed},{error,closed},_,{error,closed},_,_,_,_}")
	@Differs(on = Backend.SOCKET, by = Decision.EXIT_ON_CLOSE_IS_HONOURED,
			ours = "{_,_,_,_,{error,closed},_,{ok,[{active,false}]},ok,[tcp_closed],_}")
	void s18_recv_after_peer_close(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW.controllingProcess(this.mailbox))) {
			pair.peer().send(Pair.bytes("xy"));
			pair.peer().close();
			List<RecvResult> received = List.of(pair.recv(), pair.recv(), pair.recv(),
					pair.socket().recv(1, Pair.PATIENCE));
			SendResult first = pair.send("z");
			SendResult second = pair.send("z");
			String active = OptionTerm.got(pair.socket(), "active");
			String set = Term.of(pair.set((options) -> options.active(ActiveMode.TRUE)));
			String told = Messages.of(this.mailbox).next(1);
			pair.socket().close();
			scenario.cameTo(this.backend, tuple(received.get(0), received.get(1), received.get(2), received.get(3),
					first, second, active, set, told, "ok"));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.CLOSED_FOR_EVER, ours = "{{error,closed},{error,closed}}")
	void s19_recv_partial_at_eof(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			pair.peer().send(Pair.bytes("abc"));
			pair.peer().close();
			RecvResult five = pair.socket().recv(5, Pair.PATIENCE);
			scenario.cameTo(this.backend, tuple(five, pair.recv()));
		}
	}

	@Test
	void s20_packet4_partial_at_eof(Scenario scenario) {
		RecvResult four = endWithin(FOUR, new byte[] { 0, 0, 0, 5, 'h', 'e', 'l' });
		RecvResult line = endWithin(RAW.packet(PacketType.LINE), Pair.bytes("no newline"));
		scenario.cameTo(this.backend, tuple(four, line));
	}

	private RecvResult endWithin(SocketOptions options, byte[] part) {
		try (Pair pair = Pair.of(this.backend, options)) {
			pair.peer().send(part);
			pair.peer().close();
			return pair.recv();
		}
	}

	@Test
	void s21_zero_length_packets(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, FOUR.controllingProcess(this.mailbox))) {
			pair.peer().send(new byte[] { 0, 0, 0, 0, 0, 0, 0, 1, 'a', 0, 0, 0, 0 });
			String received = list(List.of(pair.recv(), pair.recv(), pair.recv()));
			pair.set((options) -> options.active(ActiveMode.TRUE));
			pair.peer().send(new byte[8]);
			scenario.cameTo(this.backend, tuple(received, Messages.of(this.mailbox).next(2)));
		}
	}

	@Test
	void s22_close_unblocks_recv(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			WaitingCall<RecvResult> recv = WaitingCall.of(pair::recv).parked();
			pair.socket().close();
			scenario.cameTo(this.backend, tuple("ok", recv.result()));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.WHAT_IS_THERE_IS_TAKEN, ours = "{_,_,{ok,<<\"abcdef\">>}}")
	@Differs(on = Backend.SOCKET, by = Decision.BYTES_CAN_BE_PUT_BACK, ours = "{_,ok,{ok,<<\"abcdef\">>}}")
	void s24_unrecv(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			pair.peer().send(Pair.bytes("def"));
			RecvResult one = pair.socket().recv(1, Pair.PATIENCE);
			UnrecvResult back = pair.socket().unrecv(Pair.bytes("abcd"));
			scenario.cameTo(this.backend, tuple(one, back, pair.recv()));
		}
	}

	/** They are put back, so that all of them are there at once. */
	@Test
	@Differs(on = Backend.INET, by = Decision.WHAT_IS_THERE_IS_TAKEN, ours = "[100000,{error,timeout},{error,timeout}]")
	@Differs(on = Backend.SOCKET, by = Decision.WHAT_IS_THERE_IS_TAKEN,
			ours = "[100000,{error,timeout},{error,timeout}]")
	void x12_recv0_caps_at_buffer(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			pair.peer().send(new byte[100_000]);
			size(pair.socket().recv(100_000, Pair.PATIENCE));
			Term.of(pair.socket().unrecv(new byte[100_000]));
			scenario.cameTo(this.backend, list(List.of(size(pair.recv()), size(pair.socket().recv(SHORT)),
					size(pair.socket().recv(50_000, SHORT)))));
		}
	}

	@CanIgnoreReturnValue
	private static String size(RecvResult result) {
		return (result instanceof RecvResult.Received(Packet.Bytes bytes)) ? String.valueOf(bytes.size())
				: Term.of(result);
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.ANY_LENGTH_MAY_BE_ASKED_FOR, ours = "{error,timeout}")
	void s86_recv_huge_length(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			scenario.cameTo(this.backend, Term.of(pair.socket().recv(0x400_0001, SHORT)));
		}
	}

	@Test
	void s92_recv_by_non_owner(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW.controllingProcess(this.mailbox))) {
			pair.peer().send(Pair.bytes("x"));
			scenario.cameTo(this.backend, Term.of(WaitingCall.of(pair::recv).result()));
		}
	}

}

package io.gentcp.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.gentcp.ActiveMode;
import io.gentcp.Mailbox;
import io.gentcp.RestData;
import io.gentcp.SendResult;
import io.gentcp.SetOptionsResult;
import io.gentcp.SocketOptions;
import io.gentcp.WaitingCall;
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
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** OTP's scenarios of sending to a peer that does not read. */
@ParameterizedClass
@EnumSource(Backend.class)
@ExtendWith(Scenarios.class)
@Timeout(60)
@NotApplicable(id = "x04_etimedout", because = "the JDK cannot set TCP_USER_TIMEOUT")
@NotApplicable(id = "x33_nosuspend", because = "there is no nosuspend; beginSend does not wait")
@NotApplicable(id = "x39_rest_inside_header", because = "the kernel cuts where it likes; PacketCutTests cut everywhere")
class SendScenarioTests {

	private static final SocketOptions RAW = SocketOptions.defaults();

	private static final SocketOptions FOUR = RAW.packet(PacketType.FOUR);

	private final Mailbox mailbox = new Mailbox(1000);

	@Parameter
	Backend backend;

	@AfterEach
	void closeMailbox() {
		this.mailbox.close();
	}

	@Test
	void s64_send_blocked_packet4_first_send(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, FOUR.sendTimeout(Duration.ofMillis(300)))) {
			Elapsed elapsed = Elapsed.now();
			SendResult first = pair.sendBig();
			if (!(first instanceof SendResult.TimedOutWithRest(RestData rest))) {
				String time = elapsed.immediate();
				boolean queued = pending(pair) > 3_000_000;
				pair.drain(4 + Pair.BIG);
				scenario.cameTo(this.backend, tuple(first, time, tuple("queued_at_least_3MB", queued),
						tuple("all_received", list(pair.packets()))));
				return;
			}
			String time = elapsed.about(300);
			byte[] frame = Pair.frame(Pair.big(Pair.BIG));
			byte[] received = pair.drain(rest.bytesOut());
			boolean prefix = Arrays.equals(received, Arrays.copyOf(frame, received.length));
			boolean suffix = Arrays.equals(rest.toByteArray(),
					Arrays.copyOfRange(frame, received.length, frame.length));
			Object raw = pair.set((options) -> options.packet(PacketType.RAW).sendTimeout(Duration.ofSeconds(10)));
			SendResult recovery = pair.socket().send(rest.bytes());
			Object four = pair.set((options) -> options.packet(PacketType.FOUR));
			SendResult second = pair.send("second");
			pair.socket().close();
			pair.drain();
			boolean sum = received.length + rest.size() == frame.length;
			scenario.cameTo(this.backend,
					tuple(first, time, tuple("received_plus_rest_eq_frame", sum), tuple("prefix_ok", prefix),
							tuple("rest_is_suffix", suffix), raw, recovery, four, second, pair.end(),
							list(pair.packets())));
		}
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.NOTHING_BEHIND_A_PART,
			ours = "{{error,{timeout,rest}},{error,refused},immediate,{error,refused},immediate,_,"
					+ "{ok,[{send_cnt,1}]},{error,refused},{error,closed},{a_part_of_one_packet,true}}")
	void s65_send_nothing_fits(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, FOUR.sendTimeout(Duration.ofMillis(200)))) {
			SendResult first = pair.sendBig();
			Elapsed elapsed = Elapsed.now();
			SendResult hello = pair.send("hello");
			String time = time(hello, elapsed, 200);
			long pending = pending(pair);
			elapsed = Elapsed.now();
			SendResult world = pair.send("world");
			String secondTime = time(world, elapsed, 200);
			String more = tuple("pend_diff", pending(pair) - pending);
			String count = "{ok,[{send_cnt,%d}]}".formatted(pair.socket().stats().get("send_cnt"));
			pair.peer().readAll();
			if (this.backend == Backend.INET) {
				pair.drain(4 + Pair.BIG + 9 + 9);
			}
			SendResult last = pair.send("last");
			pair.socket().close();
			pair.drain();
			String got = (this.backend == Backend.INET) ? list(pair.packets())
					: tuple("a_part_of_one_packet", pair.peer().receivedPackets(4).packets().isEmpty());
			scenario.cameTo(this.backend,
					tuple(first, hello, time, world, secondTime, more, count, last, pair.end(), got));
		}
	}

	@Test
	void x01_completely_full(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, RAW.sendTimeout(Duration.ofMillis(50)))) {
			long out = fill(pair, 65_536) + fill(pair, 1);
			pair.set((options) -> options.packet(PacketType.FOUR));
			SendResult hello = pair.send("hello");
			String got = "_";
			if (this.backend == Backend.SOCKET) {
				got = tuple("accepted_total_eq_received", pair.drain(out).length == out);
			}
			scenario.cameTo(this.backend, tuple("_", hello, got));
		}
	}

	/** Sends until a send times out; returns how much is out on the socket backend. */
	private static long fill(Pair pair, int size) {
		long out = 0;
		SendResult result = new SendResult.Sent();
		while (result instanceof SendResult.Sent) {
			result = pair.socket().send(Pair.big(size));
			out += size;
		}
		return (result instanceof SendResult.TimedOutWithRest(RestData rest)) ? out - rest.size() : out;
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.CLOSED_FOR_EVER, ours = "{_,_,_,{error,closed},{error,closed},_,_,_,_}")
	@Differs(on = Backend.INET, by = Decision.OPTIONS_OF_A_CLOSED_SOCKET_ARE_EINVAL,
			ours = "{_,_,_,_,_,{error,einval},_,_,_}")
	@Differs(on = Backend.SOCKET, by = Decision.OPTIONS_OF_A_CLOSED_SOCKET_ARE_EINVAL,
			ours = "{_,_,_,_,_,{error,einval},_,_,_}")
	@Differs(on = Backend.SOCKET, by = Decision.CLOSING_AGAIN_IS_OK, ours = "{_,_,_,_,_,_,ok,_,_}")
	void s66_send_timeout_close(Scenario scenario) {
		SocketOptions options = FOUR.sendTimeout(Duration.ofMillis(200)).sendTimeoutClose(true);
		try (Pair pair = Pair.blocked(this.backend, options)) {
			SendResult first = pair.sendBig();
			Elapsed elapsed = Elapsed.now();
			SendResult hello = pair.send("hello");
			String time = time(hello, elapsed, 200);
			SendResult third = pair.send("x");
			Object recv = pair.recv();
			String active = OptionTerm.got(pair.socket(), "active");
			pair.socket().close();
			int received = pair.drain().length;
			scenario.cameTo(this.backend, tuple(first, hello, time, third, recv, active, "ok", pair.end(),
					tuple("truncated", received < Pair.BIG)));
		}
	}

	@Test
	void s68_send_timeout_zero(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, RAW.sendTimeout(Duration.ZERO))) {
			SendResult small = pair.send("small");
			Elapsed elapsed = Elapsed.now();
			SendResult big = pair.sendBig();
			String time = elapsed.immediate();
			SendResult behind = pair.send("x");
			String secondTime = elapsed.immediate();
			boolean all = false;
			if (this.backend == Backend.INET) {
				all = pair.drain(5 + Pair.BIG + 1).length == 5 + Pair.BIG + 1;
			}
			// Whether one byte more fits is up to the kernel.
			boolean queues = this.backend == Backend.INET;
			String result = queues ? Term.of(big) : Term.of(big).replace("rest", "{rest_bytes,true}");
			scenario.cameTo(this.backend,
					tuple(small, result, time, queues ? behind : "_", secondTime, tuple("peer_got_all", all)));
		}
	}

	@Test
	void s69_send_infinity_blocks_until_low_watermark(Scenario scenario) {
		SocketOptions options = RAW.highWatermark(100_000).lowWatermark(50_000);
		try (Pair pair = Pair.blocked(this.backend, options)) {
			boolean queues = this.backend == Backend.INET;
			WaitingCall<SendResult> first = WaitingCall.of(pair::sendBig);
			String early = queues ? tuple(first.result(), "immediate") : noAnswer(first);
			WaitingCall<SendResult> second = WaitingCall.of(() -> pair.send("second"));
			String waits = noAnswer(second);
			boolean all = pair.drain(Pair.BIG + 6).length == Pair.BIG + 6;
			scenario.cameTo(this.backend, tuple(tuple("after_200ms", early), tuple("second_after_300ms", waits),
					tuple(first.result(), queues ? "immediate" : "blocked"), tuple(second.result(), "blocked"), all));
		}
	}

	@Test
	void s70_high_watermark_threshold(Scenario scenario) {
		SocketOptions options = RAW.highWatermark(100_000).lowWatermark(1_000).sendTimeout(Duration.ofMillis(150));
		try (Pair pair = Pair.blocked(this.backend, options)) {
			if (this.backend == Backend.SOCKET) {
				scenario.cameTo(this.backend, "n_a");
				return;
			}
			while (hasRoom(pair)) {
				pair.send(1600);
			}
			long before = pending(pair);
			int accepted = 0;
			while (pair.send(1000) instanceof SendResult.Sent) {
				accepted++;
			}
			long after = pending(pair);
			boolean exact = accepted == (100_000 - before - 1) / 1000;
			scenario.cameTo(this.backend, tuple(tuple("initial_pend_small", before < 100_000),
					tuple("accepted_ok", exact),
					tuple("pend_after_timeout_ge_high", after >= 100_000, after - before == (accepted + 1) * 1000L)));
		}
	}

	/** Whether the kernel takes more, which it may do for a moment after it was full. */
	private static boolean hasRoom(Pair pair) {
		long pending = pending(pair);
		if (pending > 0) {
			await().during(Duration.ofMillis(100)).until(() -> pending(pair) <= pending);
		}
		return pending(pair) == 0;
	}

	private static long pending(Pair pair) {
		return pair.socket().stats().get("send_pend");
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.FIRST_COME_FIRST_SERVED,
			ours = "{{{{error,timeout},600},{{error,timeout},600},{{error,timeout},600}},"
					+ "[{bin,4194304,true},{bin,1048576,true},<<\"BBBB\">>,<<\"CCCC\">>]}")
	@Differs(on = Backend.SOCKET, by = Decision.NOTHING_BEHIND_A_PART,
			ours = "{{{{error,{timeout,rest}},600},{{error,refused},early},{{error,refused},early}},{partial_only,true}}")
	void s71_concurrent_senders_timeouts(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, FOUR.sendTimeout(Duration.ofMillis(600)))) {
			if (this.backend == Backend.INET) {
				pair.sendBig();
			}
			List<WaitingCall<String>> senders = new ArrayList<>();
			for (byte[] payload : List.of(Pair.big(1 << 20), Pair.bytes("BBBB"), Pair.bytes("CCCC"))) {
				senders.add(WaitingCall.of(() -> sendTimed(pair, payload)).parked());
				if (this.backend == Backend.SOCKET) {
					// The timeouts of the others come later: else any may be the first.
					assertThat(pair.socket().setOptions((options) -> options.sendTimeout(Duration.ofSeconds(20))))
						.isEqualTo(new SetOptionsResult.Set());
				}
			}
			String results = tuple(senders.stream().map(WaitingCall::result).toArray());
			String got;
			if (this.backend == Backend.INET) {
				pair.drain(4 + Pair.BIG + 4 + (1 << 20) + 8 + 8);
				got = list(pair.packets());
			}
			else {
				pair.socket().close();
				got = tuple("partial_only", pair.drain().length < 1 << 20);
			}
			scenario.cameTo(this.backend, tuple(results, got));
		}
	}

	private static String sendTimed(Pair pair, byte[] payload) {
		Elapsed elapsed = Elapsed.now();
		SendResult result = pair.socket().send(payload);
		if (result instanceof SendResult.Refused) {
			return tuple(result, "early");
		}
		elapsed.about(600);
		return tuple(result, "600");
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.NOTHING_BEHIND_A_PART,
			ours = "{{error,{timeout,rest}},{error,refused},{nothing_lies_behind_partial_a,true}}")
	void s72_concurrent_sender_after_partial_corrupts(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, FOUR.sendTimeout(Duration.ofMillis(600)))) {
			WaitingCall<SendResult> first = WaitingCall.of(() -> pair.socket().send(Pair.big(1 << 20)));
			if (this.backend == Backend.INET) {
				first.result();
			}
			else {
				first.parked();
				// Its own timeout comes later: else either may be the first to be seen.
				assertThat(pair.socket().setOptions((options) -> options.sendTimeout(Duration.ofSeconds(20))))
					.isEqualTo(new SetOptionsResult.Set());
			}
			WaitingCall<SendResult> second = WaitingCall.of(() -> pair.send("BBBB")).parked();
			SendResult a = first.result();
			String got;
			if (a instanceof SendResult.TimedOutWithRest(RestData rest)) {
				Term.of(second.result());
				pair.socket().close();
				got = tuple("nothing_lies_behind_partial_a", pair.drain().length == rest.bytesOut());
			}
			else {
				pair.drain(4 + (1 << 20) + 8);
				got = list(pair.packets());
			}
			scenario.cameTo(this.backend, tuple(a, second.result(), got));
		}
	}

	@Test
	void s73_concurrent_frames_intact(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, FOUR)) {
			List<WaitingCall<Boolean>> senders = IntStream.range(0, 6)
				.mapToObj((sender) -> WaitingCall.of(() -> sendThirty(pair, sender)))
				.toList();
			pair.peer().readAll();
			boolean done = senders.stream().allMatch(WaitingCall::result);
			pair.socket().close();
			pair.drain();
			int[] next = new int[6];
			boolean intact = true;
			boolean inOrder = true;
			for (byte[] packet : pair.packets()) {
				int sender = packet[0];
				inOrder &= packet[1] == next[sender];
				intact &= Arrays.equals(packet, numbered(sender, next[sender]));
				next[sender]++;
			}
			boolean all = Arrays.stream(next).allMatch((count) -> count == 30);
			scenario.cameTo(this.backend,
					tuple(done ? "[done]" : "[]", all, tuple("intact", intact), tuple("per_sender_fifo", inOrder)));
		}
	}

	private static boolean sendThirty(Pair pair, int sender) {
		return IntStream.range(0, 30)
			.allMatch((round) -> pair.socket().send(numbered(sender, round)) instanceof SendResult.Sent);
	}

	private static byte[] numbered(int sender, int round) {
		byte[] packet = new byte[3 + (sender * 7919 + round * 104729) % 60000];
		Arrays.fill(packet, (byte) sender);
		packet[1] = (byte) round;
		return packet;
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.FIRST_COME_FIRST_SERVED, ours = "{ok,ok,[ok,ok,ok,ok,ok],\"bcdef\"}")
	void x02_waiting_sender_order(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, FOUR)) {
			WaitingCall<SendResult> first = WaitingCall.of(pair::sendBig);
			if (this.backend == Backend.INET) {
				first.result();
			}
			else {
				first.parked();
			}
			WaitingCall<SendResult> second = WaitingCall.of(() -> pair.socket().send(Pair.big(20_000))).parked();
			List<WaitingCall<SendResult>> senders = new ArrayList<>();
			for (String name : List.of("b", "c", "d", "e", "f")) {
				senders.add(WaitingCall.of(() -> pair.send(name)).parked());
			}
			pair.drain(4 + Pair.BIG + 4 + 20_000 + 5 * 5);
			StringBuilder order = new StringBuilder();
			pair.packets().subList(2, 7).forEach((packet) -> order.append((char) packet[0]));
			scenario.cameTo(this.backend, tuple(first.result(), second.result(),
					list(senders.stream().map(WaitingCall::result).toList()), "\"%s\"".formatted(order)));
		}
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.NOTHING_BEHIND_A_PART,
			ours = "{[{error,refused},{error,refused},{error,refused}],skip}")
	void x07_send_timeout_then_drain_resend(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, FOUR.sendTimeout(Duration.ofMillis(100)))) {
			pair.sendBig();
			String results = list(List.of(pair.send("dup"), pair.send("dup"), pair.send("dup")));
			String got = "skip";
			if (this.backend == Backend.INET) {
				pair.drain(4 + Pair.BIG + 3 * 7);
				got = list(pair.packets().subList(1, 4));
			}
			scenario.cameTo(this.backend, tuple(results, got));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.CLOSED_FOR_EVER,
			ours = "{{_,_,{error,closed},_},{_,_,{error,econnreset},_}}")
	void s81_peer_rst_while_sender_blocked(Scenario scenario) {
		scenario.cameTo(this.backend, tuple(resetWhileBlocked(RAW), resetWhileBlocked(RAW.showEconnreset(true))));
	}

	private String resetWhileBlocked(SocketOptions options) {
		try (Pair pair = Pair.blocked(this.backend, options)) {
			WaitingCall<SendResult> first = begin(pair);
			WaitingCall<SendResult> second = WaitingCall.of(() -> pair.send("x")).parked();
			pair.peer().reset();
			return tuple(first.result(), second.result(), pair.send("y"), pair.recv());
		}
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.EXIT_ON_CLOSE_IS_HONOURED,
			ours = "{_,{active,{{{error,closed},{error,closed}},_}}}")
	void s82_peer_fin_while_sender_blocked(Scenario scenario) {
		SocketOptions options = RAW.controllingProcess(this.mailbox);
		String passive;
		try (Pair pair = Pair.blocked(this.backend, options)) {
			WaitingCall<SendResult> first = begin(pair);
			WaitingCall<SendResult> second = WaitingCall.of(() -> pair.send("x")).parked();
			pair.peer().halfClose();
			pair.peer().awaitScript(Pair.PATIENCE);
			String a = (this.backend == Backend.INET) ? Term.of(first.result()) : noAnswer(first);
			String results = tuple(a, noAnswer(second));
			passive = tuple("passive", tuple(results, Messages.of(this.mailbox).next(0)));
		}
		try (Pair pair = Pair.blocked(this.backend, options.active(ActiveMode.TRUE))) {
			WaitingCall<SendResult> first = begin(pair);
			WaitingCall<SendResult> second = WaitingCall.of(() -> pair.send("x")).parked();
			pair.peer().halfClose();
			String results = tuple(first.result(), second.result());
			scenario.cameTo(this.backend,
					tuple(passive, tuple("active", tuple(results, Messages.of(this.mailbox).next(1)))));
		}
	}

	/** A process that ends closes what it controls. */
	@Test
	void s83_owner_exit_with_queued_data(Scenario scenario) {
		SocketOptions options = RAW.controllingProcess(this.mailbox).sendTimeout(Duration.ofMillis(300));
		try (Pair pair = Pair.blocked(this.backend, options)) {
			pair.sendBig();
			this.mailbox.close();
			boolean complete = pair.drain().length == Pair.BIG;
			scenario.cameTo(this.backend, tuple(pair.end(), tuple("complete", complete)));
		}
	}

	@Test
	void s90_delay_send(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW.delaySend(true))) {
			for (int i = 0; i < 50; i++) {
				pair.send("x");
			}
			scenario.cameTo(this.backend, Term.of(pair.drain(50).length));
		}
	}

	/** One array: there are no lists of bytes to send. */
	@Test
	void x22_iodata_large_iov(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, FOUR)) {
			SendResult result = pair.send(256 * 40);
			pair.drain(4 + 256 * 40);
			scenario.cameTo(this.backend, tuple(result, pair.packets().getFirst().length));
		}
	}

	@Test
	void x32_blocked_sender_other_process_recv(Scenario scenario) {
		try (Pair pair = Pair.blocked(this.backend, RAW)) {
			WaitingCall<SendResult> first = begin(pair);
			WaitingCall<SendResult> second = WaitingCall.of(() -> pair.send("x")).parked();
			pair.peer().send(Pair.bytes("in"));
			Object recv = pair.socket().recv(2, Pair.PATIENCE);
			Object set = pair.set((options) -> options.nodelay(true));
			String a = (this.backend == Backend.INET) ? Term.of(first.result()) : noAnswer(first);
			scenario.cameTo(this.backend, tuple(recv, set, a, noAnswer(second)));
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

	private static String noAnswer(WaitingCall<SendResult> call) {
		call.parked();
		return "no_answer";
	}

	private static String time(SendResult result, Elapsed elapsed, int timeout) {
		boolean waited = result instanceof SendResult.TimedOutQueued || result instanceof SendResult.TimedOut;
		return waited ? elapsed.about(timeout) : elapsed.immediate();
	}

}

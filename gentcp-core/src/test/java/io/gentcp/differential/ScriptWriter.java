package io.gentcp.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.gentcp.Direction;
import io.gentcp.transport.Backend;

/**
 * Writes a random script; the same seed gives the same one. It knows so much of a
 * connection that a script makes sense, and keeps away from what OTP 25's socket backend
 * has as bugs, which would say nothing of ours:
 * <ul>
 * <li>it loses its place in a packet after a receive that timed out, and when active is
 * set to false: so its packets arrive whole, and a socket that was active stays so
 * <li>it reports econnreset at the end of a stream in good order: so with show_econnreset
 * its peer resets
 * <li>it goes on after what is no packet, and ignores the length of a receive of packets:
 * so there is neither
 * <li>it takes low_watermark for SO_RCVLOWAT, crashes with header, has no unrecv, and
 * counts system calls: so there is none of these
 * <li>it corrupts the stream behind a part of a packet: so the rest is sent next
 * <li>it reads no further with a part of a header at hand, not to the end either: so no
 * header is cut.
 * </ul>
 * Of OTP 25's inet backend it avoids these:
 * <ul>
 * <li>a receive without a length and with a timeout of zero, which after one by length
 * that timed out sees nothing
 * <li>a timeout of zero at the end of a stream, which sees a part of a packet but not the
 * end behind it
 * <li>setting active behind a send that found a reset, which drops what came before the
 * reset, where ours delivers it
 * <li>setting packet to line behind unrecv, whose bytes fill a buffer of just their size,
 * which is where a line is cut
 * <li>setting packet with a part of a packet at hand that was seen in active mode or with
 * a timeout of zero: it goes on to count the bytes that were missing.
 * </ul>
 */
final class ScriptWriter {

	private static final List<String> PACKETS = List.of("raw", "1", "2", "4", "line");

	private static final List<String> READABLE = List.of("packet", "active", "send_timeout_close", "exit_on_close",
			"show_econnreset", "delay_send", "nodelay");

	private static final List<String> COUNTED = List.of("recv_oct", "recv_cnt", "recv_max", "recv_avg", "recv_dvi",
			"send_oct", "send_cnt", "send_max", "send_avg");

	/** Not the pieces that were received, nor what depends on them. */
	private static final List<String> COUNTED_OF_A_STREAM = List.of("recv_oct", "send_oct", "send_cnt", "send_max",
			"send_avg");

	private final long seed;

	private final Dice dice;

	private final Backend backend;

	private final List<Action> actions = new ArrayList<>();

	private final Map<String, String> options = new LinkedHashMap<>();

	private boolean isActive;

	private boolean isStalled = true;

	/** Whether something may be left that has arrived and was not received. */
	private boolean hasRest;

	private boolean hasArrived;

	private boolean hasPutBack;

	/** Whether what has arrived may be read anew, as packets that it does not have. */
	private boolean isReread;

	/** Whether the last receive that may have seen a part of a packet did not wait. */
	private boolean hasLookedNow;

	private boolean wasRaw;

	private boolean isOver;

	private ScriptWriter(long seed) {
		this.seed = seed;
		this.dice = Dice.of(seed);
		this.backend = this.dice.oneIn(2) ? Backend.INET : Backend.SOCKET;
	}

	static Script of(long seed) {
		return new ScriptWriter(seed).write();
	}

	private Script write() {
		begin();
		Map<String, String> first = new LinkedHashMap<>(this.options);
		int groups = this.dice.between(3, 10);
		for (int i = 0; i < groups && !this.isOver; i++) {
			group();
		}
		if (!this.isOver && !this.dice.oneIn(4)) {
			end();
		}
		this.actions.add(new Action.PeerReads());
		close();
		return new Script(this.seed, this.backend, this.dice.oneIn(2), first, List.copyOf(this.actions));
	}

	private boolean isInet() {
		return this.backend == Backend.INET;
	}

	private void begin() {
		if (isInet() && this.dice.oneIn(4)) {
			this.options.put("header", String.valueOf(this.dice.between(1, 3)));
		}
		this.options.put("packet", this.dice.oneOf(packetTypes()));
		this.wasRaw = isRaw();
		this.isActive = this.dice.oneIn(2);
		this.options.put("active", this.isActive ? this.dice.oneOf(List.of("true", "once", "2", "3")) : "false");
		this.options.put("send_timeout", "short");
		this.options.put("send_timeout_close", String.valueOf(this.dice.oneIn(4)));
		this.options.put("exit_on_close", String.valueOf(!this.dice.oneIn(3)));
		this.options.put("show_econnreset", String.valueOf(this.dice.oneIn(3)));
		if (isInet() && this.dice.oneIn(4)) {
			this.options.put("packet_size", "100");
		}
		if (isInet() && this.dice.oneIn(4)) {
			this.options.put("high_watermark", "2000");
			this.options.put("low_watermark", String.valueOf(this.dice.between(0, 2000)));
		}
		if (this.dice.oneIn(6)) {
			this.options.put("linger", "0");
		}
	}

	/** Of a raw stream timing decides what is a piece, so no header is set apart. */
	private List<String> packetTypes() {
		return this.options.containsKey("header") ? PACKETS.subList(1, PACKETS.size()) : PACKETS;
	}

	private void group() {
		switch (this.dice.between(0, 11)) {
			case 0, 1, 2 -> arrive();
			case 3 -> arriveInParts();
			case 4, 5 -> look();
			case 6 -> setOptions();
			case 7 -> setActive();
			case 8 -> send();
			case 9 -> overflow();
			case 10 -> unrecv();
			default -> ask();
		}
	}

	private void arrive() {
		this.hasArrived = true;
		this.actions.add(new Action.PeerSends(packets(this.dice.between(1, 3))));
		look();
	}

	private void arriveInParts() {
		if (!isInet() && !isRaw()) {
			arrive();
			return;
		}
		this.hasArrived = true;
		this.hasRest = true;
		String packets = packets(2);
		int cut = this.dice.between(1, packets.length() - 1);
		this.actions.add(new Action.PeerSends(packets.substring(0, cut)));
		look();
		this.actions.add(new Action.PeerSends(packets.substring(cut)));
		look();
	}

	/** Receives, one way or the other; now and then the one that is wrong. */
	private void look() {
		if (this.isActive) {
			this.actions.add(new Action.Receive());
		}
		if (!this.isActive || (isInet() && this.dice.oneIn(4))) {
			int length = ((isRaw() || isInet()) && this.dice.oneIn(3)) ? this.dice.between(1, 12) : 0;
			this.hasRest |= length > 0;
			boolean now = isInet() && !isRaw() && !this.isOver && this.dice.oneIn(4);
			this.hasLookedNow = (length == 0) ? now : this.hasLookedNow;
			this.actions.add(new Action.Recv(length, now ? Action.Wait.NONE : Action.Wait.SHORT));
		}
	}

	private void setOptions() {
		switch (this.dice.between(0, isInet() ? 7 : 4)) {
			case 7 -> set("exit_on_close", this.dice.oneIn(2));
			case 6 -> set("show_econnreset", this.dice.oneIn(2));
			case 5 -> this.actions.add(new Action.SetOptions(
					Map.of("high_watermark", "4000", "low_watermark", String.valueOf(this.dice.between(0, 4000)))));
			case 0 -> set("nodelay", this.dice.oneIn(2));
			case 1 -> set("send_timeout_close", this.dice.oneIn(2));
			case 2 -> set("delay_send", isInet() && this.dice.oneIn(2));
			case 3 -> set("packet_size", (isInet() && this.dice.oneIn(2)) ? 100 : 100_000);
			default -> setPacket();
		}
		if (this.isReread && this.options.containsKey("packet_size")) {
			// What is left may be too large now, which is the end.
			look();
			this.isOver = true;
		}
	}

	private void setPacket() {
		String packet = this.dice.oneOf(packetTypes());
		if (this.isReread || this.hasLookedNow || (packet.equals("line") && this.hasPutBack)) {
			return;
		}
		if (isInet() ? !(packet.equals("raw") && counts()) : !this.hasArrived) {
			set("packet", packet);
			this.hasRest = true;
			this.isReread |= this.hasArrived || this.hasPutBack;
			look();
		}
	}

	/** Whether messages are counted. Then a raw stream must come in the same pieces. */
	private boolean counts() {
		return !List.of("true", "false").contains(this.options.get("active"));
	}

	private void setActive() {
		if (!isInet() && !this.isActive) {
			return;
		}
		boolean mayCount = !isRaw() || !this.hasRest;
		String mode = this.dice.oneOf(!mayCount ? List.of("true", isInet() ? "false" : "true")
				: isInet() ? List.of("true", "false", "once", "1", "2", "-1", "0", "32767")
						: List.of("true", "once", "1", "2", "3"));
		set("active", mode);
		this.isActive = !mode.equals("false");
		this.actions.add(new Action.Receive());
		look();
	}

	private void send() {
		this.actions.add(new Action.Send(this.dice.between(0, 200)));
		if (this.dice.oneIn(2)) {
			this.actions.add(new Action.PeerReads());
			this.isStalled = false;
		}
	}

	/** Sends more than the peer and the kernel take. */
	private void overflow() {
		if (this.options.get("packet").matches("[12]")) {
			return;
		}
		if (!this.isStalled) {
			this.actions.add(new Action.PeerStalls());
		}
		this.actions.add(new Action.Send(Action.Send.BIG));
		for (int i = this.dice.between(0, 2); i > 0 && isInet(); i--) {
			this.actions.add(new Action.Send(this.dice.between(1, 200)));
		}
		this.isOver = this.options.get("send_timeout_close").equals("true");
		if (!this.isOver) {
			this.actions.add(new Action.Resume());
			this.actions.add(new Action.PeerReads());
		}
		this.isStalled = false;
	}

	private void unrecv() {
		if (isInet() && !this.isActive) {
			this.hasRest = true;
			this.hasPutBack = true;
			this.actions.add(new Action.Unrecv(isRaw() ? this.dice.letters(this.dice.between(1, 9)) : packets(1)));
			look();
		}
	}

	private void ask() {
		if (isInet() && this.dice.oneIn(2)) {
			this.actions.add(new Action.GetStat(this.dice.some(this.wasRaw ? COUNTED_OF_A_STREAM : COUNTED)));
		}
		else {
			this.actions.add(new Action.GetOptions(this.dice.some(READABLE)));
		}
	}

	private void end() {
		this.isOver = true;
		switch (this.dice.between(0, 5)) {
			case 0 -> shutdown();
			case 1, 2 -> outOfStep();
			default -> peerEnds();
		}
	}

	/** The peer sends what is no packet, or a packet that is too large. */
	private void outOfStep() {
		if (isInet() && !isRaw() && !this.hasRest) {
			set("packet_size", 100);
			this.actions.add(new Action.PeerSends(packet(this.dice.letters(this.dice.between(101, 127)))));
			look();
			look();
		}
	}

	private void shutdown() {
		Direction direction = this.dice.oneOf(List.of(Direction.values()));
		if (direction == Direction.WRITE && this.dice.oneIn(2)) {
			queue();
		}
		this.actions.add(new Action.Shutdown(direction));
		if (direction == Direction.WRITE) {
			this.actions.add(new Action.PeerReads());
			arrive();
		}
		else {
			look();
		}
		if (direction != Direction.READ && !delaysSends()) {
			this.actions.add(new Action.Send(this.dice.between(1, 50)));
		}
	}

	/** Has the inet backend queue what the peer and the kernel do not take. */
	private void queue() {
		if (isInet() && !this.options.get("packet").matches("[12]")) {
			this.actions.add(new Action.PeerStalls());
			this.actions.add(new Action.Send(Action.Send.BIG));
		}
	}

	private void peerEnds() {
		boolean mustReset = !isInet() && this.options.get("show_econnreset").equals("true");
		Action.Ending how = mustReset ? Action.Ending.RESET : this.dice.oneOf(List.of(Action.Ending.values()));
		if (!this.dice.oneIn(4)) {
			String packets = packets(this.dice.between(1, 2));
			int missing = Math.min(this.dice.between(0, isInet() ? 2 : 1), packets.length() - 1);
			this.actions.add(new Action.PeerSends(packets.substring(0, packets.length() - missing)));
		}
		if (how == Action.Ending.CLOSE) {
			// Else what is unread would be answered by an end and a reset, in a race.
			this.actions.add(new Action.PeerReads());
		}
		this.actions.add(new Action.PeerEnds(how));
		look();
		if (isInet() && !isRaw() && this.dice.oneIn(3)) {
			set("active", "once");
			this.actions.add(new Action.Receive());
		}
		look();
		if (!delaysSends()) {
			this.actions.add(new Action.Send(this.dice.between(1, 50)));
		}
	}

	/** Then what a send meets shows later. */
	private boolean delaysSends() {
		return "true".equals(this.options.get("delay_send"));
	}

	private void close() {
		if (!this.isOver && "0".equals(this.options.get("linger")) && this.dice.oneIn(2)) {
			queue();
		}
		this.actions.add(new Action.Close());
		if (this.dice.oneIn(3)) {
			this.actions.add(new Action.Close());
			this.actions.add(new Action.Send(1));
			this.actions.add(new Action.Recv(0, Action.Wait.SHORT));
			set("nodelay", true);
			this.actions.add(new Action.GetOptions(this.dice.some(READABLE)));
		}
		this.actions.add(new Action.PeerAwaitsEnd());
	}

	private void set(String name, Object value) {
		this.options.put(name, value.toString());
		this.wasRaw |= isRaw();
		this.actions.add(Action.SetOptions.of(name, value));
	}

	private boolean isRaw() {
		return this.options.get("packet").equals("raw");
	}

	private String packets(int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> packet(this.dice.letters(this.dice.between(1, 40))))
			.collect(Collectors.joining());
	}

	/** A packet as it is on the wire. */
	private String packet(String text) {
		String length = String.valueOf((char) text.length());
		return switch (this.options.get("packet")) {
			case "1" -> length + text;
			case "2" -> "\0" + length + text;
			case "4" -> "\0\0\0" + length + text;
			case "line" -> text + "\n";
			default -> text;
		};
	}

}

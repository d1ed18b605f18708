package io.gentcp.differential;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

import io.gentcp.test.PeerConnection;
import io.gentcp.test.PeerOptions;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.test.StreamEnd;
import org.awaitility.core.ConditionTimeoutException;

import static org.awaitility.Awaitility.await;

/**
 * One performance of a script: a socket under test, its peer, and what the peer has to
 * get. Belongs to one thread.
 */
final class Performance {

	private final Subject subject;

	private final PeerConnection peer;

	/** What was sent, with headers, whether the peer has it yet or not. */
	private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

	/** How many of the last bytes that were sent are still to be resumed. */
	private int rest;

	private String packet;

	private String active;

	private boolean peerHasEnded;

	private int number;

	private Performance(Script script, Subject subject, PeerConnection peer) {
		this.subject = subject;
		this.peer = peer;
		this.packet = script.options().getOrDefault("packet", "raw");
		this.active = script.options().getOrDefault("active", "false");
	}

	/**
	 * Performs a script.
	 * @param earlier what came of it when somebody else performed it; nothing the first
	 * time. It only tells how many messages to wait for
	 * @return an outcome for each action
	 */
	static List<String> of(Script script, Subject subject, List<String> earlier) {
		try (ScriptedPeer listening = ScriptedPeer.listening(PeerOptions.DEFAULTS, Step.stall())) {
			try (PeerConnection peer = connect(script, subject, listening)) {
				return new Performance(script, subject, peer).performAll(script.actions(), earlier);
			}
			finally {
				subject.close();
			}
		}
	}

	private static PeerConnection connect(Script script, Subject subject, ScriptedPeer listening) {
		if (script.accepts()) {
			int port = subject.listen(script.options());
			PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", port, Step.stall());
			subject.accept();
			return peer;
		}
		subject.connect(listening.port(), script.options());
		return listening.accept();
	}

	private List<String> performAll(List<Action> actions, List<String> earlier) {
		List<String> outcomes = new ArrayList<>();
		for (Action action : actions) {
			int messages = (outcomes.size() < earlier.size()) ? count(earlier.get(outcomes.size())) : 0;
			outcomes.add(perform(action, messages));
		}
		return outcomes;
	}

	/** How many messages there are in an outcome. */
	private static int count(String messages) {
		return messages.isEmpty() ? 0 : messages.split(Terms.BETWEEN_MESSAGES).length;
	}

	private String perform(Action action, int messages) {
		return switch (action) {
			case Action.Send(int size) -> send(size);
			case Action.Resume() -> resume();
			case Action.Recv(int length, Action.Wait timeout) -> recv(length, timeout);
			case Action.Unrecv(String text) -> this.subject.unrecv(text);
			case Action.SetOptions set -> setOptions(set);
			case Action.GetOptions(List<String> names) -> this.subject.getOptions(names);
			case Action.GetStat(List<String> keys) -> this.subject.getStat(keys);
			case Action.Shutdown(var direction) -> {
				this.subject.shutdown(direction);
				yield "done";
			}
			case Action.Close() -> this.subject.closeSocket();
			case Action.Receive() -> receive(messages);
			case Action.PeerSends(String bytes) -> peerSends(bytes);
			case Action.PeerReads() -> peerReads();
			case Action.PeerStalls() -> peerStalls();
			case Action.PeerEnds(Action.Ending how) -> peerEnds(how);
			case Action.PeerAwaitsEnd() -> peerAwaitsEnd();
		};
	}

	private String send(int size) {
		byte[] packet = packet(size);
		Subject.Sending sending = this.subject.send(this.number, size);
		this.number++;
		String result = sending.result();
		if (result.equals("ok") || result.contains("timeout")) {
			this.sent.writeBytes(packet);
		}
		return withRest(sending);
	}

	private byte[] packet(int size) {
		int header = this.packet.matches("[124]") ? Integer.parseInt(this.packet) : 0;
		ByteBuffer packet = ByteBuffer.allocate(header + size);
		for (int i = header - 1; i >= 0; i--) {
			packet.put((byte) (size >> (8 * i)));
		}
		for (int i = 0; i < size; i++) {
			packet.put((byte) ('a' + (this.number + i) % 26));
		}
		return packet.array();
	}

	/** Timing decides how much is left, but not what it is. */
	private String withRest(Subject.Sending sending) {
		this.rest = sending.rest();
		if (this.rest == 0) {
			return sending.result();
		}
		byte[] all = this.sent.toByteArray();
		byte[] left = Arrays.copyOfRange(all, Math.max(0, all.length - this.rest), all.length);
		return sending.result() + ((Terms.checksum(left) == sending.checksum()) ? "" : " is not the end of the packet");
	}

	private String resume() {
		if (this.rest == 0) {
			return "nothing is left";
		}
		this.peer.readAll();
		return withRest(this.subject.resume());
	}

	/** What is there of a raw stream is received whole: where it is cut means nothing. */
	private String recv(int length, Action.Wait timeout) {
		String result = this.subject.recv(length, timeout);
		if (length > 0 || !this.packet.equals("raw")) {
			return result;
		}
		String received = "\"\"";
		while (result.startsWith("{ok,")) {
			received = Terms.joined(received, result.substring("{ok,".length(), result.length() - 1));
			result = this.subject.recv(length, timeout);
		}
		return "%s, then %s".formatted(received, result);
	}

	/** The messages, which each were packets, or pieces of a raw stream. */
	private String receive(int atLeast) {
		List<String> messages = new ArrayList<>();
		for (String message : this.subject.receive(atLeast)) {
			boolean isPiece = this.packet.equals("raw") && this.active.equals("true") && message.startsWith("{tcp,\"")
					&& !messages.isEmpty() && messages.getLast().startsWith("{tcp,\"");
			if (isPiece) {
				String before = messages.removeLast();
				message = "{tcp,%s}".formatted(Terms.joined(piece(before), piece(message)));
			}
			messages.add(message);
		}
		return String.join(Terms.BETWEEN_MESSAGES, messages);
	}

	private static String piece(String message) {
		return message.substring("{tcp,".length(), message.length() - 1);
	}

	private String setOptions(Action.SetOptions set) {
		String result = this.subject.setOptions(set.options());
		if (result.equals("ok")) {
			this.packet = set.options().getOrDefault("packet", this.packet);
			this.active = set.options().getOrDefault("active", this.active);
		}
		return result;
	}

	private String peerSends(String bytes) {
		return peer(() -> this.peer.send(bytes.getBytes(StandardCharsets.ISO_8859_1)));
	}

	private String peerStalls() {
		return peer(this.peer::stall);
	}

	private String peerEnds(Action.Ending how) {
		return peer(() -> {
			this.peerHasEnded |= how != Action.Ending.HALF_CLOSE;
			switch (how) {
				case HALF_CLOSE -> this.peer.halfClose();
				case CLOSE -> this.peer.close();
				case RESET -> this.peer.reset();
			}
		});
	}

	/** That the connection is broken is seen at the socket under test. */
	private String peer(Runnable act) {
		if (this.peerHasEnded) {
			return "the peer is gone";
		}
		try {
			act.run();
		}
		catch (UncheckedIOException ex) {
			// It was reset meanwhile.
		}
		return "done";
	}

	private String peerReads() {
		return peerReads(() -> this.peer.receivedCount() >= this.sent.size() - this.rest || hasEnded());
	}

	private String peerAwaitsEnd() {
		String got = peerReads(this::hasEnded);
		return "%s, then %s".formatted(got, switch (this.peer.streamEnd()) {
			case StreamEnd.Open() -> "silence";
			case StreamEnd.EndOfStream() -> "the end";
			case StreamEnd.Reset(String reason) -> "a reset";
			case StreamEnd.Closed() -> "nothing";
		});
	}

	private boolean hasEnded() {
		return !(this.peer.streamEnd() instanceof StreamEnd.Open);
	}

	/** Timing decides how much a peer got that ended, or whose other side did. */
	private String peerReads(Callable<Boolean> done) {
		if (this.peerHasEnded) {
			return "the peer is gone";
		}
		this.peer.readAll();
		try {
			await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).atMost(Pace.PATIENCE).until(done);
		}
		catch (ConditionTimeoutException ex) {
			return "in vain";
		}
		byte[] expected = Arrays.copyOf(this.sent.toByteArray(), this.sent.size() - this.rest);
		byte[] got = this.peer.received();
		if (Arrays.equals(expected, got)) {
			return "everything";
		}
		boolean isPart = got.length < expected.length && Arrays.equals(got, 0, got.length, expected, 0, got.length);
		return isPart ? "a part" : "something else: %s, not %s".formatted(Terms.bytes(got), Terms.bytes(expected));
	}

}

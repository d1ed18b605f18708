package io.gentcp.spring.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.google.errorprone.annotations.FormatMethod;
import io.gentcp.PendingSend;
import io.gentcp.QueuedPacket;
import io.gentcp.RestData;
import io.gentcp.SendResult;
import io.gentcp.SocketOptions;
import io.gentcp.transport.PosixError;

/**
 * The exceptions of one client. Each message names the client and its address, says what
 * happened and how much of the packet is out, and how to mend it.
 */
final class Failures {

	private static final String UNKNOWN = "how much of that the peer got, nobody knows";

	private final GenTcpClientSettings settings;

	Failures(GenTcpClientSettings settings) {
		this.settings = settings;
	}

	ConnectFailedException connectTimedOut() {
		return new ConnectFailedException(message(
				"no answer within connect-timeout (%s); nothing was sent, and the next send tries again. " + "%s",
				text(this.settings.connectTimeout()), mendTimeout()));
	}

	ConnectFailedException connectFailed(PosixError error) {
		return new ConnectFailedException(message(
				"connecting failed: %s; nothing was sent, and the next send tries again. %s", error, mend(error)));
	}

	private String mendTimeout() {
		return this.settings.endpoint().isLocal() ? "The peer accepts no connections" : "Check host, port and firewall";
	}

	private String mend(PosixError error) {
		return this.settings.endpoint().isLocal() ? mendPath(error) : mendHost(error);
	}

	private static String mendPath(PosixError error) {
		return switch (error) {
			case ENOENT -> "There is no such file: does the peer listen on this path?";
			case ECONNREFUSED -> "The file is there, but nobody listens on it";
			case EACCES -> "This process must be allowed to write to the file";
			default -> "Check the path";
		};
	}

	private static String mendHost(PosixError error) {
		return switch (error) {
			case ECONNREFUSED -> "Does the peer listen on this port?";
			case NXDOMAIN -> "Check the host";
			default -> "Check host and port";
		};
	}

	ConnectFailedException connectBroke(Throwable cause) {
		return new ConnectFailedException(message("connecting failed: %s; nothing was sent", cause), cause);
	}

	/** The failure of an attempt, for one of those who waited for it. */
	ConnectFailedException connectFailed(Throwable attempt) {
		String message = attempt.getMessage();
		return new ConnectFailedException((message != null) ? message : message("connecting failed"), attempt);
	}

	ConnectFailedException connectInterrupted() {
		return new ConnectFailedException(
				message("interrupted while waiting for the connection; nothing was sent, sending again is safe"));
	}

	ConnectFailedException closedWhileConnecting() {
		return new ConnectFailedException(
				message("%s, while it was connecting; nothing was sent", ConnectionEnd.CLIENT_CLOSED.reason()));
	}

	IllegalStateException closed() {
		return new IllegalStateException(message("this client is closed"));
	}

	IllegalStateException withinCallback() {
		return new IllegalStateException(message("called within the callback of execute, which it would wait for; "
				+ "use the socket that the callback is given"));
	}

	IllegalStateException replyWithoutEnd() {
		return new IllegalStateException(message("packet is raw, so nobody can tell where a reply ends; "
				+ "set packet to 1, 2, 4 or line, or receive with execute"));
	}

	IllegalStateException replyWithoutBytes(SocketOptions options) {
		return new IllegalStateException(message(
				"packet is %s, which delivers %s: a reply would not be bytes; nothing was sent. "
						+ "Send and receive with execute",
				options.packet().name(), options.delivers().getSimpleName()));
	}

	IllegalArgumentException foreignRest(RestData rest) {
		return new IllegalArgumentException(
				message("%s belongs to %s, which is not a connection of this client", rest, rest.socket()));
	}

	SendTimeoutException nothingSent(RestData rest) {
		return new SendTimeoutException(
				message("%s; nothing of its %d bytes is out and it was taken back, so sending it again is safe. "
						+ "The peer is slow to read, or other packets are in front", late(), rest.packetSize()),
				0, rest.packetSize());
	}

	SendTimeoutException stillQueued(QueuedPacket packet, CompletableFuture<Void> out) {
		return new SendTimeoutException(message(
				"%s; it is queued (backend: inet, %d of %d bytes are out) and goes out by itself "
						+ "when the peer reads, so do not send it again",
				late(), packet.bytesOut(), packet.packetSize()), packet, out);
	}

	QueueFullException queueFull(SendResult.QueueFull full, long packetSize) {
		String mend = (packetSize > full.maxPending()) ? "No packet may be larger than that; allow more"
				: "The peer is slow to read; sending it again later is safe";
		return new QueueFullException(message(
				"the packet was refused, nothing of its %d bytes is out or queued: %d bytes are queued, "
						+ "and with it there would be more than max-pending (%d). %s",
				packetSize, full.pending(), full.maxPending(), mend), packetSize);
	}

	SendTimeoutException resuming(RestData rest, CompletableFuture<Void> recovery) {
		return new SendTimeoutException(message(
				"%s; %s. The background sends the rest (recovery: resume, at most %s) "
						+ "and other packets wait behind it; do not send it again",
				late(), out(rest), text(this.settings.recoveryTimeout())), rest.bytesOut(), rest.packetSize(),
				recovery);
	}

	SendTimeoutException leftToCaller(RestData rest) {
		return new SendTimeoutException(message("%s; %s. Resume its rest (recovery: manual); "
				+ "other packets are refused until then. Do not send it again", late(), out(rest)), rest);
	}

	SendTimeoutException closedAtTimeout(long bytesOut, long bytesTotal) {
		String verdict = (bytesOut == 0) ? "sending it again is safe" : UNKNOWN;
		return new SendTimeoutException(message("%s; %s, the connection is closed (recovery: close), and %s", late(),
				out(bytesOut, bytesTotal), verdict), bytesOut, bytesTotal);
	}

	private String late() {
		if (Thread.currentThread().isInterrupted()) {
			return "the sender was interrupted before the packet was out";
		}
		return "the packet was not out within send-timeout (%s)".formatted(text(this.settings.options().sendTimeout()));
	}

	PartialPacketException refused(SendResult.Refused refused, long packetSize) {
		return new PartialPacketException(message(
				"the packet was refused, nothing of its %d bytes is out: of an earlier packet %s. "
						+ "Resume the rest of that one, then send this one again",
				packetSize, out(refused.partialBytesOut(), refused.partialSize())), packetSize);
	}

	SocketClosedException sendClosed(String reason, long bytesOut, long bytesTotal) {
		String verdict = (bytesOut == 0) ? "sending it again is safe" : UNKNOWN;
		return new SocketClosedException(
				message("%s, before the packet was out; %s, and %s", reason, out(bytesOut, bytesTotal), verdict),
				bytesOut, bytesTotal);
	}

	SocketErrorException sendFailed(PosixError error, long bytesOut, long bytesTotal) {
		return new SocketErrorException(
				message("sending failed: %s; %s, and the connection is closed", error, out(bytesOut, bytesTotal)),
				error, bytesOut, bytesTotal);
	}

	/**
	 * The failure of a request that is out or queued, when its connection ends before its
	 * reply.
	 */
	GenTcpException replyLost(ConnectionEnd end, PendingSend request) {
		// In this order: what is out may grow until nothing more can be sent.
		boolean nothingSent = request.nothingSent();
		long out = request.bytesOut();
		long total = request.packetSize();
		boolean mayStillBeSent = !nothingSent && out < total;
		String verdict = mayStillBeSent ? "the rest was queued and may still go out" : UNKNOWN;
		String message = message("%s, before the reply came; %s, and %s", end.reason(), out(out, total),
				nothingSent ? "sending it again is safe" : verdict);
		return switch (end) {
			case ConnectionEnd.Closed closed -> new SocketClosedException(message, out, total, mayStillBeSent);
			case ConnectionEnd.Failed failed ->
				new SocketErrorException(message, failed.error(), out, total, mayStillBeSent);
		};
	}

	ReplyTimeoutException replyTimedOut(PendingSend request) {
		long out = request.bytesOut();
		long total = request.packetSize();
		String late = Thread.currentThread().isInterrupted() ? "interrupted while waiting for the reply"
				: "no reply within reply-timeout (%s)".formatted(text(this.settings.replyTimeout()));
		return new ReplyTimeoutException(message(
				"%s; the request is %s, %s, and its reply is dropped when it comes. "
						+ "Sending it again may have it done twice",
				late, (out < total) ? "queued" : "out", out(out, total)), out, total);
	}

	ConnectionBusyException heldByCallback() {
		return busy("a callback of execute uses the connection", "send-timeout", this.settings.options().sendTimeout());
	}

	ConnectionBusyException repliesOutstanding() {
		return busy("requests wait for their replies on the connection", "reply-timeout", this.settings.replyTimeout());
	}

	private ConnectionBusyException busy(String why, String timeout, Duration waited) {
		String what = Thread.currentThread().isInterrupted() ? "interrupted while waiting for a turn on the connection"
				: "%s; waited for a turn in vain for %s (%s)".formatted(why, text(waited), timeout);
		return new ConnectionBusyException(message("%s. Nothing was sent, trying again is safe", what));
	}

	SocketClosedException closedBeforeCallback(String reason) {
		return new SocketClosedException(message("%s, before the callback ran; nothing was sent", reason), 0, 0);
	}

	SocketClosedException closedBeforeResume(RestData rest) {
		return sendClosed("the connection of this rest was closed", rest.bytesOut(), rest.packetSize());
	}

	RecoveryFailedException recoveryFailed(String reason, long bytesOut, long bytesTotal) {
		return new RecoveryFailedException(
				message("the packet was not completed: %s; %s, and %s", reason, out(bytesOut, bytesTotal), UNKNOWN),
				bytesOut, bytesTotal);
	}

	private static String out(RestData rest) {
		return out(rest.bytesOut(), rest.packetSize());
	}

	private static String out(long bytesOut, long bytesTotal) {
		return "%d of %d bytes are out".formatted(bytesOut, bytesTotal);
	}

	@FormatMethod
	private String message(String format, Object... args) {
		return this.settings.endpoint() + ": " + format.formatted(args);
	}

	/** Returns a duration as the properties spell it: {@code 5s}, {@code 200ms}. */
	static String text(Duration duration) {
		if (duration.compareTo(SocketOptions.INFINITY) == 0) {
			return "infinity";
		}
		return (duration.toMillisPart() == 0) ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
	}

}

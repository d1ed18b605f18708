package io.gentcp.spring.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.google.errorprone.annotations.FormatMethod;
import io.gentcp.QueuedPacket;
import io.gentcp.RestData;
import io.gentcp.SendResult;
import io.gentcp.SocketOptions;
import io.gentcp.transport.PosixError;

/**
 * The exceptions of sending on one connection. Each message names the client or server,
 * its address and, of a server, the connection; it says what happened and how much of the
 * packet is out, and how to mend it.
 */
final class SendFailures {

	/** What is true of bytes that are out when the connection ends. */
	static final String UNKNOWN = "how much of that the peer got, nobody knows";

	private final String who;

	private final ConnectionSettings settings;

	private SendFailures(String who, ConnectionSettings settings) {
		this.who = who;
		this.settings = settings;
	}

	static SendFailures of(ConnectionSettings settings, GenTcpConnection connection) {
		String who = (settings.role() == Role.SERVER) ? "%s, %s".formatted(settings.description(), connection)
				: settings.description();
		return new SendFailures(who, settings);
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
		return "the packet was not out within send-timeout (%s)".formatted(text(this.settings.sendTimeout()));
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

	RecoveryFailedException recoveryFailed(String reason, long bytesOut, long bytesTotal) {
		return new RecoveryFailedException(
				message("the packet was not completed: %s; %s, and %s", reason, out(bytesOut, bytesTotal), UNKNOWN),
				bytesOut, bytesTotal);
	}

	private static String out(RestData rest) {
		return out(rest.bytesOut(), rest.packetSize());
	}

	static String out(long bytesOut, long bytesTotal) {
		return "%d of %d bytes are out".formatted(bytesOut, bytesTotal);
	}

	@FormatMethod
	private String message(String format, Object... args) {
		return this.who + ": " + format.formatted(args);
	}

	/** Returns a duration as the properties spell it: {@code 5s}, {@code 200ms}. */
	static String text(Duration duration) {
		if (duration.compareTo(SocketOptions.INFINITY) == 0) {
			return "infinity";
		}
		return (duration.toMillisPart() == 0) ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
	}

}

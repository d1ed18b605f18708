package io.gentcp.spring.core;

import java.time.Duration;

import com.google.errorprone.annotations.FormatMethod;
import io.gentcp.PendingSend;
import io.gentcp.RestData;
import io.gentcp.SocketOptions;
import io.gentcp.transport.PosixError;

/**
 * The exceptions of connecting, of requests and of callbacks of one client; those of
 * sending are {@link SendFailures}. Each message names the client and its address, says
 * what happened and how much of the packet is out, and how to mend it.
 */
final class ClientFailures {

	/** What a request without reply may not know of. */
	private static final String MISTAKEN = ". Meanwhile a packet came that was taken for the late reply to an earlier "
			+ "request; if that one had none, it was the reply to this one";

	private final GenTcpClientSettings settings;

	ClientFailures(GenTcpClientSettings settings) {
		this.settings = settings;
	}

	ConnectFailedException connectTimedOut() {
		return ConnectFailedException.timeout(message(
				"no answer within connect-timeout (%s); nothing was sent, and the next send tries again. " + "%s",
				SendFailures.text(this.settings.connectTimeout()), mendTimeout()));
	}

	ConnectFailedException connectFailed(PosixError error) {
		return new ConnectFailedException(message(
				"connecting failed: %s; nothing was sent, and the next send tries again. %s", error, mend(error)));
	}

	ConnectFailedException handshakeFailed(String reason) {
		return ConnectFailedException.handshake(message(
				"the host was reached, but there is no TLS with it: %s; nothing was sent, and the next send tries again",
				reason));
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
				message("%s, while it was connecting; nothing was sent", ConnectionEnd.CLIENT_CLOSED.detail()));
	}

	IllegalStateException closed() {
		return new IllegalStateException(message("this client is closed"));
	}

	IllegalStateException withinCallback() {
		return new IllegalStateException(message("called within the callback of execute, which it would wait for; "
				+ "use the socket that the callback is given"));
	}

	IllegalStateException withinListener() {
		return new IllegalStateException(message("called by a listener of ConnectionOpened on the thread that brings "
				+ "the reply once the listener has returned; nothing was sent. Send and receive with execute, or have "
				+ "the listener @Async"));
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
		String verdict = mayStillBeSent ? "the rest was queued and may still go out" : SendFailures.UNKNOWN;
		String message = message("%s, before the reply came; %s, and %s", end.detail(), SendFailures.out(out, total),
				nothingSent ? "sending it again is safe" : verdict);
		return switch (end) {
			case ConnectionEnd.Closed closed -> new SocketClosedException(message, out, total, mayStillBeSent);
			case ConnectionEnd.Failed failed ->
				new SocketErrorException(message, failed.error(), out, total, mayStillBeSent);
		};
	}

	ReplyTimeoutException replyTimedOut(PendingSend request, boolean lateReply) {
		long out = request.bytesOut();
		long total = request.packetSize();
		String late = Thread.currentThread().isInterrupted() ? "interrupted while waiting for the reply"
				: "no reply within reply-timeout (%s)".formatted(SendFailures.text(this.settings.replyTimeout()));
		return new ReplyTimeoutException(message(
				"%s; the request is %s, %s, and its reply is dropped when it comes. "
						+ "Sending it again may have it done twice%s",
				late, (out < total) ? "queued" : "out", SendFailures.out(out, total), lateReply ? MISTAKEN : ""), out,
				total);
	}

	ConnectionBusyException heldByCallback() {
		return busy("a callback of execute uses the connection", "send-timeout", this.settings.options().sendTimeout());
	}

	ConnectionBusyException repliesOutstanding() {
		return busy("requests wait for their replies on the connection", "reply-timeout", this.settings.replyTimeout());
	}

	private ConnectionBusyException busy(String why, String timeout, Duration waited) {
		String what = Thread.currentThread().isInterrupted() ? "interrupted while waiting for a turn on the connection"
				: "%s; waited for a turn in vain for %s (%s)".formatted(why, SendFailures.text(waited), timeout);
		return new ConnectionBusyException(message("%s. Nothing was sent, trying again is safe", what));
	}

	SocketClosedException closedBeforeCallback(String reason) {
		return new SocketClosedException(message("%s, before the callback ran; nothing was sent", reason), 0, 0);
	}

	SocketClosedException closedBeforeResume(RestData rest) {
		return new SocketClosedException(
				message("the connection of this rest was closed, before the packet was out; %s, and %s",
						SendFailures.out(rest.bytesOut(), rest.packetSize()),
						rest.nothingSent() ? "sending it again is safe" : SendFailures.UNKNOWN),
				rest.bytesOut(), rest.packetSize());
	}

	@FormatMethod
	private String message(String format, Object... args) {
		return this.settings.endpoint() + ": " + format.formatted(args);
	}

}

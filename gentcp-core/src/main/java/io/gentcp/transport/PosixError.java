package io.gentcp.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Locale;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/**
 * Why a call on a socket failed: the reasons of {@code inet:posix()} that can occur here.
 * {@link #of} is the one place where the JDK's exceptions become reasons.
 */
public enum PosixError {

	/** Permission denied, a port below 1024 for example. */
	EACCES("permission denied"),

	/** The local address is in use by another listener. */
	EADDRINUSE("address already in use"),

	/** The local address does not belong to this host. */
	EADDRNOTAVAIL("cannot assign requested address"),

	/** The address family is not available here. */
	EAFNOSUPPORT("address family not supported"),

	/** The peer or the network dropped the connection before it was accepted. */
	ECONNABORTED("software caused connection abort"),

	/** Nobody listens on the peer's port. */
	ECONNREFUSED("connection refused"),

	/** The peer reset the connection. */
	ECONNRESET("connection reset"),

	/** The peer cannot be reached. */
	EHOSTUNREACH("no route to host"),

	/** The call does not fit the socket or its options. */
	EINVAL("invalid argument"),

	/** An input or output error the JDK does not tell apart further. */
	EIO("input/output error"),

	/** This process has no file descriptor left. */
	EMFILE("too many open files"),

	/** A packet is malformed or larger than {@code packet_size}. */
	EMSGSIZE("message too long"),

	/** The network cannot be reached. */
	ENETUNREACH("network is unreachable"),

	/** The socket is not connected. */
	ENOTCONN("socket is not connected"),

	/** The system has no room now, the backlog of a local socket for example. */
	EAGAIN("resource temporarily unavailable"),

	/** Another thread receives already. */
	EALREADY("operation already in progress"),

	/** The file of a local socket does not exist. */
	ENOENT("no such file or directory"),

	/** What should be a folder in the path of a local socket is none. */
	ENOTDIR("not a directory"),

	/** The file of a local socket is no socket. */
	ENOTSOCK("socket operation on non-socket"),

	/** This side of the stream was ended before, by either side. */
	EPIPE("broken pipe"),

	/** The kernel gave up on the peer. */
	ETIMEDOUT("connection timed out"),

	/**
	 * A record of TLS is not what it should be, or the peer has sent an alert. Erlang's
	 * {@code ssl} has this word.
	 */
	TLS_ALERT("tls failed"),

	/**
	 * The connection ended, but not the stream in it: the peer did not say close_notify.
	 * Somebody may have cut off what it sent last.
	 */
	TLS_TRUNCATED("the stream ended without close_notify"),

	/** The host name does not resolve. */
	NXDOMAIN("non-existing domain");

	private final String text;

	PosixError(String text) {
		this.text = text;
	}

	/** Returns Erlang's atom: {@code econnrefused}. */
	public String atom() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns whether whoever receives is told of it, whatever the options: what came
	 * before it may not be all that the peer sent.
	 */
	public boolean isAlwaysShown() {
		return this == TLS_ALERT || this == TLS_TRUNCATED;
	}

	/** Returns the atom and what it means: {@code econnrefused (connection refused)}. */
	@Override
	public String toString() {
		return "%s (%s)".formatted(atom(), this.text);
	}

	/**
	 * Returns the reason an exception of the JDK stands for.
	 * @param failure what connect, bind, accept, read or write threw
	 */
	public static PosixError of(Exception failure) {
		PosixError known = ofMessage(failure.getMessage());
		if (known != null) {
			return known;
		}
		return switch (failure) {
			case UnknownHostException unknown -> NXDOMAIN;
			case UnresolvedAddressException unresolved -> NXDOMAIN;
			case UnsupportedAddressTypeException unsupported -> EAFNOSUPPORT;
			case NoRouteToHostException unreachable -> EHOSTUNREACH;
			case BindException bind -> EADDRINUSE;
			case ConnectException connect -> ECONNREFUSED;
			case SSLException tls -> TLS_ALERT;
			case IOException other -> EIO;
			default -> EINVAL;
		};
	}

	private static @Nullable PosixError ofMessage(@Nullable String message) {
		if (message == null) {
			return null;
		}
		String lower = message.toLowerCase(Locale.ROOT);
		if (lower.contains("path too long")) {
			// Said by the JDK, which does not ask the kernel then; this is Erlang's word.
			return EINVAL;
		}
		for (PosixError error : values()) {
			if (lower.contains(error.text)) {
				return error;
			}
		}
		return null;
	}

}

package io.gentcp.spring.metrics;

import java.util.Arrays;
import java.util.List;

import io.gentcp.spring.core.CloseReason;
import io.gentcp.spring.core.RecoveryOutcome;
import io.gentcp.spring.core.Role;

/**
 * What tells meters of one {@link GenTcpMeter} apart: a key, and the values it may have.
 * No tag is an address or a port, so there are no more meters the more peers there are.
 */
public enum GenTcpMeterTag {

	/** What the client or server is called. */
	NAME("name"),

	/** Which side of its connections this application is. */
	ROLE("role", Role.values()),

	/** Why a connection ended. */
	REASON("reason", CloseReason.values()),

	/** What carries the connection. */
	BACKEND("backend", "inet", "socket"),

	/** What became of a packet at its send timeout. */
	PACKET("packet", "nothing_sent", "partial", "queued"),

	/** What became of a partial packet. */
	RECOVERY("outcome", RecoveryOutcome.values()),

	/** What became of an attempt to connect. */
	CONNECT("outcome", "connected", "failed"),

	/** What became of a TLS handshake. */
	HANDSHAKE("outcome", "completed", "failed"),

	/** What is not out: the queue of the inet backend, or the rest of partial packets. */
	KIND("kind", "queue", "rest"),

	/** Which way a packet went. */
	DIRECTION("direction", "sent", "received"),

	/** The packet type that is configured, as in {@code gentcp.packet}. */
	PACKET_TYPE("packet.type"),

	/** The class of an exception, without its package. */
	EXCEPTION("exception");

	private final String key;

	@SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
	private final List<String> allowed;

	GenTcpMeterTag(String key, String... allowed) {
		this.key = key;
		this.allowed = List.of(allowed);
	}

	GenTcpMeterTag(String key, Enum<?>[] allowed) {
		this(key, Arrays.stream(allowed).map(Enum::toString).toArray(String[]::new));
	}

	/** Returns how the tag is called. */
	public String key() {
		return this.key;
	}

	/** Returns all values it may have; empty if the application decides about them. */
	public List<String> allowed() {
		return this.allowed;
	}

}

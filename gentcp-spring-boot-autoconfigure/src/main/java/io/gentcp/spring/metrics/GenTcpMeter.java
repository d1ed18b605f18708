package io.gentcp.spring.metrics;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.gentcp.spring.core.Role;

/**
 * The meters of clients and servers: all of them, each with its name, kind, unit and
 * tags. {@code docs/metrics.md} has the same as a table.
 */
public enum GenTcpMeter {

	/** Connections that are open. */
	CONNECTIONS("gentcp.connections", Kind.GAUGE, "", "Connections that are open"),

	/** Connections that were opened or accepted. */
	CONNECTIONS_OPENED("gentcp.connections.opened", Kind.COUNTER, "", "Connections that were opened or accepted"),

	/** Connections that have ended, by the reason. */
	CONNECTIONS_CLOSED("gentcp.connections.closed", Kind.COUNTER, "", "Connections that have ended, by the reason",
			GenTcpMeterTag.REASON),

	/** How long connections were open that have ended. */
	CONNECTION_DURATION("gentcp.connection.duration", Kind.TIMER, "", "How long connections were open that have ended"),

	/** TLS handshakes, by what became of them. */
	TLS_HANDSHAKE("gentcp.tls.handshake", Kind.COUNTER, "", "TLS handshakes, by what became of them",
			GenTcpMeterTag.HANDSHAKE),

	/** Packets that are out whole, the recovered ones among them, or queued. */
	PACKETS_SENT("gentcp.packets.sent", Kind.COUNTER, "",
			"Packets that are out whole, the recovered ones among them, or queued"),

	/** Packets that arrived. */
	PACKETS_RECEIVED("gentcp.packets.received", Kind.COUNTER, "", "Packets that arrived"),

	/** Bytes that are out, headers and parts of packets included. */
	BYTES_SENT("gentcp.bytes.sent", Kind.COUNTER, "bytes", "Bytes that are out, headers and parts of packets included"),

	/** Bytes of the packets that arrived, headers included. */
	BYTES_RECEIVED("gentcp.bytes.received", Kind.COUNTER, "bytes",
			"Bytes of the packets that arrived, headers included"),

	/**
	 * Sizes of packets as the application gives and gets them, without a length in front.
	 */
	PACKET_SIZE("gentcp.packet.size", Kind.SUMMARY, "bytes",
			"Sizes of packets as the application gives and gets them, without a length in front",
			GenTcpMeterTag.DIRECTION),

	/** Sends that had to wait, and how long. */
	SEND_BLOCKED("gentcp.send.blocked", Kind.TIMER, "", "Sends that had to wait, and how long"),

	/** Sends that timed out, by what became of their packet. */
	SEND_TIMEOUTS("gentcp.send.timeouts", Kind.COUNTER, "", "Sends that timed out, by what became of their packet",
			GenTcpMeterTag.BACKEND, GenTcpMeterTag.PACKET),

	/** Packets that were left with a part out at their send timeout. */
	PACKETS_PARTIAL("gentcp.packets.partial", Kind.COUNTER, "",
			"Packets that were left with a part out at their send timeout"),

	/** Partial packets that are partial no longer or for ever, by what became of them. */
	RECOVERIES("gentcp.recoveries", Kind.COUNTER, "",
			"Partial packets that are partial no longer or for ever, by what became of them", GenTcpMeterTag.RECOVERY),

	/**
	 * Time from the send timeout of a partial packet to its end, by what became of it.
	 */
	RECOVERY_DURATION("gentcp.recovery.duration", Kind.TIMER, "",
			"Time from the send timeout of a partial packet to its end, by what became of it", GenTcpMeterTag.RECOVERY),

	/** Bytes that are not out though no sender waits for them. */
	PENDING_BYTES("gentcp.pending.bytes", Kind.GAUGE, "bytes", "Bytes that are not out though no sender waits for them",
			GenTcpMeterTag.KIND),

	/** Connections on which came what is no packet. */
	DECODE_ERRORS("gentcp.decode.errors", Kind.COUNTER, "", "Connections on which came what is no packet",
			GenTcpMeterTag.PACKET_TYPE),

	/** Packets that are being handled. */
	LISTENER_ACTIVE("gentcp.listener.active", Kind.GAUGE, "", "Packets that are being handled"),

	/** Packets whose handling failed, by what was thrown. */
	LISTENER_ERRORS("gentcp.listener.errors", Kind.COUNTER, "", "Packets whose handling failed, by what was thrown",
			GenTcpMeterTag.EXCEPTION),

	/** Replies that came after their request was given up. */
	REQUEST_LATE("gentcp.request.late", Kind.COUNTER, "", "Replies that came after their request was given up"),

	/** Packets that no request asked for. */
	REQUEST_UNCORRELATED("gentcp.request.uncorrelated", Kind.COUNTER, "", "Packets that no request asked for"),

	/** Attempts to connect, the first one included, by what became of them. */
	RECONNECT_ATTEMPTS("gentcp.reconnect.attempts", Kind.COUNTER, "",
			"Attempts to connect, the first one included, by what became of them", GenTcpMeterTag.CONNECT);

	private static final Set<GenTcpMeter> OF_CLIENTS = EnumSet.of(REQUEST_LATE, REQUEST_UNCORRELATED,
			RECONNECT_ATTEMPTS);

	private final String meterName;

	private final Kind kind;

	private final String baseUnit;

	private final String description;

	@SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
	private final List<GenTcpMeterTag> tags;

	GenTcpMeter(String meterName, Kind kind, String baseUnit, String description, GenTcpMeterTag... more) {
		this.meterName = meterName;
		this.kind = kind;
		this.baseUnit = baseUnit;
		this.description = description;
		List<GenTcpMeterTag> tags = new ArrayList<>(List.of(GenTcpMeterTag.NAME, GenTcpMeterTag.ROLE));
		tags.addAll(List.of(more));
		this.tags = List.copyOf(tags);
	}

	/**
	 * Returns what it is called in a registry, for example {@code gentcp.packets.sent}.
	 */
	public String meterName() {
		return this.meterName;
	}

	/** Returns how it is read. */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * Returns what one of it is: {@code bytes}; empty where a number says it all, and for
	 * timers, whose unit is the registry's.
	 */
	public String baseUnit() {
		return this.baseUnit;
	}

	/** Returns what it says, in words. */
	public String description() {
		return this.description;
	}

	/** Returns its tags; name and role are always the first. */
	public List<GenTcpMeterTag> tags() {
		return this.tags;
	}

	/** Returns who has it: clients, or clients and servers. */
	public Set<Role> roles() {
		return OF_CLIENTS.contains(this) ? EnumSet.of(Role.CLIENT) : EnumSet.allOf(Role.class);
	}

	/** How a meter is read. */
	public enum Kind {

		/** A number that rises and falls. */
		GAUGE,

		/** A number that only grows. */
		COUNTER,

		/** How often, and how long in all. */
		TIMER,

		/** How often, and how much in all. */
		SUMMARY;

		/** Shows it as the docs do: {@code gauge}. */
		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}

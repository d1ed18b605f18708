package io.gentcp.spring.core;

import java.net.SocketAddress;
import java.time.Duration;

import io.gentcp.SocketStats;

/**
 * What has happened to a client or a server, for {@code @EventListener} methods. None is
 * published for a packet that went well. Each is published on the thread on which it
 * happened, which waits for the listeners: they must be brief. What one of them throws is
 * logged, and changes nothing.
 */
public sealed interface GenTcpEvent {

	/** Returns which side of the connection this application is. */
	Role role();

	/** Returns what the client or server is called. */
	String name();

	/** What has happened to one connection. */
	sealed interface OfConnection extends GenTcpEvent {

		/** Returns the connection. */
		GenTcpConnection connection();

		@Override
		default Role role() {
			return connection().role();
		}

		@Override
		default String name() {
			return connection().name();
		}

	}

	/** A client has connected, or a server has accepted: packets come after this. */
	record ConnectionOpened(GenTcpConnection connection) implements OfConnection {
	}

	/**
	 * A connection has ended, for whatever reason.
	 *
	 * @param end why
	 * @param stats what went over it
	 * @param lifetime how long it was open
	 */
	record ConnectionClosed(GenTcpConnection connection, ConnectionEnd end, SocketStats stats,
			Duration lifetime) implements OfConnection {
	}

	/**
	 * A send timed out; its caller gets this failure.
	 */
	record SendTimedOut(GenTcpConnection connection, SendTimeoutException failure) implements OfConnection {
	}

	/**
	 * A partial packet is out whole after all.
	 *
	 * @param outcome by whom it was completed
	 * @param packetSize its size with header, in bytes
	 * @param took the time since its send timeout
	 */
	record PacketRecovered(GenTcpConnection connection, RecoveryOutcome outcome, long packetSize,
			Duration took) implements OfConnection {
	}

	/**
	 * A partial packet stays partial: its connection is closed.
	 *
	 * @param outcome whether time or the connection came to an end first
	 * @param bytesOut how many of its bytes are out
	 * @param packetSize its size with header, in bytes
	 * @param took the time since its send timeout
	 */
	record PacketAbandoned(GenTcpConnection connection, RecoveryOutcome outcome, long bytesOut, long packetSize,
			Duration took) implements OfConnection {
	}

	/** Handling a packet threw this; the connection is closed. */
	record HandlerFailed(GenTcpConnection connection, Throwable failure) implements OfConnection {
	}

	/** A client could not connect. */
	record ConnectFailed(String name, SocketAddress address, ConnectFailedException failure) implements GenTcpEvent {

		@Override
		public Role role() {
			return Role.CLIENT;
		}

	}

	/**
	 * A server has not come to terms on TLS with a peer, whose connection is closed. For
	 * a client this is {@link ConnectFailed}.
	 *
	 * @param peer the address of the peer
	 * @param reason why, in words
	 */
	record HandshakeFailed(String name, SocketAddress peer, String reason) implements GenTcpEvent {

		@Override
		public Role role() {
			return Role.SERVER;
		}

	}

	/** A server listens: from now on its port is known and peers can connect. */
	record ServerListening(String name, SocketAddress address) implements GenTcpEvent {

		@Override
		public Role role() {
			return Role.SERVER;
		}

	}

	/** A server has stopped, and all of its connections have ended. */
	record ServerStopped(String name, SocketAddress address) implements GenTcpEvent {

		@Override
		public Role role() {
			return Role.SERVER;
		}

	}

}

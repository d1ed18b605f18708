package io.gentcp.spring.observation;

import java.util.Optional;

import io.gentcp.spring.core.ConnectionSettings;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What is observed of one operation: who does what, on which connection, with how large a
 * packet. Any thread may call any method.
 */
public final class GenTcpOperation {

	private final Operation kind;

	private final ConnectionSettings endpoint;

	private final long packetSize;

	private volatile @Nullable GenTcpConnection connection;

	GenTcpOperation(Operation kind, ConnectionSettings endpoint, long packetSize) {
		this.kind = kind;
		this.endpoint = endpoint;
		this.packetSize = packetSize;
	}

	/** Returns what is done. */
	public Operation kind() {
		return this.kind;
	}

	/** Returns the client or server that does it. */
	public ConnectionSettings endpoint() {
		return this.endpoint;
	}

	/**
	 * Returns the bytes of the packet, without what the packet type adds; 0 if there is
	 * no packet, or it was taken apart.
	 */
	public long packetSize() {
		return this.packetSize;
	}

	/**
	 * Returns the connection it is done on; empty until there is one, as it is in the end
	 * if none could be opened.
	 */
	public Optional<GenTcpConnection> connection() {
		return Optional.ofNullable(this.connection);
	}

	void on(GenTcpConnection connection) {
		this.connection = connection;
	}

}

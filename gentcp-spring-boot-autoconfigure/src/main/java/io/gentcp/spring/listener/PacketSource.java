package io.gentcp.spring.listener;

import io.gentcp.ActiveMode;
import io.gentcp.RecvResult;
import io.gentcp.TcpSocket;

/**
 * Where the packets of a connection come from, one after the other. Whatever it is, it
 * reads no further when its packets are not taken: a slow listener closes the window of
 * TCP and does not fill the heap.
 */
sealed interface PacketSource permits OnDemand, ReadAhead {

	/** Begins to bring the packets of a connection, as its server is set to. */
	static PacketSource of(TcpSocket connection, ActiveMode active) {
		return active.equals(ActiveMode.ONCE) ? new OnDemand(connection) : ReadAhead.begin(connection, active);
	}

	/**
	 * Waits for the next packet. An interrupt ends the wait as a timeout would, with the
	 * interrupt flag set.
	 */
	RecvResult next();

	/** Ends a wait. */
	void close();

}

package io.gentcp.spring.listener;

import io.gentcp.RecvResult;
import io.gentcp.TcpSocket;

/**
 * {@code active: once}: a packet is read when the one before it was handled. That is what
 * a receive is, so it needs no controlling process.
 */
record OnDemand(TcpSocket connection) implements PacketSource {

	@Override
	public RecvResult next() {
		return this.connection.recv();
	}

	@Override
	public void close() {
		// Closing the connection ends the wait.
	}

}

package io.gentcp.spring.listener;

import io.gentcp.ActiveMode;
import io.gentcp.ControllingProcessResult;
import io.gentcp.Mailbox;
import io.gentcp.RecvResult;
import io.gentcp.SetOptionsResult;
import io.gentcp.SocketMessage;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.transport.PosixError;

/**
 * {@code active: true} or a count: packets are read while others are being handled, and
 * wait in a mailbox. With a count the next ones are read when all of these were taken.
 */
final class ReadAhead implements PacketSource {

	/** How many packets wait at most with {@code active: true}. */
	private static final int MOST = 64;

	private final TcpSocket connection;

	private final ActiveMode active;

	private final Mailbox mailbox;

	private ReadAhead(TcpSocket connection, ActiveMode active) {
		this.connection = connection;
		this.active = active;
		this.mailbox = new Mailbox((active.packets() > 0) ? active.packets() : MOST);
	}

	static ReadAhead begin(TcpSocket connection, ActiveMode active) {
		ReadAhead source = new ReadAhead(connection, active);
		if (connection.controllingProcess(source.mailbox) instanceof ControllingProcessResult.HandedOver) {
			source.arm();
		}
		else {
			source.close();
		}
		return source;
	}

	private void arm() {
		if (this.connection.active(this.active) instanceof SetOptionsResult.Failed) {
			// Closed by now; nothing will come to end a wait.
			this.mailbox.close();
		}
	}

	@Override
	public RecvResult next() {
		while (true) {
			SocketMessage message = this.mailbox.receive(SocketOptions.INFINITY).orElse(null);
			switch (message) {
				case null -> {
					return nothing();
				}
				case SocketMessage.Data(TcpSocket socket, Packet packet) -> {
					return new RecvResult.Received(packet);
				}
				case SocketMessage.Passive passive -> arm();
				case SocketMessage.Closed closed -> {
					return new RecvResult.Closed();
				}
				case SocketMessage.Error(TcpSocket socket, PosixError error, String detail) -> {
					return new RecvResult.Failed(error, detail);
				}
			}
		}
	}

	private RecvResult nothing() {
		return this.connection.isOpen() ? new RecvResult.TimedOut() : new RecvResult.Closed();
	}

	@Override
	public void close() {
		this.mailbox.close();
	}

}

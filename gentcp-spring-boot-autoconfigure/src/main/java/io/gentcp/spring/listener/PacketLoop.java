package io.gentcp.spring.listener;

import io.gentcp.ActiveMode;
import io.gentcp.RecvResult;
import io.gentcp.packet.Packet;
import io.gentcp.spring.core.ConnectionEnd;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpConnections;
import io.gentcp.spring.core.LogContext;
import io.gentcp.spring.core.PacketHandler;
import io.gentcp.spring.core.PacketHandling;
import io.gentcp.transport.PosixError;

/**
 * One connection of a server: receives a packet, has it handled, sends the reply, again
 * and again until the connection ends. Runs on one thread; any other may stop it, which
 * the state decides: a packet that was received before is handled and answered, none is
 * taken after.
 */
final class PacketLoop implements ServedConnection {

	private final GenTcpConnection connection;

	private final GenTcpConnections owner;

	private final PacketSource packets;

	private final PacketHandling handling;

	private final HandlingState state = new HandlingState();

	/** Why there is no next packet; belongs to the thread. */
	private ConnectionEnd end = ConnectionEnd.SERVER_STOPPED;

	PacketLoop(GenTcpConnection connection, GenTcpConnections owner, ActiveMode active, PacketHandler handler) {
		this.connection = connection;
		this.owner = owner;
		this.packets = PacketSource.of(connection.socket(), active);
		this.handling = new PacketHandling(owner, handler);
	}

	@Override
	public void run() {
		LogContext log = LogContext.enter(this.connection);
		try {
			boolean open = true;
			while (open) {
				open = next();
				log.renew();
			}
		}
		finally {
			this.connection.end(this.end);
			// What is queued goes out before there is room for another connection.
			this.connection.socket().close();
			log.close();
		}
	}

	@Override
	public void stop() {
		if (this.state.stop()) {
			close();
		}
	}

	@Override
	public void close() {
		this.connection.end(ConnectionEnd.SERVER_STOPPED);
		this.packets.close();
	}

	/** Returns whether there may be another packet after this one. */
	private boolean next() {
		return switch (this.packets.next()) {
			case RecvResult.Received(Packet packet) -> this.state.begin() && handle(packet) && this.state.end();
			// Without a timeout this is an interrupt that the handler has left behind.
			case RecvResult.TimedOut() -> Thread.interrupted();
			case RecvResult.Closed() ->
				ended(this.connection.socket().isOpen() ? ConnectionEnd.BY_PEER : ConnectionEnd.BY_APPLICATION);
			case RecvResult.Failed(PosixError error, String detail) ->
				ended(this.handling.unreceived(error, detail, this.connection));
		};
	}

	private boolean handle(Packet packet) {
		this.owner.counters().packetReceived(packet);
		return this.handling.handle(packet, this.connection).map(this::ended).orElse(true);
	}

	private boolean ended(ConnectionEnd end) {
		this.end = end;
		return false;
	}

}

package io.gentcp.spring.listener;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

import io.gentcp.ActiveMode;
import io.gentcp.RecvResult;
import io.gentcp.packet.Packet;
import io.gentcp.spring.core.ConnectionEnd;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpConnections;
import io.gentcp.spring.core.GenTcpEvent;
import io.gentcp.spring.core.GenTcpException;
import io.gentcp.spring.core.PacketHandler;
import io.gentcp.spring.core.QueueFullException;
import io.gentcp.spring.core.SendTimeoutException;
import io.gentcp.spring.core.SocketClosedException;
import io.gentcp.spring.core.SocketErrorException;
import io.gentcp.transport.PosixError;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * One connection of a server: receives a packet, has it handled, sends the reply, again
 * and again until the connection ends. Runs on one thread; any other may stop it, which
 * the state decides: a packet that was received before is handled and answered, none is
 * taken after.
 */
final class PacketLoop implements Runnable {

	private static final Log logger = LogFactory.getLog(GenTcpListenerContainer.class);

	private final GenTcpConnection connection;

	private final GenTcpConnections owner;

	private final PacketSource packets;

	private final PacketHandler handler;

	private final AtomicReference<State> state = new AtomicReference<>(State.RECEIVING);

	/** Why there is no next packet; belongs to the thread. */
	private ConnectionEnd end = ConnectionEnd.SERVER_STOPPED;

	PacketLoop(GenTcpConnection connection, GenTcpConnections owner, ActiveMode active, PacketHandler handler) {
		this.connection = connection;
		this.owner = owner;
		this.packets = PacketSource.of(connection.socket(), active);
		this.handler = handler;
	}

	@Override
	public void run() {
		try {
			boolean open = true;
			while (open) {
				open = next();
			}
		}
		finally {
			this.connection.end(this.end);
			// What is queued goes out before there is room for another connection.
			this.connection.socket().close();
		}
	}

	/** Ends it: now, or after the packet that is being handled. Does not wait. */
	void stop() {
		if (this.state.getAndSet(State.STOPPED) == State.RECEIVING) {
			close();
		}
	}

	/** Closes the connection, whatever it is doing. */
	void close() {
		this.connection.end(ConnectionEnd.SERVER_STOPPED);
		this.packets.close();
	}

	/** Returns whether there may be another packet after this one. */
	private boolean next() {
		return switch (this.packets.next()) {
			case RecvResult.Received(Packet packet) -> this.state.compareAndSet(State.RECEIVING, State.HANDLING)
					&& handle(packet) && this.state.compareAndSet(State.HANDLING, State.RECEIVING);
			// Without a timeout this is an interrupt that the handler has left behind.
			case RecvResult.TimedOut() -> Thread.interrupted();
			case RecvResult.Closed() ->
				ended(this.connection.socket().isOpen() ? ConnectionEnd.BY_PEER : ConnectionEnd.BY_APPLICATION);
			case RecvResult.Failed(PosixError error, String detail) when error == PosixError.EMSGSIZE ->
				rejected(error, detail);
			case RecvResult.Failed(PosixError error, String detail) ->
				ended(ConnectionEnd.receivingFailed(error, detail));
		};
	}

	private boolean handle(Packet packet) {
		this.owner.counters().packetReceived();
		try {
			ByteBuffer reply = this.handler.onPacket(packet, this.connection);
			return reply == null || isSent(reply);
		}
		catch (Throwable ex) {
			logger.error("GenTCP server %s: handling %s from %s failed; the connection is closed"
				.formatted(this.connection.name(), describe(packet), this.connection), ex);
			this.owner.publish(new GenTcpEvent.HandlerFailed(this.connection, ex));
			return ended(ConnectionEnd.handlerFailed(ex));
		}
	}

	/** What is safe to log of it. */
	private static String describe(Packet packet) {
		return (packet instanceof Packet.Bytes bytes) ? "a packet of %d bytes".formatted(bytes.size())
				: packet.toString();
	}

	/** Returns whether the next packet may be received. */
	private boolean isSent(ByteBuffer reply) {
		try {
			this.connection.send(reply);
			return true;
		}
		catch (SendTimeoutException ex) {
			boolean goesOut = ex.isQueued() || ex.isRecovering();
			return goesOut ? goingOut(ex) : unsent(ex, ConnectionEnd.SEND_TIMEOUT);
		}
		catch (QueueFullException ex) {
			return unsent(ex, ConnectionEnd.queueFull(ex));
		}
		catch (SocketClosedException ex) {
			return ended(ConnectionEnd.BY_PEER);
		}
		catch (SocketErrorException ex) {
			return ended(ConnectionEnd.sendingFailed(ex.error()));
		}
		catch (GenTcpException ex) {
			return unsent(ex, ConnectionEnd.handlerFailed(ex));
		}
	}

	/** The reply goes out by itself, and the next packet may be received. */
	private boolean goingOut(SendTimeoutException late) {
		logger.warn("GenTCP: a reply is late: " + late.getMessage());
		return true;
	}

	private boolean unsent(GenTcpException failure, ConnectionEnd end) {
		logger.warn("GenTCP: a reply was not sent, and the connection is closed: " + failure.getMessage());
		return ended(end);
	}

	private boolean rejected(PosixError error, String reason) {
		logger.warn("GenTCP server %s: %s sent what is no packet, %s; the connection is closed"
			.formatted(this.connection.name(), this.connection, reason));
		return ended(ConnectionEnd.receivingFailed(error, reason));
	}

	private boolean ended(ConnectionEnd end) {
		this.end = end;
		return false;
	}

	/** What the thread of the connection is doing. */
	private enum State {

		RECEIVING, HANDLING, STOPPED

	}

}

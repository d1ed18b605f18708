package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.util.Optional;

import io.gentcp.packet.Packet;
import io.gentcp.transport.PosixError;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Has the packets of a client or a server handled, and sends the replies: the one place
 * that decides what a failure of either means for the connection. Has no state; runs on
 * the thread of whoever brings the packet.
 */
public final class PacketHandling {

	private static final Log logger = LogFactory.getLog(PacketHandling.class);

	private final GenTcpConnections connections;

	private final PacketHandler handler;

	public PacketHandling(GenTcpConnections connections, PacketHandler handler) {
		this.connections = connections;
		this.handler = handler;
	}

	/**
	 * Has one packet handled, and waits until its reply, if there is one, is out or on
	 * its way.
	 * @return why the connection is to end now, if it is; what is worth a line in the log
	 * was logged
	 */
	public Optional<ConnectionEnd> handle(Packet packet, GenTcpConnection connection) {
		ObservedOperation receive = this.connections.begin(Operation.RECEIVE, PacketBytes.count(packet));
		receive.on(connection);
		ObservedOperation.Scope scope = receive.open();
		try {
			ByteBuffer reply = onPacket(packet, connection);
			return (reply != null) ? send(reply, connection, receive) : Optional.empty();
		}
		catch (Throwable ex) {
			logger.error("GenTCP %s %s: handling %s from %s failed; the connection is closed"
				.formatted(connection.role(), connection.name(), describe(packet), connection), ex);
			receive.failed(ex);
			this.connections.publish(new GenTcpEvent.HandlerFailed(connection, ex));
			return Optional.of(ConnectionEnd.handlerFailed(ex));
		}
		finally {
			scope.close();
			receive.end();
		}
	}

	/**
	 * Returns why a connection ends on which receiving has failed; what is worth a line
	 * in the log is logged.
	 */
	public ConnectionEnd unreceived(PosixError error, String detail, GenTcpConnection connection) {
		if (error == PosixError.EMSGSIZE) {
			logger.warn("GenTCP %s %s: %s sent what is no packet, %s; the connection is closed"
				.formatted(connection.role(), connection.name(), connection, detail));
		}
		return ConnectionEnd.receivingFailed(error, detail);
	}

	private @Nullable ByteBuffer onPacket(Packet packet, GenTcpConnection connection) throws Exception {
		this.connections.handlers().begun();
		try {
			return this.handler.onPacket(packet, connection);
		}
		finally {
			// One that the handler has left behind is not for its reply, or the next
			// packet.
			Thread.interrupted();
			this.connections.handlers().ended();
		}
	}

	/** What is safe to log of it. */
	private static String describe(Packet packet) {
		return (packet instanceof Packet.Bytes bytes) ? "a packet of %d bytes".formatted(bytes.size())
				: packet.toString();
	}

	private static Optional<ConnectionEnd> send(ByteBuffer reply, GenTcpConnection connection,
			ObservedOperation receive) {
		try {
			connection.send(reply);
			return Optional.empty();
		}
		catch (GenTcpException ex) {
			receive.failed(ex);
			return unsent(ex);
		}
	}

	private static Optional<ConnectionEnd> unsent(GenTcpException failure) {
		return switch (failure) {
			case SendTimeoutException ex ->
				(ex.isQueued() || ex.isRecovering()) ? late(ex) : unsent(ex, ConnectionEnd.SEND_TIMEOUT);
			case QueueFullException ex -> unsent(ex, ConnectionEnd.queueFull(ex));
			case SocketClosedException ex -> Optional.of(ConnectionEnd.BY_PEER);
			case SocketErrorException ex -> Optional.of(ConnectionEnd.sendingFailed(ex.error()));
			case ConnectFailedException ex -> unsent(ex, ConnectionEnd.handlerFailed(ex));
			case ConnectionBusyException ex -> unsent(ex, ConnectionEnd.handlerFailed(ex));
			case PartialPacketException ex -> unsent(ex, ConnectionEnd.handlerFailed(ex));
			case RecoveryFailedException ex -> unsent(ex, ConnectionEnd.handlerFailed(ex));
			case ReplyTimeoutException ex -> unsent(ex, ConnectionEnd.handlerFailed(ex));
		};
	}

	/** The reply goes out by itself, and the next packet may be handled. */
	private static Optional<ConnectionEnd> late(SendTimeoutException late) {
		logger.warn("GenTCP: a reply is late: " + late.getMessage());
		return Optional.empty();
	}

	private static Optional<ConnectionEnd> unsent(GenTcpException failure, ConnectionEnd end) {
		logger.warn("GenTCP: a reply was not sent, and the connection is closed: " + failure.getMessage());
		return Optional.of(end);
	}

}

package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.util.Optional;

import io.gentcp.packet.Packet;
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
		try {
			ByteBuffer reply = onPacket(packet, connection);
			return (reply != null) ? send(reply, connection) : Optional.empty();
		}
		catch (Throwable ex) {
			logger.error("GenTCP %s %s: handling %s from %s failed; the connection is closed"
				.formatted(connection.role(), connection.name(), describe(packet), connection), ex);
			this.connections.publish(new GenTcpEvent.HandlerFailed(connection, ex));
			return Optional.of(ConnectionEnd.handlerFailed(ex));
		}
	}

	private @Nullable ByteBuffer onPacket(Packet packet, GenTcpConnection connection) throws Exception {
		this.connections.handlers().begun();
		try {
			return this.handler.onPacket(packet, connection);
		}
		finally {
			this.connections.handlers().ended();
		}
	}

	/** What is safe to log of it. */
	private static String describe(Packet packet) {
		return (packet instanceof Packet.Bytes bytes) ? "a packet of %d bytes".formatted(bytes.size())
				: packet.toString();
	}

	private static Optional<ConnectionEnd> send(ByteBuffer reply, GenTcpConnection connection) {
		try {
			connection.send(reply);
			return Optional.empty();
		}
		catch (SendTimeoutException ex) {
			boolean goesOut = ex.isQueued() || ex.isRecovering();
			return goesOut ? late(ex) : unsent(ex, ConnectionEnd.SEND_TIMEOUT);
		}
		catch (QueueFullException ex) {
			return unsent(ex, ConnectionEnd.queueFull(ex));
		}
		catch (SocketClosedException ex) {
			return Optional.of(ConnectionEnd.BY_PEER);
		}
		catch (SocketErrorException ex) {
			return Optional.of(ConnectionEnd.sendingFailed(ex.error()));
		}
		catch (GenTcpException ex) {
			return unsent(ex, ConnectionEnd.handlerFailed(ex));
		}
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

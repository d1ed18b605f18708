package io.gentcp.spring.listener;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.gentcp.ActiveMode;
import io.gentcp.QueuedPacket;
import io.gentcp.RecvResult;
import io.gentcp.RestData;
import io.gentcp.SendResult;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
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

	private final String server;

	private final TcpSocket connection;

	private final PacketSource packets;

	private final PacketHandler handler;

	private final AtomicReference<State> state = new AtomicReference<>(State.RECEIVING);

	PacketLoop(String server, TcpSocket connection, ActiveMode active, PacketHandler handler) {
		this.server = server;
		this.connection = connection;
		this.packets = PacketSource.of(connection, active);
		this.handler = handler;
	}

	@Override
	public void run() {
		try (this.connection) {
			boolean open = true;
			while (open) {
				open = next();
			}
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
		this.connection.close(Duration.ZERO);
		this.packets.close();
	}

	/** Returns whether there may be another packet after this one. */
	private boolean next() {
		return switch (this.packets.next()) {
			case RecvResult.Received(Packet packet) -> this.state.compareAndSet(State.RECEIVING, State.HANDLING)
					&& handle(packet) && this.state.compareAndSet(State.HANDLING, State.RECEIVING);
			// Without a timeout this is an interrupt that the handler has left behind.
			case RecvResult.TimedOut() -> Thread.interrupted();
			case RecvResult.Closed() -> ended("closed");
			case RecvResult.Failed(PosixError error, String detail) when error == PosixError.EMSGSIZE ->
				rejected(detail);
			case RecvResult.Failed(PosixError error, String detail) -> ended(detail);
		};
	}

	private boolean handle(Packet packet) {
		try {
			ByteBuffer reply = this.handler.onPacket(packet, this.connection);
			return reply == null || isSent(this.connection.send(reply));
		}
		catch (Throwable ex) {
			logger.error("GenTCP server %s: handling %s from %s failed; the connection is closed".formatted(this.server,
					describe(packet), this.connection), ex);
			return false;
		}
	}

	/** What is safe to log of it. */
	private static String describe(Packet packet) {
		return (packet instanceof Packet.Bytes bytes) ? "a packet of %d bytes".formatted(bytes.size())
				: packet.toString();
	}

	private boolean isSent(SendResult result) {
		return switch (result) {
			case SendResult.Sent() -> true;
			case SendResult.TimedOut(long bytesOut) -> unsent("send timeout with %d bytes out".formatted(bytesOut));
			case SendResult.TimedOutQueued(QueuedPacket reply) -> stillQueued(reply);
			case SendResult.QueueFull full -> unsent(full.toString());
			case SendResult.TimedOutWithRest(RestData rest) ->
				unsent("send timeout with %d of %d bytes out".formatted(rest.bytesOut(), rest.packetSize()));
			case SendResult.Refused refused -> unsent(refused.toString());
			case SendResult.Closed(long bytesOut) -> ended("closed before the reply was out");
			case SendResult.Failed(PosixError error, long bytesOut) -> ended(error.toString());
		};
	}

	/** The reply goes out by itself, and the next packet may be received. */
	private boolean stillQueued(QueuedPacket reply) {
		logger.warn("GenTCP server %s: the reply to %s was not out within its send timeout; it stays queued, %s"
			.formatted(this.server, this.connection, reply));
		return true;
	}

	private boolean unsent(String reason) {
		logger.warn("GenTCP server %s: the reply to %s was not sent, %s; the connection is closed"
			.formatted(this.server, this.connection, reason));
		return false;
	}

	private boolean rejected(String reason) {
		logger.warn("GenTCP server %s: %s sent what is no packet, %s; the connection is closed".formatted(this.server,
				this.connection, reason));
		return false;
	}

	private boolean ended(String reason) {
		if (logger.isDebugEnabled()) {
			logger.debug("GenTCP server %s: %s ended, %s".formatted(this.server, this.connection, reason));
		}
		return false;
	}

	/** What the thread of the connection is doing. */
	private enum State {

		RECEIVING, HANDLING, STOPPED

	}

}

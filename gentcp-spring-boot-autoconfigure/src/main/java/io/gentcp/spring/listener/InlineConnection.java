package io.gentcp.spring.listener;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.gentcp.ActiveMode;
import io.gentcp.ControllingProcess;
import io.gentcp.ControllingProcessResult;
import io.gentcp.SetOptionsResult;
import io.gentcp.SocketMessage;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.spring.core.ConnectionEnd;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpConnections;
import io.gentcp.spring.core.LogContext;
import io.gentcp.spring.core.PacketHandler;
import io.gentcp.spring.core.PacketHandling;
import io.gentcp.transport.PosixError;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a server whose packets are handled where they are found, on the
 * poller, by a handler that does not block. Its own thread begins, sleeps, and ends it;
 * so a packet costs no switch of threads. What of it is stopped is decided as in a
 * {@link PacketLoop}.
 */
final class InlineConnection implements ServedConnection, ControllingProcess {

	private final GenTcpConnection connection;

	private final GenTcpConnections owner;

	private final PacketHandling handling;

	private final LogContext log;

	private final HandlingState state = new HandlingState();

	/** Why there is no next packet; the first reason is the one. */
	private final AtomicReference<@Nullable ConnectionEnd> end = new AtomicReference<>();

	private final CountDownLatch ended = new CountDownLatch(1);

	InlineConnection(GenTcpConnection connection, GenTcpConnections owner, PacketHandler handler) {
		this.connection = connection;
		this.owner = owner;
		this.handling = new PacketHandling(owner, handler);
		this.log = LogContext.of(connection);
	}

	@Override
	public void run() {
		try {
			begin();
			awaitEnd();
		}
		finally {
			this.connection.end(reason());
			// What is queued goes out before there is room for another connection.
			this.connection.socket().close();
		}
	}

	private void begin() {
		TcpSocket socket = this.connection.socket();
		if (!(socket.controllingProcess(this) instanceof ControllingProcessResult.HandedOver)
				|| !(socket.active(ActiveMode.TRUE) instanceof SetOptionsResult.Set)) {
			// Closed by now; nothing will come.
			finish(ConnectionEnd.BY_APPLICATION);
		}
	}

	private void awaitEnd() {
		try {
			this.ended.await();
		}
		catch (InterruptedException ex) {
			// The server does not wait for the handler any longer.
			finish(ConnectionEnd.SERVER_STOPPED);
		}
	}

	private ConnectionEnd reason() {
		ConnectionEnd end = this.end.get();
		return (end != null) ? end : ConnectionEnd.SERVER_STOPPED;
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
		finish(ConnectionEnd.SERVER_STOPPED);
	}

	/** On the poller. */
	@Override
	public void deliver(SocketMessage message) {
		this.log.renew();
		switch (message) {
			case SocketMessage.Data(TcpSocket socket, Packet packet) -> received(packet);
			case SocketMessage.Passive passive -> {
			}
			case SocketMessage.Closed closed ->
				finish(this.connection.isOpen() ? ConnectionEnd.BY_PEER : ConnectionEnd.BY_APPLICATION);
			case SocketMessage.Error(TcpSocket socket, PosixError error, String detail) ->
				finish(this.handling.unreceived(error, detail, this.connection));
		}
	}

	private void received(Packet packet) {
		if (!this.state.begin()) {
			return;
		}
		this.owner.counters().packetReceived(packet);
		this.handling.handle(packet, this.connection).ifPresent(this::endAndFinish);
		if (!this.state.end()) {
			endAndFinish(ConnectionEnd.SERVER_STOPPED);
		}
	}

	/** No further packet of those at hand is delivered. */
	private void endAndFinish(ConnectionEnd end) {
		this.connection.end(end);
		finish(end);
	}

	/** The application, or this side in whatever way, has closed it. */
	@Override
	public void onClose(TcpSocket socket) {
		finish(ConnectionEnd.BY_APPLICATION);
	}

	private void finish(ConnectionEnd end) {
		this.end.compareAndSet(null, end);
		this.ended.countDown();
	}

}

package io.gentcp.spring.listener;

import java.time.Duration;

import io.gentcp.Direction;
import io.gentcp.RecvResult;
import io.gentcp.TcpSocket;
import io.gentcp.spring.core.ConnectionEnd;
import io.gentcp.spring.core.ConnectionHandler;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpConnections;
import io.gentcp.spring.core.GenTcpEvent;
import io.gentcp.spring.core.LogContext;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * One connection that a {@link ConnectionHandler} serves as a whole. Runs on one thread;
 * any other may stop it: then the handler sees the end of the stream.
 */
final class WholeConnection implements ServedConnection {

	private static final Log logger = LogFactory.getLog(GenTcpListenerContainer.class);

	private final GenTcpConnection connection;

	private final GenTcpConnections owner;

	private final ConnectionHandler handler;

	private volatile boolean stopping;

	WholeConnection(GenTcpConnection connection, GenTcpConnections owner, ConnectionHandler handler) {
		this.connection = connection;
		this.owner = owner;
		this.handler = handler;
	}

	@Override
	public void run() {
		ConnectionEnd end = ConnectionEnd.RECEIVER_BROKE;
		LogContext log = LogContext.enter(this.connection);
		try {
			this.handler.onConnection(this.connection);
			end = returned();
		}
		catch (Throwable ex) {
			end = failed(ex);
		}
		finally {
			this.connection.end(end);
			// What is queued goes out before there is room for another connection.
			this.connection.socket().close();
			log.close();
		}
	}

	private ConnectionEnd returned() {
		if (this.stopping) {
			return ConnectionEnd.SERVER_STOPPED;
		}
		TcpSocket socket = this.connection.socket();
		boolean hasEnded = socket.isOpen() && socket.recv(Duration.ZERO) instanceof RecvResult.Closed;
		return hasEnded ? ConnectionEnd.BY_PEER : ConnectionEnd.BY_APPLICATION;
	}

	private ConnectionEnd failed(Throwable failure) {
		if (this.stopping) {
			return ConnectionEnd.SERVER_STOPPED;
		}
		logger.error(
				"GenTCP server %s: handling %s failed; it is closed".formatted(this.connection.name(), this.connection),
				failure);
		this.owner.publish(new GenTcpEvent.HandlerFailed(this.connection, failure));
		return ConnectionEnd.handlerFailed(failure);
	}

	@Override
	public void stop() {
		this.stopping = true;
		this.connection.socket().shutdown(Direction.READ);
	}

	@Override
	public void close() {
		this.connection.end(ConnectionEnd.SERVER_STOPPED);
	}

}

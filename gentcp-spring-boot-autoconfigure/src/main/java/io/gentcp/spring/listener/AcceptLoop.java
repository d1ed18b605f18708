package io.gentcp.spring.listener;

import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.gentcp.AcceptResult;
import io.gentcp.TcpSocket;
import io.gentcp.transport.PosixError;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Accepts one connection after the other while there is room for them, until the listen
 * socket is closed or its thread is interrupted. All of it belongs to that thread.
 */
final class AcceptLoop implements Runnable {

	private static final Log logger = LogFactory.getLog(GenTcpListenerContainer.class);

	/** How long to wait for whatever the system is short of. */
	private static final long RETRY_MILLIS = 500;

	private final String server;

	private final Supplier<AcceptResult> accept;

	private final Connections connections;

	/** Why the last attempt failed, so that a shortage is reported once. */
	private @Nullable PosixError shortage;

	AcceptLoop(String server, Supplier<AcceptResult> accept, Connections connections) {
		this.server = server;
		this.accept = accept;
		this.connections = connections;
	}

	@Override
	public void run() {
		try {
			boolean listening = true;
			while (listening) {
				this.connections.awaitRoom();
				listening = acceptNext();
			}
		}
		catch (InterruptedException ex) {
			// The server stops.
		}
	}

	/**
	 * Accepts one connection or gives its room back.
	 * @return whether to go on
	 */
	private boolean acceptNext() throws InterruptedException {
		return switch (this.accept.get()) {
			case AcceptResult.Accepted(TcpSocket connection) -> {
				this.shortage = null;
				this.connections.serve(connection);
				yield true;
			}
			case AcceptResult.HandshakeFailed(SocketAddress peer, String reason) -> {
				this.connections.handshakeFailed(peer, reason);
				// Anybody on the network can make it happen as often as he likes.
				logger.debug("GenTCP %s: no TLS with %s: %s".formatted(this.server, peer, reason));
				yield true;
			}
			case AcceptResult.TimedOut() -> {
				this.connections.giveRoomBack();
				yield !Thread.currentThread().isInterrupted();
			}
			case AcceptResult.Closed() -> {
				this.connections.giveRoomBack();
				yield false;
			}
			case AcceptResult.Failed(PosixError error) -> {
				this.connections.giveRoomBack();
				failed(error);
				yield true;
			}
		};
	}

	private void failed(PosixError error) throws InterruptedException {
		if (error == PosixError.ECONNABORTED) {
			logger.debug("GenTCP %s: a peer left before it was accepted".formatted(this.server));
			return;
		}
		if (error != this.shortage) {
			this.shortage = error;
			logger.warn("GenTCP %s cannot accept connections: %s; it tries again until it can".formatted(this.server,
					error));
		}
		TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
	}

}

package io.gentcp.transport;

import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/**
 * Where the thread of a {@link TlsHandshake} waits for its channel, until the transport
 * watches it. Closing the {@link Readiness} ends the wait.
 */
final class ChannelWait {

	private final Watch watch;

	private final Readiness readiness;

	ChannelWait(SocketChannel channel, Poller poller, Readiness readiness) throws ClosedChannelException {
		this.watch = new Watch(poller, readiness);
		this.readiness = readiness;
		this.watch.start(channel);
	}

	/**
	 * Waits until the channel may be ready for an operation.
	 * @throws TimeoutException if the deadline passed, or the thread was interrupted,
	 * whose flag then is still set
	 * @throws CancellationException if the readiness was closed
	 */
	void await(int operation, Deadline deadline) throws TimeoutException {
		boolean ready = this.readiness.await(this.watch, operation, deadline.forThisThread());
		if (this.readiness.isClosed()) {
			throw new CancellationException("closed during the handshake");
		}
		if (!ready) {
			throw new TimeoutException("no handshake until the deadline");
		}
	}

}

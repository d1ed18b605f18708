package io.gentcp.spring.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Keeps a client connected, though nobody sends: connects, waits for the end of the
 * connection, and connects again. After an attempt that failed it waits first, longer
 * each time; and so it does after a connection that ended sooner than the first of these
 * waits, for a peer that accepts and closes is down as well. All of it belongs to one
 * virtual thread, which an interrupt ends.
 */
final class KeepConnected implements Runnable {

	private static final Log logger = LogFactory.getLog(GenTcpTemplate.class);

	/** By how much more each wait is. */
	private static final double MULTIPLIER = 2;

	/** Which part of a wait is random, so that many clients do not come at once. */
	private static final int JITTER_DIVISOR = 5;

	private final SharedConnection connection;

	private final GenTcpClientSettings settings;

	/**
	 * Whether the last attempt was in vain, so that an outage is two lines in the log.
	 */
	private boolean down;

	/** Whether it was logged that there is no TLS, which may show only after a while. */
	private boolean withoutTls;

	KeepConnected(SharedConnection connection, GenTcpClientSettings settings) {
		this.connection = connection;
		this.settings = settings;
	}

	@Override
	public void run() {
		BackOffExecution waits = waits();
		while (!Thread.currentThread().isInterrupted()) {
			try {
				GenTcpConnection connection = this.connection.get(ObservedOperation.NONE).connection();
				CompletableFuture<ConnectionEnd> closed = connection.whenClosed();
				if (lasts(connection, closed)) {
					connected();
					waits = waits();
					var unused = closed.get();
				}
				else {
					endedSoon(closed.get());
					pause(waits.nextBackOff());
				}
			}
			catch (InterruptedException ex) {
				// The client was stopped.
				return;
			}
			catch (ExecutionException ex) {
				throw new IllegalStateException("A connection tells its end as a value", ex);
			}
			catch (RuntimeException ex) {
				if (this.connection.isClosed()) {
					return;
				}
				failed(ex);
				pause(waits.nextBackOff());
			}
		}
	}

	private BackOffExecution waits() {
		long first = TimeUnit.MILLISECONDS.convert(this.settings.reconnectDelay());
		ExponentialBackOff backOff = new ExponentialBackOff(first, MULTIPLIER);
		backOff.setMaxInterval(TimeUnit.MILLISECONDS.convert(this.settings.reconnectMaxDelay()));
		backOff.setJitter(first / JITTER_DIVISOR);
		return backOff.start();
	}

	/** Waits until the connection has lasted, or has ended before. */
	private boolean lasts(GenTcpConnection connection, CompletableFuture<ConnectionEnd> closed)
			throws InterruptedException, ExecutionException {
		Duration left = this.settings.reconnectDelay().minus(connection.age());
		if (!left.isPositive()) {
			return true;
		}
		try {
			var unused = closed.get(TimeUnit.NANOSECONDS.convert(left), TimeUnit.NANOSECONDS);
			return false;
		}
		catch (TimeoutException ex) {
			return true;
		}
	}

	private void connected() {
		if (this.down) {
			this.down = false;
			this.withoutTls = false;
			logger.info("GenTCP %s is connected again".formatted(this.settings));
		}
	}

	private void failed(RuntimeException failure) {
		boolean noTls = failure instanceof ConnectFailedException attempt && attempt.isHandshakeFailure();
		down(noTls, (failure instanceof GenTcpException) ? String.valueOf(failure.getMessage()) : failure.toString());
	}

	private void endedSoon(ConnectionEnd end) {
		if (end.reason() != CloseReason.SHUTDOWN) {
			down(false,
					"%s: the connection had just been opened when it ended: %s".formatted(this.settings, end.detail()));
		}
	}

	private void down(boolean noTls, String why) {
		boolean isNew = !this.down || (noTls && !this.withoutTls);
		if (isNew && !Thread.currentThread().isInterrupted()) {
			this.down = true;
			this.withoutTls = noTls;
			logger.warn("GenTCP: not connected, tried again until it succeeds, at least every %s: %s"
				.formatted(SendFailures.text(this.settings.reconnectMaxDelay()), why));
		}
	}

	private static void pause(long millis) {
		try {
			Thread.sleep(Duration.ofMillis(millis));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

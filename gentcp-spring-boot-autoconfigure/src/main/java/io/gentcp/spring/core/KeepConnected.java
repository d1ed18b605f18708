package io.gentcp.spring.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Keeps a client connected, though nobody sends: connects, waits for the end of the
 * connection, and connects again. After an attempt that failed it waits first, longer
 * each time. All of it belongs to one virtual thread, which an interrupt ends.
 */
final class KeepConnected implements Runnable {

	private static final Log logger = LogFactory.getLog(GenTcpTemplate.class);

	/** By how much more each wait is. */
	private static final double MULTIPLIER = 2;

	/** Which part of a wait is random, so that many clients do not come at once. */
	private static final int JITTER_DIVISOR = 5;

	private final SharedConnection connection;

	private final GenTcpClientSettings settings;

	/** Whether the last attempt failed, so that an outage is two lines in the log. */
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
				CompletableFuture<ConnectionEnd> closed = this.connection.get(ObservedOperation.NONE)
					.connection()
					.whenClosed();
				connected();
				waits = waits();
				var unused = closed.get();
			}
			catch (GenTcpException ex) {
				failed(ex);
				pause(waits.nextBackOff());
			}
			catch (IllegalStateException | InterruptedException ex) {
				// The client was closed, or stopped.
				return;
			}
			catch (ExecutionException ex) {
				throw new IllegalStateException("A connection tells its end as a value", ex);
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

	private void connected() {
		if (this.down) {
			this.down = false;
			this.withoutTls = false;
			logger.info("GenTCP %s is connected again".formatted(this.settings));
		}
	}

	private void failed(GenTcpException failure) {
		boolean noTls = failure instanceof ConnectFailedException attempt && attempt.isHandshakeFailure();
		boolean isNew = !this.down || (noTls && !this.withoutTls);
		if (isNew && !Thread.currentThread().isInterrupted()) {
			this.down = true;
			this.withoutTls = noTls;
			logger.warn("GenTCP: not connected, tried again until it succeeds, at least every %s: %s"
				.formatted(SendFailures.text(this.settings.reconnectMaxDelay()), failure.getMessage()));
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

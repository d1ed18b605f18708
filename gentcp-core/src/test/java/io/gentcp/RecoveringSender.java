package io.gentcp;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends packets as one has to when sends time out: what is queued is left alone, of what
 * is partly out the rest is resumed, and what is not out at all is sent again. One thread
 * sends; others may wait for its first timeout.
 */
final class RecoveringSender {

	private final TcpSocket socket;

	private final List<byte[]> packets;

	/** Counted down when a send has timed out, or there are none left. */
	private final CountDownLatch timedOut = new CountDownLatch(1);

	private volatile int queued;

	private volatile int resumed;

	RecoveringSender(TcpSocket socket, List<byte[]> packets) {
		this.socket = socket;
		this.packets = packets;
	}

	/** Returns whether every packet is out or queued. */
	boolean sendAll() {
		try {
			return this.packets.stream().allMatch(this::send);
		}
		finally {
			this.timedOut.countDown();
		}
	}

	@SuppressWarnings("NonAtomicVolatileUpdate") // one thread sends
	private boolean send(byte[] packet) {
		SendResult result = this.socket.send(packet);
		while (result instanceof SendResult.TimedOutWithRest(RestData rest)) {
			this.timedOut.countDown();
			if (rest.nothingSent()) {
				result = this.socket.send(packet);
			}
			else {
				this.resumed++;
				result = this.socket.resume(rest);
			}
		}
		if (result instanceof SendResult.TimedOutQueued) {
			this.timedOut.countDown();
			this.queued++;
			return true;
		}
		assertThat(result).isEqualTo(new SendResult.Sent());
		return true;
	}

	/** Waits until a send has timed out. */
	void awaitTimeout() {
		try {
			assertThat(this.timedOut.await(Connected.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	/** Returns how many packets timed out and were queued all the same. */
	int queued() {
		return this.queued;
	}

	/** Returns how many times a rest was resumed. */
	int resumed() {
		return this.resumed;
	}

}

package io.gentcp.spring.core;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many packets of a client or a server are being handled. Connections count without
 * waiting for each other; any thread may ask.
 */
final class RunningHandlers {

	private final LongAdder begun = new LongAdder();

	private final LongAdder ended = new LongAdder();

	void begun() {
		this.begun.increment();
	}

	void ended() {
		this.ended.increment();
	}

	/** Returns how many there are. */
	long count() {
		// Read first, so that one that begins and ends meanwhile is not one too few.
		long ended = this.ended.sum();
		return this.begun.sum() - ended;
	}

}

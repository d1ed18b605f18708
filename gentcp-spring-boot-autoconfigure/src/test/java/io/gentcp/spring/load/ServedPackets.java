package io.gentcp.spring.load;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The packets as the server sees them: verifies each, counts it and makes its reply. Any
 * thread may call any method; the packets of a connection come one after the other.
 */
final class ServedPackets {

	private final AtomicLongArray last;

	private final LongAdder packets = new LongAdder();

	private final LongAdder requestBytes = new LongAdder();

	private final LongAdder replyBytes = new LongAdder();

	ServedPackets(int connections) {
		this.last = new AtomicLongArray(connections);
	}

	/**
	 * Returns the reply.
	 * @throws IllegalArgumentException if the request is damaged
	 * @throws IllegalStateException if it is not the one that follows the last
	 */
	byte[] replyTo(byte[] request) {
		NumberedPacket packet = NumberedPacket.of(request);
		long next = this.last.incrementAndGet(packet.connection());
		if (packet.number() != next) {
			throw new IllegalStateException("%s came instead of number %d".formatted(packet, next));
		}
		byte[] reply = packet.reply();
		this.packets.increment();
		this.requestBytes.add(request.length);
		this.replyBytes.add(reply.length);
		return reply;
	}

	/** Returns what was served; exact while no packet is on its way. */
	Tally tally() {
		return new Tally(this.packets.sum(), this.requestBytes.sum(), this.replyBytes.sum());
	}

}

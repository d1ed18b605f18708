package io.gentcp.spring.core;

import java.time.Duration;

import io.gentcp.RestData;

/**
 * A packet that was partly out at its send timeout.
 *
 * @param bytesOut how much of it was out then
 * @param packetSize its size with header
 * @param since when that was, by {@link System#nanoTime}
 */
record PartialPacket(long bytesOut, long packetSize, long since) {

	static PartialPacket of(RestData rest) {
		return new PartialPacket(rest.bytesOut(), rest.packetSize(), System.nanoTime());
	}

	/** One that is given up at once. */
	static PartialPacket now(long packetSize) {
		return new PartialPacket(0, packetSize, System.nanoTime());
	}

	/** Returns it with more of it out, after another send timeout. */
	PartialPacket at(RestData rest) {
		return new PartialPacket(rest.bytesOut(), this.packetSize, this.since);
	}

	/** Returns how long ago its send timeout was. */
	Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.since);
	}

}

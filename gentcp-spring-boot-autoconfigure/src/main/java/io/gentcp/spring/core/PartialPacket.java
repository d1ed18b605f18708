package io.gentcp.spring.core;

import java.time.Duration;

import io.gentcp.RestData;

/**
 * A packet that was partly out at its send timeout.
 *
 * @param bytesOut how much of it was out then
 * @param packetSize its size with header
 * @param streamOut how much of everything was out of its connection then
 * @param since when that was, by {@link System#nanoTime}
 */
record PartialPacket(long bytesOut, long packetSize, long streamOut, long since) {

	static PartialPacket of(RestData rest) {
		return new PartialPacket(rest.bytesOut(), rest.packetSize(), rest.socket().bytesOut(), System.nanoTime());
	}

	/** One that is given up at once. */
	static PartialPacket now(long packetSize) {
		return new PartialPacket(0, packetSize, 0, System.nanoTime());
	}

	/** Returns it with more of it out, after another send timeout. */
	PartialPacket at(RestData rest) {
		return new PartialPacket(rest.bytesOut(), this.packetSize, rest.socket().bytesOut(), this.since);
	}

	/**
	 * Returns how many of its bytes are still not out. Nothing but its rest follows it,
	 * so what has come out of the connection since is of that.
	 * @param streamOutNow how much is out of its connection by now
	 */
	long rest(long streamOutNow) {
		return Math.max(0, this.packetSize - this.bytesOut - (streamOutNow - this.streamOut));
	}

	/** Returns how long ago its send timeout was. */
	Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.since);
	}

}

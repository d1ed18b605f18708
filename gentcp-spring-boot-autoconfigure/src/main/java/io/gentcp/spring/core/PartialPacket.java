package io.gentcp.spring.core;

import java.time.Duration;

import io.gentcp.RestData;
import io.gentcp.TcpSocket;

/**
 * A packet that was partly out at its send timeout. Nothing but its rest may follow on
 * its connection, until it is whole.
 *
 * @param bytesOut how much of it is out
 * @param packetSize its size with header
 * @param since when its send timeout was, by {@link System#nanoTime}
 * @param socketOut how much its socket had brought out in all, when it had brought out
 * this much of it
 */
public record PartialPacket(long bytesOut, long packetSize, long since, long socketOut) {

	static PartialPacket of(RestData rest) {
		return new PartialPacket(rest.bytesOut(), rest.packetSize(), System.nanoTime(), rest.socket().bytesOut());
	}

	/** One that is given up at once. */
	static PartialPacket now(long packetSize) {
		return new PartialPacket(0, packetSize, System.nanoTime(), 0);
	}

	/** Returns it with more of it out, after another send timeout. */
	PartialPacket at(RestData rest) {
		return new PartialPacket(rest.bytesOut(), this.packetSize, this.since, rest.socket().bytesOut());
	}

	/** Returns it with what is out by now: whatever goes out is of its rest. */
	PartialPacket on(TcpSocket socket) {
		long socketOut = socket.bytesOut();
		long out = Math.min(this.packetSize, this.bytesOut + (socketOut - this.socketOut));
		return new PartialPacket(out, this.packetSize, this.since, socketOut);
	}

	/** Returns how many of its bytes are not out. */
	public long rest() {
		return this.packetSize - this.bytesOut;
	}

	/** Returns how long ago its send timeout was. */
	public Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.since);
	}

}

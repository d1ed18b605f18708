package io.gentcp.benchmarks.peer;

import java.time.Duration;
import java.util.Locale;

/**
 * What a client does for the length of a round. Its text is its name:
 *
 * <pre>
 *   W1-1K       ping-pong on one connection: a packet out, its echo back, the next one
 *   W2-64-1K    the same on 64 connections at once
 *   W3-1K       one sender streams on one connection; the time ends when the receiver has said how many came
 *   W4-16-1K    the same with 16 senders that share one connection
 *   W5-1K       echo on one connection with 64 packets in flight
 * </pre>
 *
 * @param kind which of them
 * @param width connections of W2, senders of W4, packets in flight of W5; else 1
 * @param payload bytes of a packet, without its length in front
 */
public record Workload(Kind kind, int width, int payload) {

	private static final int IN_FLIGHT = 64;

	private static final int KILO = 1024;

	/**
	 * Returns the workload of this name.
	 * @throws IllegalArgumentException if there is none
	 */
	public static Workload of(String name) {
		String[] parts = name.strip().toUpperCase(Locale.ROOT).split("-", -1);
		Kind kind = Kind.of(parts[0]);
		if (parts.length != (kind.hasWidth() ? 3 : 2)) {
			throw new IllegalArgumentException(
					"workload is '%s'; it must be one like W1-64, W2-64-1K, W3-64K, W4-16-64 or W5-64".formatted(name));
		}
		int width = switch (kind) {
			case W1, W3 -> 1;
			case W2, W4 -> Integer.parseInt(parts[1]);
			case W5 -> IN_FLIGHT;
		};
		return new Workload(kind, width, size(parts[parts.length - 1]));
	}

	private static int size(String text) {
		if (text.endsWith("K")) {
			return KILO * Integer.parseInt(text.substring(0, text.length() - 1));
		}
		if (text.endsWith("M")) {
			return KILO * KILO * Integer.parseInt(text.substring(0, text.length() - 1));
		}
		return Integer.parseInt(text);
	}

	/** Whether packets go one way, and the receiver only says how many came. */
	public boolean isStream() {
		return this.kind == Kind.W3 || this.kind == Kind.W4;
	}

	/** Returns what a client is told to run this for a while. */
	public String command(Duration length) {
		long millis = length.toMillis();
		return switch (this.kind) {
			case W1, W2 -> "exchange %d %d 1 %d".formatted(this.width, this.payload, millis);
			case W3, W4 -> "stream %d %d %d".formatted(this.width, this.payload, millis);
			case W5 -> "exchange 1 %d %d %d".formatted(this.payload, this.width, millis);
		};
	}

	/** Returns the bytes as people write them: 64, 1K, 16M. */
	public String size() {
		if (this.payload % (KILO * KILO) == 0) {
			return this.payload / (KILO * KILO) + "M";
		}
		return (this.payload % KILO == 0) ? this.payload / KILO + "K" : Integer.toString(this.payload);
	}

	/** Returns the name. */
	@Override
	public String toString() {
		return this.kind.hasWidth() ? "%s-%d-%s".formatted(this.kind, this.width, size())
				: "%s-%s".formatted(this.kind, size());
	}

	/** The five kinds of workload. */
	public enum Kind {

		/** Ping-pong on one connection. */
		W1,

		/** Ping-pong on many connections. */
		W2,

		/** A stream from one sender. */
		W3,

		/** A stream from many senders on one connection. */
		W4,

		/** Echo with many packets in flight. */
		W5;

		boolean hasWidth() {
			return this == W2 || this == W4;
		}

		static Kind of(String name) {
			for (Kind kind : values()) {
				if (kind.name().equals(name)) {
					return kind;
				}
			}
			throw new IllegalArgumentException(
					"workload begins with '%s'; it must begin with W1 to W5".formatted(name));
		}

	}

}

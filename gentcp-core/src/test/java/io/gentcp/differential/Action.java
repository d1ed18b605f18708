package io.gentcp.differential;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gentcp.Direction;

/**
 * One thing that the socket under test does, or its peer. The next one begins when it is
 * done.
 */
sealed interface Action {

	/** {@code gen_tcp:send/2}. */
	record Send(int size) implements Action {

		/** What is blocked by a peer that reads nothing, whatever the kernel takes. */
		static final int BIG = 256 * 1024;

		@Override
		public String toString() {
			return "send %d bytes".formatted(this.size);
		}

	}

	/**
	 * Sends what a timeout has left, while the peer reads; nothing if nothing is left.
	 */
	record Resume() implements Action {

		@Override
		public String toString() {
			return "the peer reads, and what a timeout left is sent";
		}

	}

	/** {@code gen_tcp:recv/3}. */
	record Recv(int length, Wait timeout) implements Action {

		@Override
		public String toString() {
			return "recv %d, %s".formatted(this.length, this.timeout);
		}

	}

	/** How long a receive waits for what does not come. */
	enum Wait {

		/** Not at all: a timeout of zero. */
		NONE,

		/** As short as allows to tell a timeout from a result. */
		SHORT;

		@Override
		public String toString() {
			return (this == NONE) ? "timeout 0" : "a short timeout";
		}

	}

	/** {@code gen_tcp:unrecv/2}. */
	record Unrecv(String text) implements Action {

		@Override
		public String toString() {
			return "unrecv \"%s\"".formatted(this.text);
		}

	}

	/**
	 * {@code inet:setopts/2}, with names and values as Erlang has them; a send_timeout is
	 * a short one, whatever its value.
	 */
	record SetOptions(Map<String, String> options) implements Action {

		static SetOptions of(String name, Object value) {
			return new SetOptions(Map.of(name, value.toString()));
		}

		@Override
		public String toString() {
			return "setopts " + new TreeMap<>(this.options);
		}

	}

	/** {@code inet:getopts/2}. */
	record GetOptions(List<String> names) implements Action {

		@Override
		public String toString() {
			return "getopts " + this.names;
		}

	}

	/** {@code inet:getstat/2}. */
	record GetStat(List<String> keys) implements Action {

		@Override
		public String toString() {
			return "getstat " + this.keys;
		}

	}

	/** {@code gen_tcp:shutdown/2}. */
	record Shutdown(Direction direction) implements Action {

		@Override
		public String toString() {
			return "shutdown " + this.direction;
		}

	}

	/** {@code gen_tcp:close/1}. */
	record Close() implements Action {

		@Override
		public String toString() {
			return "close";
		}

	}

	/** Takes the messages that have been delivered by now. */
	record Receive() implements Action {

		@Override
		public String toString() {
			return "receive all messages";
		}

	}

	/** The peer sends these bytes. */
	record PeerSends(String bytes) implements Action {

		@Override
		public String toString() {
			return "the peer sends " + Terms.text(this.bytes);
		}

	}

	/** The peer reads from now on, and has by the end of it all that was sent. */
	record PeerReads() implements Action {

		@Override
		public String toString() {
			return "the peer reads";
		}

	}

	/** The peer reads no more. */
	record PeerStalls() implements Action {

		@Override
		public String toString() {
			return "the peer stalls";
		}

	}

	/** The peer ends its half, closes or resets. */
	record PeerEnds(Ending how) implements Action {

		@Override
		public String toString() {
			return "the peer " + this.how.words;
		}

	}

	/** How a peer ends. */
	enum Ending {

		/** Its own half. */
		HALF_CLOSE("ends its half"),

		/** Both, in good order if it has read everything. */
		CLOSE("closes"),

		/** With a linger of zero. */
		RESET("resets");

		private final String words;

		Ending(String words) {
			this.words = words;
		}

	}

	/** The peer reads until the end of the stream. */
	record PeerAwaitsEnd() implements Action {

		@Override
		public String toString() {
			return "the peer reads until the end";
		}

	}

}

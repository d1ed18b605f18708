package io.gentcp;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.SequencedSet;

import org.jspecify.annotations.Nullable;

/**
 * Messages that wait for a controlling process, oldest first, and the sockets that found
 * no room for a further one. Belongs to the lock of its process.
 */
final class Inbox {

	private final int bound;

	private final Queue<SocketMessage> messages = new ArrayDeque<>();

	/** What makes the sockets read again that found no room, longest waiting first. */
	private final SequencedSet<Runnable> paused = new LinkedHashSet<>();

	/**
	 * Makes an empty one.
	 * @param bound how many messages it holds before sockets stop reading
	 */
	Inbox(int bound) {
		this.bound = checkedBound(bound);
	}

	/** Returns the bound, if it is one. */
	static int checkedBound(int bound) {
		if (bound < 1) {
			throw new IllegalArgumentException("bound is %d; it must be 1 or more".formatted(bound));
		}
		return bound;
	}

	void add(SocketMessage message) {
		this.messages.add(message);
	}

	/** Takes the oldest message. */
	@Nullable SocketMessage poll() {
		return this.messages.poll();
	}

	/** Returns the oldest message, which stays. */
	@Nullable SocketMessage peek() {
		return this.messages.peek();
	}

	int size() {
		return this.messages.size();
	}

	/** Returns whether there is neither a message nor a socket that waits for room. */
	boolean isOver() {
		return this.messages.isEmpty() && this.paused.isEmpty();
	}

	/**
	 * Returns whether a socket may bring a message; if not, it is told when it may.
	 * @param taken how many messages count though they were taken
	 */
	boolean hasRoom(int taken, Runnable whenRoom) {
		if (isRoom(taken)) {
			return true;
		}
		this.paused.add(whenRoom);
		return false;
	}

	int pausedCount() {
		return this.paused.size();
	}

	/** Takes the one that has waited longest for room, if there is room now. */
	@Nullable Runnable nextPaused(int taken) {
		return (isRoom(taken) && !this.paused.isEmpty()) ? this.paused.removeFirst() : null;
	}

	private boolean isRoom(int taken) {
		return this.messages.size() + taken < this.bound;
	}

	/** Takes all messages of a socket. */
	List<SocketMessage> remove(TcpSocket socket) {
		List<SocketMessage> theirs = this.messages.stream().filter((message) -> message.socket() == socket).toList();
		this.messages.removeIf((message) -> message.socket() == socket);
		return theirs;
	}

	/** Drops all messages. */
	void clear() {
		this.messages.clear();
	}

}

package io.gentcp.transport;

import org.jspecify.annotations.Nullable;

/**
 * The writes of one connection, first in, first out, linked through the writes themselves
 * so that an idle connection holds nothing. Belongs to the lock of its {@link SendQueue}.
 */
final class WriteList {

	private @Nullable Write first;

	private @Nullable Write last;

	@Nullable Write first() {
		return this.first;
	}

	@Nullable Write last() {
		return this.last;
	}

	void addLast(Write write) {
		if (this.last == null) {
			this.first = write;
		}
		else {
			this.last.next = write;
		}
		this.last = write;
	}

	void addFirst(Write write) {
		write.next = this.first;
		this.first = write;
		if (this.last == null) {
			this.last = write;
		}
	}

	void remove(Write write) {
		Write before = null;
		for (Write at = this.first; at != null; before = at, at = at.next) {
			if (at == write) {
				unlink(before, at);
				return;
			}
		}
	}

	private void unlink(@Nullable Write before, Write write) {
		if (before == null) {
			this.first = write.next;
		}
		else {
			before.next = write.next;
		}
		if (this.last == write) {
			this.last = before;
		}
		write.next = null;
	}

}

package io.gentcp.transport;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Things that lie ready to be used again. Any thread takes one and puts it back; nobody
 * waits, and nothing is allocated. It keeps no more than there are places, finds most of
 * what it has, and does not mind if one never comes back. What is dear to make is better
 * kept as the {@link BufferPool} does it, which finds all it has.
 *
 * @param <T> what they are
 */
final class Spares<T> {

	/** Looking for longer takes more time than to make one. */
	private static final int MOST_LOOKS = 8;

	private final AtomicReferenceArray<@Nullable T> places;

	/**
	 * Below it are spares, from it on free places: most likely. Threads change it as they
	 * like, because each place is taken by a compare-and-set.
	 */
	private int top;

	Spares(int most) {
		this.places = new AtomicReferenceArray<>(most);
	}

	/** Takes one, or returns null: then one is to be made. */
	@Nullable T take() {
		int place = this.top - 1;
		for (int looks = 0; looks < MOST_LOOKS && place >= 0; looks++, place--) {
			T spare = this.places.get(place);
			if (spare != null && this.places.compareAndSet(place, spare, null)) {
				this.top = place;
				return spare;
			}
		}
		this.top = place + 1;
		return null;
	}

	/** Puts one back that nobody uses any more, if there is a place for it. */
	void put(T spare) {
		int place = this.top;
		for (int looks = 0; looks < MOST_LOOKS && place < this.places.length(); looks++, place++) {
			if (this.places.get(place) == null && this.places.compareAndSet(place, null, spare)) {
				this.top = place + 1;
				return;
			}
		}
		this.top = place;
	}

}

package io.gentcp.transport;

/**
 * The writes of senders that stand in line with an array, and wait: when one of them goes
 * on nobody else has its write any more, and the next sender takes it. So standing in
 * line allocates nothing. Any thread may borrow and give back.
 */
public final class WritePool {

	/** So many senders stand in line at a time. */
	private static final int MOST_KEPT = 1_024;

	private final Spares<Write> spares = new Spares<>(MOST_KEPT);

	WritePool() {
	}

	/**
	 * Returns the write of a packet.
	 * @param array holds the body, and is borrowed until the write has ended
	 * @param from where the body begins
	 * @param bodySize how long it is
	 * @param whole whether nothing but its rest may follow a part of it
	 */
	public Write borrow(ArrayPacking packing, byte[] array, int from, int bodySize, boolean whole) {
		Write spare = this.spares.take();
		Write write = (spare != null) ? spare : Write.ofArray();
		write.begin(packing, array, from, bodySize, whole);
		return write;
	}

	/** Takes a write back that has ended, if it is one of these. */
	void giveBack(Write write) {
		if (write.isOfArray()) {
			write.clear();
			this.spares.put(write);
		}
	}

}

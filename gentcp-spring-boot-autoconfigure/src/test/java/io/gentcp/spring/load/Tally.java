package io.gentcp.spring.load;

/**
 * What was exchanged, counted at one end; nothing is lost if both ends have the same.
 *
 * @param packets requests, each of which has its reply
 */
record Tally(long packets, long requestBytes, long replyBytes) {

	static Tally parse(String text) {
		String[] parts = text.split(" ");
		return new Tally(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
	}

	/** Shows what {@link #parse} reads. */
	@Override
	public String toString() {
		return "%d %d %d".formatted(this.packets, this.requestBytes, this.replyBytes);
	}

}

package io.gentcp.packet;

/**
 * The packet is not complete: {@code {more, Length | undefined}} of
 * {@code erlang:decode_packet/3}.
 * <p>
 * The total is the length of the whole packet, header included, counted from the buffer's
 * position; it is always more than what the buffer holds. It is a peer's announcement: a
 * reader may wait for that many bytes, but must not allocate them before they have come.
 *
 * @param total the length of the whole packet in bytes, or zero while it is not known
 */
public record More(long total) implements DecodeResult {

	/** {@code {more, undefined}}: at least one more byte is needed. */
	public static final More UNKNOWN = new More(0);

	public More {
		if (total < 0) {
			throw new IllegalArgumentException("total is %d; a packet's length is not negative".formatted(total));
		}
	}

	/**
	 * {@code {more, Length}}.
	 * @param total the length of the whole packet, header included
	 * @return the result that asks for it
	 * @throws IllegalArgumentException if the total is not positive
	 */
	public static More of(long total) {
		if (total == 0) {
			throw new IllegalArgumentException("total is 0; a length that is not known is More.UNKNOWN");
		}
		return new More(total);
	}

	/**
	 * Whether the packet has announced its length.
	 * @return false for {@link #UNKNOWN}
	 */
	public boolean isKnown() {
		return this.total > 0;
	}

	@Override
	public String toString() {
		return isKnown() ? "More[%d bytes in total]".formatted(this.total) : "More[unknown]";
	}

}

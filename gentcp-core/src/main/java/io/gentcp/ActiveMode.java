package io.gentcp;

import java.util.Locale;

/**
 * Whether packets come to the controlling process by themselves: the option
 * {@code active}. Immutable. Setting one is not always having it: counts add up, as
 * {@link #count} says.
 *
 * <pre>
 *   FALSE      passive: packets are received with recv
 *   TRUE       every packet is delivered as it comes
 *   ONCE       the next packet is delivered, then FALSE
 *   count(n)   the next n packets are delivered, then Passive, then FALSE
 * </pre>
 */
public final class ActiveMode {

	/** {@code {active, false}}: packets wait for {@link TcpSocket#recv}. */
	public static final ActiveMode FALSE = new ActiveMode(Kind.FALSE, 0);

	/** {@code {active, true}}: every packet is delivered. */
	public static final ActiveMode TRUE = new ActiveMode(Kind.TRUE, 0);

	/** {@code {active, once}}: one packet is delivered, then the socket is passive. */
	public static final ActiveMode ONCE = new ActiveMode(Kind.ONCE, 0);

	private static final int LEAST = Short.MIN_VALUE;

	private static final int MOST = Short.MAX_VALUE;

	private final Kind kind;

	private final int packets;

	private ActiveMode(Kind kind, int packets) {
		this.kind = kind;
		this.packets = packets;
	}

	/**
	 * {@code {active, N}}: so many packets more. While a socket counts, the number is
	 * added to what is left; a sum above 32,767 is {@code einval}. At zero or less the
	 * socket is passive and its process gets {@link SocketMessage.Passive}.
	 * @param packets -32,768 to 32,767
	 * @throws IllegalArgumentException if it is out of range
	 */
	public static ActiveMode count(int packets) {
		if (packets < LEAST || packets > MOST) {
			throw new IllegalArgumentException(
					"active is %d; a count must be %d to %d".formatted(packets, LEAST, MOST));
		}
		return new ActiveMode(Kind.COUNT, packets);
	}

	/**
	 * The mode that Erlang writes like this.
	 * @param text true, false, once, in upper or lower case, or a count
	 * @throws IllegalArgumentException if there is none, with what is allowed
	 */
	public static ActiveMode of(String text) {
		return switch (text.strip().toLowerCase(Locale.ROOT)) {
			case "false" -> FALSE;
			case "true" -> TRUE;
			case "once" -> ONCE;
			default -> count(number(text));
		};
	}

	private static int number(String text) {
		try {
			return Integer.parseInt(text.strip());
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(
					"active is '%s'; it must be true, false, once or a number of packets".formatted(text), ex);
		}
	}

	/** Whether setting this while the other holds counts further than Erlang does. */
	boolean exceeds(ActiveMode current) {
		return sum(current) > MOST;
	}

	/** The mode that holds after this one was set while the other held. */
	ActiveMode setOver(ActiveMode current) {
		if (!isCount()) {
			return this;
		}
		// A new one for the same number too: a socket's mode is no one else's.
		return (sum(current) > 0) ? count(sum(current)) : FALSE;
	}

	/** The mode that holds after one more packet was delivered. */
	ActiveMode afterPacket() {
		return switch (this.kind) {
			case FALSE, TRUE -> this;
			case ONCE -> FALSE;
			case COUNT -> (this.packets > 1) ? count(this.packets - 1) : FALSE;
		};
	}

	private int sum(ActiveMode current) {
		return this.packets + current.packets;
	}

	/** Returns the count; 0 in every other mode. */
	public int packets() {
		return this.packets;
	}

	boolean isCount() {
		return this.kind == Kind.COUNT;
	}

	boolean isPassive() {
		return this.kind == Kind.FALSE;
	}

	@Override
	public boolean equals(Object other) {
		return (other instanceof ActiveMode mode) && this.kind == mode.kind && this.packets == mode.packets;
	}

	@Override
	public int hashCode() {
		return 31 * this.kind.hashCode() + this.packets;
	}

	/** Returns it as Erlang writes it: {@code once}, {@code 5}. */
	@Override
	public String toString() {
		return isCount() ? Integer.toString(this.packets) : this.kind.name().toLowerCase(Locale.ROOT);
	}

	private enum Kind {

		FALSE, TRUE, ONCE, COUNT

	}

}

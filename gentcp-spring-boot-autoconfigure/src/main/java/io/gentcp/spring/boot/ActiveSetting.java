package io.gentcp.spring.boot;

import io.gentcp.ActiveMode;

/**
 * How a server reads, as a property: {@code once}, {@code true}, or how many packets
 * ahead.
 *
 * @param mode how its connections read
 */
public record ActiveSetting(ActiveMode mode) {

	static final String ALLOWED = "once, true, or a number of packets, 1 to 32767";

	/**
	 * Makes a setting.
	 * @throws IllegalArgumentException if a server cannot read like this
	 */
	public ActiveSetting {
		if (!mode.equals(ActiveMode.ONCE) && !mode.equals(ActiveMode.TRUE) && mode.packets() < 1) {
			throw new IllegalArgumentException("active '%s' is not for a server; allowed: %s".formatted(mode, ALLOWED));
		}
	}

	/**
	 * The mode that a text stands for.
	 * @throws IllegalArgumentException if it stands for none, with what is allowed
	 */
	public static ActiveSetting of(String text) {
		try {
			return new ActiveSetting(ActiveMode.of(text));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("active '%s' is unknown; allowed: %s".formatted(text, ALLOWED), ex);
		}
	}

	/** The count of so many packets. */
	public static ActiveSetting of(Integer packets) {
		return of(packets.toString());
	}

	/** The mode that YAML writes without quotes. */
	public static ActiveSetting of(Boolean active) {
		return of(active.toString());
	}

	@Override
	public String toString() {
		return this.mode.toString();
	}

}

package io.gentcp.spring.boot;

/**
 * The byte that ends a line, as a property: {@code 3} and {@code 0x03} are numbers,
 * {@code ;} is a character. A digit is a number.
 *
 * @param octet 0 to 255
 */
public record LineDelimiterSetting(int octet) {

	static final String ALLOWED = "a byte as a number, 0 to 255 or 0x00 to 0xff, or one ASCII character that is no digit";

	/**
	 * Makes a setting.
	 * @throws IllegalArgumentException if it is no byte
	 */
	public LineDelimiterSetting {
		if (octet < 0 || octet > 0xff) {
			throw new IllegalArgumentException("line-delimiter %d is no byte; allowed: %s".formatted(octet, ALLOWED));
		}
	}

	/**
	 * The byte that a text stands for.
	 * @throws IllegalArgumentException if it stands for none, with what is allowed
	 */
	public static LineDelimiterSetting of(String text) {
		// A tab is a delimiter, and no white space around one.
		String delimiter = (text.length() == 1) ? text : text.strip();
		if (delimiter.matches("[\\p{ASCII}&&[^0-9]]")) {
			return new LineDelimiterSetting(delimiter.charAt(0));
		}
		try {
			boolean hexadecimal = delimiter.matches("0[xX].*");
			return new LineDelimiterSetting(
					hexadecimal ? Integer.parseInt(delimiter.substring(2), 16) : Integer.parseInt(delimiter));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("line-delimiter '%s' is unknown; allowed: %s".formatted(text, ALLOWED),
					ex);
		}
	}

	/** The byte of this value. */
	public static LineDelimiterSetting of(Integer octet) {
		return new LineDelimiterSetting(octet);
	}

	/** Shows what can be parsed again. */
	@Override
	public String toString() {
		return "0x%02x".formatted(this.octet);
	}

}

package io.gentcp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;

/**
 * Turns what somebody gives as the value of an option into what it takes. Has no state.
 */
final class OptionValue {

	/** What is an address, so that nothing is looked up. */
	private static final Pattern LITERAL_ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.%]*:[^ ]*");

	private OptionValue() {
	}

	static boolean bool(String name, Object value) {
		return switch (text(value)) {
			case "true" -> true;
			case "false" -> false;
			default -> throw wrong(name, value, "true or false");
		};
	}

	static int integer(String name, Object value) {
		try {
			return Integer.parseInt(text(value));
		}
		catch (NumberFormatException ex) {
			throw wrong(name, value, "a whole number up to %d".formatted(Integer.MAX_VALUE));
		}
	}

	static Duration timeout(String name, Object value) {
		if (value instanceof Duration duration) {
			return duration;
		}
		if (text(value).equals("infinity")) {
			return SocketOptions.INFINITY;
		}
		try {
			return Duration.ofMillis(Long.parseLong(text(value)));
		}
		catch (NumberFormatException ex) {
			throw wrong(name, value, "milliseconds, a Duration or infinity");
		}
	}

	static PacketType packet(String name, Object value) {
		return (value instanceof PacketType type) ? type : PacketType.of(text(value));
	}

	static ActiveMode active(String name, Object value) {
		return (value instanceof ActiveMode mode) ? mode : ActiveMode.of(text(value));
	}

	static Backend backend(String name, Object value) {
		return switch (text(value)) {
			case "inet" -> Backend.INET;
			case "socket" -> Backend.SOCKET;
			default -> throw wrong(name, value, "inet or socket");
		};
	}

	static InetAddress address(String name, Object value) {
		if (value instanceof InetAddress address) {
			return address;
		}
		try {
			if (LITERAL_ADDRESS.matcher(text(value)).matches()) {
				return InetAddress.getByName(text(value));
			}
		}
		catch (UnknownHostException ex) {
			// No address after all.
		}
		throw wrong(name, value, "an address of this host");
	}

	/** The one value there is in Java. */
	static void only(String name, Object value, String allowed) {
		if (!text(value).equals(allowed)) {
			throw wrong(name, value, allowed);
		}
	}

	private static String text(Object value) {
		return value.toString().strip().toLowerCase(Locale.ROOT);
	}

	private static IllegalArgumentException wrong(String name, Object value, String allowed) {
		return new IllegalArgumentException("%s is %s; it must be %s".formatted(name, value, allowed));
	}

}

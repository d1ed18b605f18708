package io.gentcp.packet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What we do otherwise than Erlang, by decision. {@code docs/packet-types.md} has a row
 * for each, with the vectors that it concerns.
 */
enum Difference {

	/** A host of IPv6 ends at its bracket, not at its first colon. */
	IPV6_HOST {
		@Override
		boolean explains(PacketType type, byte[] in, String ours, String otp) {
			return OUR_IPV6_HOST.matcher(ours).find() && withoutHostAndPort(ours).equals(withoutHostAndPort(otp));
		}
	},

	/** A tag of more than ten bytes behind its first is invalid. */
	ENDLESS_TAG {
		@Override
		boolean explains(PacketType type, byte[] in, String ours, String otp) {
			return type.equals(PacketType.ASN1) && ours.startsWith("{\"error\"") && in.length > 10
					&& (in[0] & 0x1f) == 0x1f && allGoOn(Arrays.copyOfRange(in, 1, 11));
		}
	},

	/** A length that does not fit the header is refused, not sent modulo 256. */
	WRAPPED_LENGTH {
		@Override
		boolean explains(PacketType type, byte[] in, String ours, String otp) {
			return false;
		}
	},

	/** Nothing but bytes can be given to send. */
	NO_IODATA {
		@Override
		boolean explains(PacketType type, byte[] in, String ours, String otp) {
			return false;
		}
	};

	private static final Pattern HOST_AND_PORT = Pattern.compile("\"host\":[^,]*,\"port\":[^,]*,");

	/** A bracket, and another one at the end. */
	private static final Pattern OUR_IPV6_HOST = Pattern
		.compile("\"host\":\\{\"(string|binary)\":\"5b([0-9a-f]{2})*5d\"\\}");

	/**
	 * Why our answer to these bytes is another one than OTP's.
	 * @return nothing if it must not be
	 */
	static Optional<Difference> between(PacketType type, byte[] in, String ours, String otp) {
		return Arrays.stream(values()).filter((difference) -> difference.explains(type, in, ours, otp)).findFirst();
	}

	/** The name in the docs: {@code ipv6-host}. */
	String title() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	abstract boolean explains(PacketType type, byte[] in, String ours, String otp);

	private static String withoutHostAndPort(String answer) {
		return HOST_AND_PORT.matcher(answer).replaceFirst("");
	}

	private static boolean allGoOn(byte[] tag) {
		for (byte octet : tag) {
			if (octet >= 0) {
				return false;
			}
		}
		return true;
	}

}

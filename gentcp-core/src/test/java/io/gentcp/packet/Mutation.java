package io.gentcp.packet;

import java.util.Arrays;

/** What may be wrong with bytes, or be in them without being looked for. */
enum Mutation {

	/** The end is missing. */
	TRUNCATE {
		@Override
		byte[] apply(byte[] bytes, byte[] other, Chance chance) {
			return Arrays.copyOf(bytes, chance.between(0, bytes.length));
		}
	},

	/** A bit is another one. */
	FLIP {
		@Override
		byte[] apply(byte[] bytes, byte[] other, Chance chance) {
			byte[] flipped = bytes.clone();
			if (flipped.length > 0) {
				flipped[early(flipped.length, chance)] ^= (byte) (1 << chance.below(8));
			}
			return flipped;
		}
	},

	/** A byte is one that means something. */
	SET {
		@Override
		byte[] apply(byte[] bytes, byte[] other, Chance chance) {
			byte[] set = bytes.clone();
			if (set.length > 0) {
				set[early(set.length, chance)] = TELLING[chance.below(TELLING.length)];
			}
			return set;
		}
	},

	/** A byte more. */
	INSERT {
		@Override
		byte[] apply(byte[] bytes, byte[] other, Chance chance) {
			int at = chance.between(0, bytes.length);
			return replace(bytes, at, at, new byte[] { TELLING[chance.below(TELLING.length)] });
		}
	},

	/** Some bytes less. */
	DELETE {
		@Override
		byte[] apply(byte[] bytes, byte[] other, Chance chance) {
			int from = chance.between(0, bytes.length);
			return replace(bytes, from, chance.between(from, Math.min(bytes.length, from + 8)), new byte[0]);
		}
	},

	/** Begins like the one and ends like the other. */
	SPLICE {
		@Override
		byte[] apply(byte[] bytes, byte[] other, Chance chance) {
			byte[] end = Arrays.copyOfRange(other, chance.between(0, other.length), other.length);
			return replace(bytes, chance.between(0, bytes.length), bytes.length, end);
		}
	},

	/** Another one behind it. */
	CONCATENATE {
		@Override
		byte[] apply(byte[] bytes, byte[] other, Chance chance) {
			return replace(bytes, bytes.length, bytes.length, other);
		}
	};

	/** Line ends, blanks, separators, digits, and the edges of numbers. */
	private static final byte[] TELLING = { '\n', '\r', ' ', '\t', ':', ';', '/', '[', ']', '*', '0', '9', 'a', 'Z', 0,
			1, 2, 3, 4, 0x1f, 0x7f, (byte) 0x80, (byte) 0x81, (byte) 0x84, (byte) 0x85, (byte) 0xff };

	/** The bytes changed in this way, as a copy. */
	abstract byte[] apply(byte[] bytes, byte[] other, Chance chance);

	/** Headers are in front. */
	private static int early(int length, Chance chance) {
		return chance.below(chance.oneIn(2) ? length : Math.min(length, 16));
	}

	private static byte[] replace(byte[] bytes, int from, int to, byte[] by) {
		byte[] replaced = new byte[from + by.length + bytes.length - to];
		System.arraycopy(bytes, 0, replaced, 0, from);
		System.arraycopy(by, 0, replaced, from, by.length);
		System.arraycopy(bytes, to, replaced, from + by.length, bytes.length - to);
		return replaced;
	}

}

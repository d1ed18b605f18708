package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The kinds of buffer a reader may present. All but the exact one have bytes in front of
 * the position and behind the limit that are none of a codec's business: line feeds,
 * which would end a line.
 */
enum BufferShape {

	/** Nothing but the bytes, position zero. */
	EXACT {
		@Override
		ByteBuffer around(byte[] bytes) {
			return ByteBuffer.wrap(bytes.clone());
		}
	},

	HEAP {
		@Override
		ByteBuffer around(byte[] bytes) {
			return padded(ByteBuffer.allocate(bytes.length + 2 * MARGIN), bytes);
		}
	},

	DIRECT {
		@Override
		ByteBuffer around(byte[] bytes) {
			return padded(ByteBuffer.allocateDirect(bytes.length + 2 * MARGIN), bytes);
		}
	},

	/** Has an array offset besides a position. */
	SLICE {
		@Override
		ByteBuffer around(byte[] bytes) {
			ByteBuffer padded = HEAP.around(bytes).clear();
			return padded.slice(1, padded.capacity() - 1).position(MARGIN - 1).limit(MARGIN - 1 + bytes.length);
		}
	},

	/** Hides its array. */
	READ_ONLY {
		@Override
		ByteBuffer around(byte[] bytes) {
			return HEAP.around(bytes).asReadOnlyBuffer();
		}
	},

	LITTLE_ENDIAN {
		@Override
		ByteBuffer around(byte[] bytes) {
			return HEAP.around(bytes).order(ByteOrder.LITTLE_ENDIAN);
		}
	};

	private static final int MARGIN = 3;

	/** A buffer whose remaining bytes are these. */
	abstract ByteBuffer around(byte[] bytes);

	private static ByteBuffer padded(ByteBuffer buffer, byte[] bytes) {
		while (buffer.hasRemaining()) {
			buffer.put((byte) '\n');
		}
		buffer.put(MARGIN, bytes);
		return buffer.position(MARGIN).limit(MARGIN + bytes.length);
	}

}

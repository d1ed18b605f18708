package io.gentcp.transport;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/** A packet in three parts, borrowed or copied. Their positions do not move. */
record Parts(ByteBuffer header, ByteBuffer body, ByteBuffer trailer) implements Contents {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	/** No bytes at all. */
	static final Parts NONE = of(NOTHING);

	static Parts of(ByteBuffer bytes) {
		return new Parts(NOTHING, bytes, NOTHING);
	}

	int size() {
		return Math.addExact(Math.addExact(this.header.remaining(), this.body.remaining()), this.trailer.remaining());
	}

	@Override
	public void copyTo(ByteBuffer target, int from, int count) {
		int end = target.position() + count;
		int bodyStart = this.header.remaining();
		copy(this.header, from, target, end);
		copy(this.body, from - bodyStart, target, end);
		copy(this.trailer, from - bodyStart - this.body.remaining(), target, end);
	}

	/**
	 * Copies what comes after the first bytes of a part.
	 * @param from how many; fewer than none stand for bytes before it
	 * @param end where in the target to stop
	 */
	static void copy(ByteBuffer part, int from, ByteBuffer target, int end) {
		int skip = Math.max(0, from);
		int count = Math.min(part.remaining() - skip, end - target.position());
		if (count > 0) {
			target.put(target.position(), part, part.position() + skip, count);
			target.position(target.position() + count);
		}
	}

	@Override
	public ByteBuffer @Nullable [] gathered(int from) {
		if (!this.body.isDirect()) {
			return null;
		}
		int bodyStart = this.header.remaining();
		return new ByteBuffer[] { left(this.header, from), left(this.body, from - bodyStart),
				left(this.trailer, from - bodyStart - this.body.remaining()) };
	}

	private static ByteBuffer left(ByteBuffer part, int from) {
		int skip = Math.clamp(from, 0, part.remaining());
		return part.slice(part.position() + skip, part.remaining() - skip);
	}

}

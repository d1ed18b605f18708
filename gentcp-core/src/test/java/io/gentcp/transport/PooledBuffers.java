package io.gentcp.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The buffers of an engine, more than it is going to need: whether all are at home. */
public final class PooledBuffers {

	private final BufferPool pool;

	private final List<ByteBuffer> made;

	public PooledBuffers(Engine engine, int count) {
		this.pool = engine.buffers();
		this.made = borrow(count);
		giveBack(this.made);
	}

	/** Returns whether none of them is lent. */
	public boolean areAllBack() {
		List<ByteBuffer> borrowed = borrow(this.made.size());
		try {
			return borrowed.stream().allMatch(this::isOneOfThese);
		}
		finally {
			giveBack(borrowed);
		}
	}

	@SuppressWarnings("ReferenceEquality") // equal buffers are not the same
	private boolean isOneOfThese(ByteBuffer buffer) {
		return this.made.stream().anyMatch((one) -> one == buffer);
	}

	private List<ByteBuffer> borrow(int count) {
		List<ByteBuffer> buffers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			buffers.add(this.pool.borrow());
		}
		return buffers;
	}

	private void giveBack(List<ByteBuffer> buffers) {
		buffers.forEach(this.pool::giveBack);
	}

}

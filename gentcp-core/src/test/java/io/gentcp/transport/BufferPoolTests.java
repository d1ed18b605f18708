package io.gentcp.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class BufferPoolTests {

	@Test
	void aBufferThatWasGivenBackIsBorrowedAgainEmpty() {
		BufferPool pool = new BufferPool(1);
		ByteBuffer buffer = pool.borrow();
		pool.giveBack(buffer.put(new byte[100]).flip());
		assertThat(pool.borrow()).isSameAs(buffer);
		assertThat(buffer.position()).isZero();
		assertThat(buffer.limit()).isEqualTo(BufferPool.BUFFER_SIZE);
	}

	@Test
	void aBufferIsBorrowedByOneThreadAtATime() throws Exception {
		BufferPool pool = new BufferPool(8);
		Set<Integer> borrowed = ConcurrentHashMap.newKeySet();
		Set<Integer> twice = ConcurrentHashMap.newKeySet();
		runOnEach(Thread.ofPlatform(), 8, () -> {
			for (int i = 0; i < 20_000; i++) {
				ByteBuffer buffer = pool.borrow();
				int identity = System.identityHashCode(buffer);
				if (!borrowed.add(identity)) {
					twice.add(identity);
				}
				borrowed.remove(identity);
				pool.giveBack(buffer);
			}
		});
		assertThat(twice).isEmpty();
	}

	@Test
	void noMoreBuffersAreKeptThanAreWorthIt() {
		BufferPool pool = new BufferPool(2);
		List<ByteBuffer> first = Stream.generate(pool::borrow).limit(4).toList();
		first.forEach(pool::giveBack);
		Set<ByteBuffer> again = identities();
		Stream.generate(pool::borrow).limit(4).forEach(again::add);
		again.retainAll(identities(first));
		assertThat(again).hasSize(2);
	}

	/** A thread that waited for the pool itself would hold its buffer meanwhile. */
	@Test
	void aThousandVirtualThreadsNeedNoMoreBuffersThanTheyHaveCarriers() throws Exception {
		int carriers = Runtime.getRuntime().availableProcessors();
		BufferPool pool = new BufferPool(carriers);
		List<ByteBuffer> first = Stream.generate(pool::borrow).limit(carriers).toList();
		first.forEach(pool::giveBack);
		Set<ByteBuffer> used = Collections.synchronizedSet(identities(first));
		runOnEach(Thread.ofVirtual(), 1_000, () -> {
			Set<ByteBuffer> mine = identities();
			for (int i = 0; i < 2_000; i++) {
				ByteBuffer buffer = pool.borrow();
				mine.add(buffer);
				pool.giveBack(buffer);
			}
			used.addAll(mine);
		});
		assertThat(used).hasSize(carriers);
	}

	private static void runOnEach(Thread.Builder threads, int count, Runnable action) throws InterruptedException {
		List<Thread> started = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			started.add(threads.start(action));
		}
		for (Thread thread : started) {
			thread.join();
		}
	}

	private static Set<ByteBuffer> identities(List<ByteBuffer> buffers) {
		Set<ByteBuffer> set = identities();
		set.addAll(buffers);
		return set;
	}

	private static Set<ByteBuffer> identities() {
		return Collections.newSetFromMap(new IdentityHashMap<>());
	}

}

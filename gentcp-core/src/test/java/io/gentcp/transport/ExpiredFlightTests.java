package io.gentcp.transport;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several senders give up while their writes are in flight together: the socket backend's
 * queue, a step at a time.
 */
class ExpiredFlightTests {

	private static final int EVERYTHING = 1 << 20;

	private final WritePool writes = new WritePool();

	private final SendQueue queue = queue();

	@Test
	void whoeverStandsBehindATornPacketIsToldOnce() {
		Write torn = packet(1_000);
		Write behind = packet(1_000);
		List<WriteOutcome> told = new ArrayList<>();
		behind.whenSettled(() -> told.add(behind.outcome()));
		fly(this.queue, torn, behind);
		giveUp(torn);
		giveUp(behind);
		this.queue.wrote(10, true, false, null);
		assertThat(torn.outcome()).isInstanceOf(WriteOutcome.TimedOut.class);
		assertThat(told).containsExactly(new WriteOutcome.Refused(10, 1_004));
	}

	@Test
	void aWriteThatWasToldIsLeftAlone() {
		Write torn = packet(1_000);
		Write behind = packet(1_000);
		Write last = packet(10);
		SendQueue other = queue();
		List<Write> next = new ArrayList<>();
		// What the sender of a write may do as soon as it is told.
		last.whenSettled(() -> {
			this.writes.giveBack(behind);
			next.add(packet(50));
			fly(other, next.getFirst());
		});
		fly(this.queue, torn, behind, last);
		giveUp(torn);
		this.queue.wrote(10, true, false, null);
		assertThat(next).containsExactly(behind);
		assertThat(behind.isInFlight()).isTrue();
		other.wrote(54, true, true, null);
		assertThat(behind.outcome()).isEqualTo(new WriteOutcome.Written());
	}

	@Test
	void eachOfThoseOfWhichNothingIsOutHasItsOwnBack() {
		Write first = packet(100);
		Write second = packet(100);
		Write third = packet(100);
		fly(this.queue, first, second, third);
		giveUp(second);
		giveUp(third);
		this.queue.wrote(104, true, false, null);
		assertThat(first.outcome()).isEqualTo(new WriteOutcome.Written());
		assertThat(List.of(second, third)).extracting(Write::outcome)
			.allSatisfy((outcome) -> assertThat(outcome).isInstanceOfSatisfying(WriteOutcome.TimedOut.class,
					(timedOut) -> assertThat(timedOut.rest().outBefore()).isZero()));
		assertThat(this.queue.next(EVERYTHING)).isEqualTo(SendQueue.Task.REST);
	}

	private static SendQueue queue() {
		return new SendQueue(new TornPacket(false), new Batches(new BufferPool(1)), new Cork(false), new Company());
	}

	private static void fly(SendQueue queue, Write... writes) {
		for (Write write : writes) {
			assertThat(queue.add(write)).isEqualTo(write == writes[0]);
		}
		assertThat(queue.next(EVERYTHING)).isEqualTo(SendQueue.Task.WRITE);
	}

	/** While it is in flight, so its writer is to settle it. */
	private void giveUp(Write write) {
		this.queue.expire(write);
		assertThat(write.isSettled()).isFalse();
	}

	private Write packet(int size) {
		return this.writes.borrow(new LengthInFront(), new byte[size], 0, size, true);
	}

}

package io.gentcp.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.springframework.stereotype.Component;

/**
 * What became of the latest packets, oldest first, without their bytes. Any thread may
 * call any method; one lock guards the list.
 */
@Component
final class PacketLog {

	private static final int KEPT = 100;

	private final ReentrantLock lock = new ReentrantLock();

	private final List<SentPacket> packets = new ArrayList<>();

	private long lastId;

	/** Writes down a packet that is about to be sent, and returns its number. */
	long add(int size, String checksum) {
		this.lock.lock();
		try {
			if (this.packets.size() == KEPT) {
				this.packets.removeFirst();
			}
			this.packets.add(SentPacket.sending(++this.lastId, size, checksum));
			return this.lastId;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Writes down what became of a packet. */
	void change(long id, UnaryOperator<SentPacket> change) {
		changeFirst((packet) -> packet.id() == id, change);
	}

	/**
	 * Writes down that the server has received a packet; others than ours are ignored.
	 */
	void received(int size, String checksum) {
		changeFirst((packet) -> packet.mayBe(size, checksum), SentPacket::arrived);
	}

	private void changeFirst(Predicate<SentPacket> which, UnaryOperator<SentPacket> change) {
		this.lock.lock();
		try {
			for (int i = 0; i < this.packets.size(); i++) {
				if (which.test(this.packets.get(i))) {
					this.packets.set(i, change.apply(this.packets.get(i)));
					return;
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	Optional<SentPacket> find(long id) {
		return all().stream().filter((packet) -> packet.id() == id).findFirst();
	}

	List<SentPacket> all() {
		this.lock.lock();
		try {
			return List.copyOf(this.packets);
		}
		finally {
			this.lock.unlock();
		}
	}

}

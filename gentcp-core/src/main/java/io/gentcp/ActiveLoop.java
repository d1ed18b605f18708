package io.gentcp;

import java.nio.ByteBuffer;

import io.gentcp.packet.Invalid;
import io.gentcp.packet.More;
import io.gentcp.packet.Packet;
import io.gentcp.transport.Deadline;
import io.gentcp.transport.Input;
import io.gentcp.transport.PosixError;
import io.gentcp.transport.ReadOutcome;
import io.gentcp.transport.Transport;

/**
 * Active mode: takes packets out of the arriving bytes and delivers them, on the thread
 * of whoever gives a reason to, or on the poller. It has no thread, and while it waits
 * for bytes neither the {@link Turn} nor a buffer.
 */
final class ActiveLoop implements Runnable {

	/** A round that has found so many bytes asks the network for no more. */
	private static final int MOST_IN_A_ROUND = 256 * 1024;

	private final TcpSocket socket;

	private final Transport transport;

	private final Input input;

	private final Delivery delivery;

	private final Turn turn;

	private final PacketDecoder decoder;

	private final UndecodedBytes undecoded;

	/** Whether somebody gave a reason to look since the last look began. */
	private volatile boolean wanted;

	ActiveLoop(TcpSocket socket, Transport transport, Delivery delivery, Turn turn, PacketDecoder decoder) {
		this.socket = socket;
		this.transport = transport;
		this.input = transport.input();
		this.delivery = delivery;
		this.turn = turn;
		this.decoder = decoder;
		this.undecoded = decoder.undecoded();
	}

	/**
	 * Delivers what is there and wanted. Called after everything that may be a reason to:
	 * the mode or packet type was set, bytes came, the process has room or is another
	 * one, a receive is over. Does not wait.
	 */
	@Override
	public void run() {
		run(false);
	}

	/**
	 * Does the same on a thread that has handled all there was, and would wait for the
	 * next packet: like one that receives, it may look again for some microseconds, and
	 * what it sends before it comes again goes out together.
	 */
	void runIdle() {
		run(true);
	}

	private void run(boolean idle) {
		if (!this.delivery.isArmed() || this.delivery.isHeldByThisThread()) {
			// Within a delivery: the round that delivers looks again itself.
			return;
		}
		// First wanted, then the turn; below first the turn is given up, then wanted is
		// looked at. So either this thread gets the turn, or who has it sees what is
		// wanted. Who has it may also be a receive, which comes here in any case.
		this.wanted = true;
		while (this.wanted && this.turn.tryTake()) {
			boolean needsBytes;
			try {
				this.wanted = false;
				needsBytes = idle ? roundIdle() : roundCorked();
			}
			finally {
				this.turn.giveUp();
			}
			if (needsBytes) {
				this.input.whenReadable(this);
			}
		}
	}

	/** What the process sends meanwhile goes out together at the end. */
	private boolean roundCorked() {
		this.input.woke();
		this.transport.received(true);
		try {
			return round(false);
		}
		finally {
			this.transport.received(false);
			this.transport.pull();
		}
	}

	private boolean roundIdle() {
		boolean needsBytes = round(true);
		this.transport.received(!needsBytes && this.undecoded.bytes().hasRemaining());
		return needsBytes;
	}

	/**
	 * Delivers what has been there before, and what is there now, up to a limit: so that
	 * on the poller no connection holds up the others for longer.
	 * @return whether more bytes are needed
	 */
	private boolean round(boolean idle) {
		try {
			return switch (arrivedBefore(idle)) {
				case Stop.OutOfBytes(More more) -> {
					this.undecoded.trim();
					yield true;
				}
				case Stop.NotWanted() -> {
					this.undecoded.trimLarge();
					yield false;
				}
				case Stop.Broken(String reason) -> {
					// The stream is out of step for good: nobody knows where a packet
					// begins.
					this.socket.abort(() -> tell(PosixError.EMSGSIZE, reason));
					yield false;
				}
			};
		}
		catch (RuntimeException | Error ex) {
			// A codec of the application's, most likely; the others go on.
			boolean toBeTold = this.delivery.end();
			this.socket.abort(() -> {
				if (toBeTold) {
					tell(PosixError.EMSGSIZE, "packets cannot be decoded: " + ex);
				}
			});
			return false;
		}
	}

	private Stop arrivedBefore(boolean idle) {
		if (this.input.hasEnded()) {
			// Erlang drops what is left then.
			return end();
		}
		Stop stop = deliverFrom(this.undecoded.bytes());
		if (idle && stop instanceof Stop.OutOfBytes) {
			// Nothing is at hand: what this thread has sent meanwhile waits no longer.
			this.transport.pull();
		}
		int room = MOST_IN_A_ROUND;
		// What is in the wire is no more than a buffer, and no event would tell of it.
		while (stop instanceof Stop.OutOfBytes(More more) && (room > 0 || this.input.hasMore())) {
			ByteBuffer buffer = this.input.borrowBuffer();
			try {
				this.undecoded.limit(buffer, more);
				ReadOutcome outcome = idle ? this.input.read(buffer, Deadline.INFINITE) : this.input.read(buffer);
				// With room left in the buffer the channel has nothing more.
				room = buffer.hasRemaining() ? 0 : room - buffer.limit();
				stop = found(outcome, buffer, more);
			}
			finally {
				this.input.giveBack(buffer);
			}
		}
		return stop;
	}

	private Stop found(ReadOutcome outcome, ByteBuffer buffer, More more) {
		return switch (outcome) {
			case ReadOutcome.Bytes() -> arrived(buffer.flip(), more);
			case ReadOutcome.Nothing() -> new Stop.OutOfBytes(more);
			case ReadOutcome.Ended() -> endByPeer();
			case ReadOutcome.Closed() -> end();
			case ReadOutcome.Failed(PosixError error, String detail) ->
				this.socket.shows(error) ? failByPeer(error, detail) : endByPeer();
		};
	}

	private Stop arrived(ByteBuffer buffer, More more) {
		Stop stop = deliverFrom(this.undecoded.joined(buffer, UndecodedBytes.wanted(more)));
		this.undecoded.add(buffer, (stop instanceof Stop.OutOfBytes(More next)) ? UndecodedBytes.wanted(next) : 0);
		return stop;
	}

	/** The read before it was outside of the lock: whether packets are wanted is new. */
	private Stop deliverFrom(ByteBuffer bytes) {
		this.delivery.lock();
		try {
			while (this.delivery.wantsPacket(this)) {
				switch (this.decoder.decode(bytes)) {
					case Packet packet -> this.delivery.deliver(packet);
					case More more -> {
						return new Stop.OutOfBytes(more);
					}
					case Invalid(String reason) -> {
						return this.delivery.end() ? new Stop.Broken(reason) : Stop.NotWanted.INSTANCE;
					}
				}
			}
			return Stop.NotWanted.INSTANCE;
		}
		finally {
			this.delivery.unlock();
		}
	}

	private Stop end() {
		// A close of our own is told to nobody.
		if (this.socket.hasOptions() && this.delivery.end()) {
			this.delivery.tell(new SocketMessage.Closed(this.socket));
		}
		return Stop.NotWanted.INSTANCE;
	}

	private Stop endByPeer() {
		// A close of our own is told to nobody.
		boolean toBeTold = this.socket.isOpen() && this.delivery.end();
		this.socket.peerEnded();
		if (toBeTold) {
			this.delivery.tell(new SocketMessage.Closed(this.socket));
		}
		return Stop.NotWanted.INSTANCE;
	}

	private Stop failByPeer(PosixError error, String detail) {
		boolean toBeTold = this.socket.isOpen() && this.delivery.end();
		this.socket.peerEnded();
		if (toBeTold) {
			tell(error, detail);
		}
		return Stop.NotWanted.INSTANCE;
	}

	private void tell(PosixError error, String detail) {
		this.delivery.tell(new SocketMessage.Error(this.socket, error, detail));
		this.delivery.tell(new SocketMessage.Closed(this.socket));
	}

	/** Why a delivery stopped. */
	private sealed interface Stop {

		record OutOfBytes(More more) implements Stop {
		}

		record NotWanted() implements Stop {

			static final NotWanted INSTANCE = new NotWanted();

		}

		record Broken(String reason) implements Stop {
		}

	}

}

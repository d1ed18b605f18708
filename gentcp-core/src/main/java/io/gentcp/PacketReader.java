package io.gentcp;

import java.nio.ByteBuffer;

import io.gentcp.packet.DecodeResult;
import io.gentcp.packet.Invalid;
import io.gentcp.packet.More;
import io.gentcp.packet.Packet;
import io.gentcp.transport.Deadline;
import io.gentcp.transport.Input;
import io.gentcp.transport.PosixError;
import io.gentcp.transport.ReadOutcome;
import io.gentcp.transport.Transport;

/**
 * Takes packets out of the arriving bytes. One thread receives at a time, the others wait
 * their turn, first come, first served. What is no packet yet is kept across timeouts and
 * changes of {@code packet}; it belongs to the thread whose turn it is.
 */
final class PacketReader {

	private final TcpSocket socket;

	private final Transport transport;

	private final Input input;

	private final ActiveLoop active;

	private final Turn turn;

	private final PacketDecoder decoder;

	private final UndecodedBytes undecoded;

	PacketReader(TcpSocket socket, Transport transport, ActiveLoop active, Turn turn, PacketDecoder decoder) {
		this.socket = socket;
		this.transport = transport;
		this.input = transport.input();
		this.active = active;
		this.turn = turn;
		this.decoder = decoder;
		this.undecoded = decoder.undecoded();
	}

	/** Receives a packet or, with a length above 0, that many bytes of a raw stream. */
	RecvResult recv(int length, Deadline deadline) {
		if (isOutOfPlace(length)) {
			return outOfPlace(length);
		}
		try {
			return this.turn.take(deadline) ? receiveInTurn(length, deadline) : withoutTurn();
		}
		finally {
			// If the socket was set active meanwhile, that waited for this receive.
			this.active.run();
		}
	}

	/** Who has the turn may be at it still, after a close. */
	private RecvResult withoutTurn() {
		return this.input.hasEnded() ? RecvResult.Closed.INSTANCE : RecvResult.TimedOut.INSTANCE;
	}

	private RecvResult receiveInTurn(int length, Deadline deadline) {
		try {
			return receive(length, deadline);
		}
		finally {
			this.undecoded.trimLarge();
			this.turn.giveUp();
		}
	}

	private RecvResult receive(int length, Deadline deadline) {
		if (isOutOfPlace(length)) {
			// Packet was set while this waited for its turn.
			return outOfPlace(length);
		}
		if (this.input.hasEnded()) {
			// Erlang drops what is left then.
			return RecvResult.Closed.INSTANCE;
		}
		DecodeResult decoded = decode(this.undecoded.bytes(), length);
		if (decoded instanceof More) {
			// Nothing is at hand: what this thread has sent meanwhile waits no longer.
			this.transport.pull();
		}
		while (decoded instanceof More more) {
			ByteBuffer buffer = this.input.borrowBuffer();
			ReadOutcome outcome;
			try {
				this.undecoded.limit(buffer, more);
				outcome = this.input.read(buffer, deadline);
				decoded = arrived(buffer.flip(), more, length);
			}
			finally {
				this.input.giveBack(buffer);
			}
			switch (outcome) {
				case ReadOutcome.Bytes() -> {
				}
				case ReadOutcome.Nothing() -> {
					this.undecoded.trim();
					if (!this.input.await(deadline, this.undecoded.expectsLarge(more))) {
						return RecvResult.TimedOut.INSTANCE;
					}
				}
				case ReadOutcome.Ended() -> {
					this.socket.peerEnded();
					return RecvResult.Closed.INSTANCE;
				}
				case ReadOutcome.Closed() -> {
					return RecvResult.Closed.INSTANCE;
				}
				case ReadOutcome.Failed(PosixError error, String detail) -> {
					this.socket.peerEnded();
					return this.socket.shows(error) ? new RecvResult.Failed(error, detail) : RecvResult.Closed.INSTANCE;
				}
			}
		}
		return result(decoded);
	}

	/**
	 * Whether it is bytes by number that are asked for, where packets have borders. What
	 * has ended is closed, whatever is asked for.
	 */
	private boolean isOutOfPlace(int length) {
		return length > 0 && this.socket.framing().options().packet().isFramed() && !this.input.hasEnded();
	}

	private RecvResult outOfPlace(int length) {
		String packet = this.socket.framing().options().packet().name();
		return new RecvResult.Failed(PosixError.EINVAL,
				"length is %d, but packet is %s: it must be 0".formatted(length, packet));
	}

	/**
	 * Decodes straight from what has just arrived, if nothing older is in front of it.
	 */
	private DecodeResult arrived(ByteBuffer buffer, More more, int length) {
		if (!buffer.hasRemaining()) {
			return more;
		}
		DecodeResult decoded = decode(this.undecoded.joined(buffer, UndecodedBytes.wanted(more)), length);
		this.undecoded.add(buffer, (decoded instanceof More next) ? UndecodedBytes.wanted(next) : 0);
		return decoded;
	}

	private DecodeResult decode(ByteBuffer bytes, int length) {
		try {
			return (length == 0) ? this.decoder.decode(bytes) : this.decoder.decode(bytes, length);
		}
		catch (RuntimeException | Error ex) {
			// A codec of the application's, most likely; what it has taken is unknown.
			return new Invalid("packets cannot be decoded: " + ex);
		}
	}

	/** Puts bytes in front of those that arrived and are no packet yet. */
	UnrecvResult unrecv(byte[] bytes) {
		try {
			boolean mine = this.turn.take(Deadline.INFINITE);
			return mine ? unrecvInTurn(bytes) : UnrecvResult.Busy.INSTANCE;
		}
		finally {
			// Also without the turn: active mode may have waited for this to take it.
			this.active.run();
		}
	}

	private UnrecvResult unrecvInTurn(byte[] bytes) {
		try {
			if (this.input.hasEnded()) {
				return UnrecvResult.Closed.INSTANCE;
			}
			this.undecoded.addFirst(bytes);
			this.socket.decodeAnew();
			return UnrecvResult.Unreceived.INSTANCE;
		}
		finally {
			this.turn.giveUp();
		}
	}

	private RecvResult result(DecodeResult decoded) {
		return switch (decoded) {
			case Packet packet -> {
				this.transport.received(this.undecoded.bytes().hasRemaining());
				yield new RecvResult.Received(packet);
			}
			case Invalid(String reason) -> {
				// The stream is out of step for good: nobody knows where a packet begins.
				this.socket.abort();
				yield new RecvResult.Failed(PosixError.EMSGSIZE, reason);
			}
			case More more -> throw new IllegalStateException("a packet is not complete: " + more);
		};
	}

}

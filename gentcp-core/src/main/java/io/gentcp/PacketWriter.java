package io.gentcp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

import io.gentcp.transport.Deadline;
import io.gentcp.transport.Packing;
import io.gentcp.transport.PosixError;
import io.gentcp.transport.Transport;
import io.gentcp.transport.Write;
import io.gentcp.transport.WriteOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Puts header and trailer around packets and turns what became of them into gen_tcp's
 * results. Owns the rest of a partial packet in gen_tcp's words; that nothing but the
 * rest follows a part is kept by the transport, under its one lock. Any thread may send.
 */
final class PacketWriter {

	private final TcpSocket socket;

	private final Transport transport;

	PacketWriter(TcpSocket socket, Transport transport) {
		this.socket = socket;
		this.transport = transport;
	}

	/** Sends, and waits; the payload is borrowed until then. */
	SendResult send(byte[] payload, Framing framing) {
		return send(framing.ofArrays(), payload, framing);
	}

	/** Sends, and waits; the payload is borrowed until then. */
	SendResult send(ByteBuffer payload, Framing framing) {
		return send(framing, payload, framing);
	}

	private <B> SendResult send(Packing<B> packing, B payload, Framing framing) {
		if (!framing.sendsAsItIs()) {
			return begin(packing.write(payload), framing.options().sendTimeout()).await();
		}
		WriteOutcome outcome = this.transport.offer(packing, payload);
		if (outcome != null) {
			return result(outcome, Deadline.INFINITE);
		}
		Write write = this.transport.begin(packing, payload);
		// Up to here nothing waits; most often nothing has to.
		return await(write, write.isHeld() ? Deadline.after(framing.options().sendTimeout()) : Deadline.INFINITE);
	}

	/** Sends what nobody has to wait for. */
	Optional<SendResult> trySend(ByteBuffer payload, Framing framing) {
		if (!framing.sendsAsItIs()) {
			return Optional.empty();
		}
		// Also where nothing is offered, what fits no packet is refused now.
		int unused = framing.size(payload);
		WriteOutcome outcome = this.transport.offer(framing, payload);
		return (outcome != null) ? Optional.of(result(outcome, Deadline.INFINITE)) : Optional.empty();
	}

	/** Begins to send; the payload is borrowed until the result is there. */
	PendingSend begin(ByteBuffer payload, Framing framing) {
		return begin(framing.write(payload), framing.options().sendTimeout());
	}

	/** Begins to send, and tells when the packet has got its place in line. */
	PendingSend begin(ByteBuffer payload, Framing framing, Consumer<PendingSend> inLine) {
		Write write = framing.write(payload);
		PendingSend send = new PendingSend(this, write, Deadline.after(framing.options().sendTimeout()));
		this.transport.begin(write.whenInLine(() -> inLine.accept(send)));
		return send;
	}

	private PendingSend begin(Write write, Duration timeout) {
		Deadline deadline = Deadline.after(timeout);
		this.transport.begin(write);
		return new PendingSend(this, write, deadline);
	}

	SendResult resume(RestData rest, Duration timeout) {
		SendResult result = begin(rest.claim(this.socket), timeout).await();
		if (result instanceof SendResult.Refused) {
			rest.release();
		}
		return result;
	}

	SendResult await(Write write, Deadline deadline) {
		return result(this.transport.await(write, deadline), deadline);
	}

	private SendResult result(WriteOutcome outcome, Deadline deadline) {
		return switch (outcome) {
			case WriteOutcome.Written() -> SendResult.Sent.INSTANCE;
			case WriteOutcome.Queued() -> SendResult.Sent.INSTANCE;
			case WriteOutcome.StillQueued(Write write) -> timedOutQueued(write, deadline);
			case WriteOutcome.QueueFull(long pending, long maxPending) -> new SendResult.QueueFull(pending, maxPending);
			case WriteOutcome.TimedOut(Write rest) -> timedOut(rest, deadline);
			case WriteOutcome.Refused(long bytesOut, long size) -> new SendResult.Refused(bytesOut, size);
			case WriteOutcome.Closed(long bytesOut) -> new SendResult.Closed(bytesOut);
			case WriteOutcome.Failed(PosixError error, long bytesOut) -> failed(error, bytesOut);
		};
	}

	private SendResult.Ended failed(PosixError error, long bytesOut) {
		boolean isHidden = error == PosixError.ECONNRESET && !this.socket.shows(error);
		return isHidden ? new SendResult.Closed(bytesOut) : new SendResult.Failed(error, bytesOut);
	}

	private SendResult timedOutQueued(Write write, Deadline deadline) {
		if (closes(deadline)) {
			this.socket.abort();
			return new SendResult.TimedOut(write.bytesOut());
		}
		return new SendResult.TimedOutQueued(new QueuedPacket(this, write));
	}

	private SendResult timedOut(Write rest, Deadline deadline) {
		if (closes(deadline)) {
			this.socket.abort();
			return new SendResult.TimedOut(rest.outBefore());
		}
		return new SendResult.TimedOutWithRest(new RestData(this.socket, rest));
	}

	/** An interrupt ends a wait earlier, and closes nothing. */
	private boolean closes(Deadline deadline) {
		return deadline.forThisThread().hasPassed() && this.socket.options().sendTimeoutClose();
	}

	/** Tells, on a virtual thread, how a write ended, or ends that is still queued. */
	void whenEnded(Write write, Consumer<SendResult.Ended> action) {
		Thread teller = Thread.ofVirtual()
			.name("gentcp-queued-packet")
			.unstarted(() -> action.accept(ended(write.outcome())));
		this.transport.whenSettled(write, teller::start);
	}

	private SendResult.Ended ended(@Nullable WriteOutcome outcome) {
		return switch (outcome) {
			case WriteOutcome.Written() -> SendResult.Sent.INSTANCE;
			case WriteOutcome.Closed(long bytesOut) -> new SendResult.Closed(bytesOut);
			case WriteOutcome.Failed(PosixError error, long bytesOut) -> failed(error, bytesOut);
			case null, default -> throw new IllegalStateException("a queued packet ended with " + outcome);
		};
	}

	boolean withdraw(Write write) {
		return this.transport.withdraw(write);
	}

}

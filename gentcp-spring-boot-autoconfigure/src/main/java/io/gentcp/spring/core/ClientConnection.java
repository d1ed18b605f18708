package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.gentcp.PendingSend;
import io.gentcp.RestData;
import io.gentcp.SendResult;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.transport.Deadline;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogMessage;

/**
 * One connection of a client, from when it is open to its end. Any thread may send; the
 * thread that runs {@link #receive} brings the replies and notices the end. Its state is
 * how it ended, which is decided once.
 */
final class ClientConnection {

	private static final Log logger = LogFactory.getLog(GenTcpTemplate.class);

	private final Client client;

	private final SharedConnection owner;

	private final TcpSocket socket;

	private final SendWaits waits;

	private final ReplyLine replies = new ReplyLine();

	private final PacketReceiver receiver;

	private final SendOutcomes outcomes;

	private final AtomicReference<@Nullable ConnectionEnd> end = new AtomicReference<>();

	/** The thread that runs a callback, which must not wait for itself. */
	private volatile @Nullable Thread inCallback;

	ClientConnection(Client client, SharedConnection owner, TcpSocket socket) {
		this.client = client;
		this.owner = owner;
		this.socket = socket;
		this.waits = new SendWaits(client.virtualThreads());
		this.receiver = new PacketReceiver(socket, this::arrived);
		this.outcomes = new SendOutcomes(client, this);
	}

	TcpSocket socket() {
		return this.socket;
	}

	/** Sends a packet, and waits until it is out or queued. */
	void send(ByteBuffer packet) {
		PendingSend send = this.socket.beginSend(packet);
		this.outcomes.check(this.waits.await(send), send.packetSize());
	}

	/** Begins to send a packet; whoever does {@link #check checks} what became of it. */
	PendingSend begin(ByteBuffer packet) {
		return this.socket.beginSend(packet);
	}

	/** Throws unless the packet is out or queued. */
	void check(SendResult result, long packetSize) {
		this.outcomes.check(result, packetSize);
	}

	/** Sends the rest of a packet, and waits until it is out. */
	void resume(RestData rest) {
		this.outcomes.checkResumed(this.waits.await(() -> this.socket.resume(rest)), rest.packetSize());
	}

	/** Sends a request, and waits for its reply. */
	Packet request(ByteBuffer packet) {
		checkNotInCallback();
		if (!this.replies.enter(Deadline.after(this.socket.options().sendTimeout()))) {
			throw this.client.failures().heldByCallback();
		}
		PendingReply reply = new PendingReply();
		PendingSend send = sendRequest(packet, reply);
		return switch (awaitReply(reply)) {
			case Reply.Arrived(Packet arrived) -> arrived;
			case Reply.Lost(ConnectionEnd end) -> throw this.client.failures().replyLost(end, send);
			case Reply.GivenUp() -> throw this.client.failures().replyTimedOut(send);
		};
	}

	private PendingSend sendRequest(ByteBuffer packet, PendingReply reply) {
		boolean sent = false;
		boolean partlyOut = false;
		try {
			PendingSend send = this.socket.beginSend(packet, (begun) -> this.replies.add(reply, begun));
			SendResult result = this.waits.await(send);
			partlyOut = !send.nothingSent();
			this.outcomes.check(result, send.packetSize());
			reply.out();
			sent = true;
			return send;
		}
		finally {
			if (partlyOut && !sent) {
				reply.out();
				giveUpSending(reply);
			}
			else if (!sent) {
				this.replies.leave(reply);
			}
		}
	}

	/** The rest may have been sent, and replied to, before this thread got here. */
	private void giveUpSending(PendingReply reply) {
		if (!giveUp(reply) && reply.ended() instanceof Reply.Arrived) {
			this.client.counters().lateReply();
		}
	}

	private Reply awaitReply(PendingReply reply) {
		Reply end = reply.await(Deadline.after(this.client.settings().replyTimeout()));
		return (end instanceof Reply.GivenUp && !giveUp(reply)) ? reply.ended() : end;
	}

	private boolean giveUp(PendingReply reply) {
		boolean givenUp = this.replies.giveUp(reply);
		if (this.replies.isInDoubt()) {
			end(ConnectionEnd.unanswered(ReplyLine.MOST_UNANSWERED));
		}
		return givenUp;
	}

	/** Lets a callback use the socket when nobody waits for a reply. */
	<T extends @Nullable Object> T execute(GenTcpCallback<T> callback) {
		checkNotInCallback();
		Deadline deadline = Deadline.after(this.client.settings().replyTimeout());
		if (!this.replies.awaitEmpty(deadline)) {
			throw this.client.failures().repliesOutstanding();
		}
		try {
			return executeAlone(callback, deadline);
		}
		finally {
			this.replies.reopen();
		}
	}

	private <T extends @Nullable Object> T executeAlone(GenTcpCallback<T> callback, Deadline deadline) {
		if (!this.receiver.pause(deadline)) {
			throw this.client.failures().repliesOutstanding();
		}
		try {
			return executeNow(callback);
		}
		finally {
			this.receiver.goOn();
		}
	}

	private <T extends @Nullable Object> T executeNow(GenTcpCallback<T> callback) {
		if (this.end.get() != null) {
			throw this.client.failures().closedBeforeCallback(whyClosed());
		}
		SocketOptions before = this.socket.options();
		this.inCallback = Thread.currentThread();
		try {
			return callback.doWithSocket(this.socket);
		}
		finally {
			this.inCallback = null;
			readAsBefore(before);
		}
	}

	/** Whoever receives next relies on what the client is set to. */
	@SuppressWarnings("ReferenceEquality") // every change makes other options
	private void readAsBefore(SocketOptions before) {
		if (this.socket.options() != before) {
			// Fails if the callback has closed it, which is all the same then.
			var unused = this.socket.setOptions((options) -> readAsBefore(options, before));
		}
	}

	private static SocketOptions readAsBefore(SocketOptions options, SocketOptions before) {
		SocketOptions read = options.active(before.active())
			.packetSize(before.packetSize())
			.lineDelimiter(before.lineDelimiter())
			.lineLength(before.lineLength())
			.header(before.header());
		// Setting it again, too, begins anew.
		return options.packet().equals(before.packet()) ? read : read.packet(before.packet());
	}

	private void checkNotInCallback() {
		if (this.inCallback == Thread.currentThread()) {
			throw this.client.failures().withinCallback();
		}
	}

	/** Receives until the connection ends. The calling thread is the connection's. */
	void receive() {
		ConnectionEnd end = ConnectionEnd.RECEIVER_BROKE;
		try {
			end = this.receiver.receiveAll();
		}
		finally {
			end(end);
		}
	}

	private void arrived(Packet packet) {
		this.client.counters().packetReceived();
		switch (this.replies.arrived(packet)) {
			case REPLY -> {
			}
			case LATE -> {
				this.client.counters().lateReply();
				logger.debug(LogMessage.format("%s: dropped the late reply to a request that was given up, %s",
						this.client.settings(), packet));
			}
			case UNCORRELATED -> {
				this.client.counters().uncorrelatedPacket();
				logger.debug(LogMessage.format("%s: dropped a packet that no request asked for, %s",
						this.client.settings(), packet));
			}
		}
	}

	/** Lets no new packets come; what has been sent may still be replied to. */
	void retire() {
		this.owner.retire(this);
	}

	/** Closes the connection, unless it has ended. Does not wait. */
	void end(ConnectionEnd end) {
		if (this.end.compareAndSet(null, end)) {
			logger.debug(LogMessage.format("%s: %s on %s", this.client.settings(), end.reason(), this.socket));
			this.socket.close(Duration.ZERO);
			// In this order: nobody gets in line once the socket is closed.
			this.replies.end(end);
			this.outcomes.ended();
			this.owner.ended(this);
		}
	}

	/** Returns whether the connection has ended. */
	boolean hasEnded() {
		return this.end.get() != null;
	}

	/** Returns why sending is no longer possible, in words. */
	String whyClosed() {
		ConnectionEnd end = this.end.get();
		return (end != null) ? end.reason() : ConnectionEnd.BY_PEER.reason();
	}

}

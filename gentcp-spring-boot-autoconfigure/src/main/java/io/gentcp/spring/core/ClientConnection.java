package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.util.Optional;

import io.gentcp.PendingSend;
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
 * One connection of a client: sends packets and requests, and lets callbacks use it. Any
 * thread may send; the thread that makes it and runs {@link #receive} brings the replies,
 * unless those who wait for them receive themselves, and notices the end.
 */
final class ClientConnection implements ConnectionKeeper, PacketReceiver.Listener {

	private static final Log logger = LogFactory.getLog(GenTcpTemplate.class);

	private final Client client;

	private final SharedConnection owner;

	private final GenTcpConnection connection;

	private final TcpSocket socket;

	private final ReplyLine replies = new ReplyLine();

	private final PacketReceiver receiver;

	/** What becomes of packets that no request asked for; null if they are dropped. */
	private final @Nullable UnaskedPackets unasked;

	/** The thread that opens it and then brings the replies: it cannot wait for one. */
	private final Thread thread = Thread.currentThread();

	/** The thread that runs a callback, which must not wait for itself. */
	private volatile @Nullable Thread inCallback;

	ClientConnection(Client client, SharedConnection owner, TcpSocket socket) {
		this.client = client;
		this.owner = owner;
		this.socket = socket;
		this.connection = client.connections().opened(socket, this);
		PacketHandler handler = owner.packetHandler();
		this.unasked = (handler != null) ? new UnaskedPackets(this.connection, client.virtualThreads(),
				new PacketHandling(client.connections(), this::unasked)) : null;
		// A handler may hold up whoever receives, for longer than that has to wait.
		this.receiver = new PacketReceiver(socket, this, handler == null);
	}

	/** Returns what sends on it. */
	GenTcpConnection connection() {
		return this.connection;
	}

	/** Sends a request, and waits for its reply. */
	Packet request(ByteBuffer packet) {
		checkNotInCallback();
		if (Thread.currentThread() == this.thread) {
			throw this.client.failures().withinListener();
		}
		if (!this.replies.enter(Deadline.after(this.socket.options().sendTimeout()))) {
			throw this.client.failures().heldByCallback();
		}
		PendingReply reply = new PendingReply();
		PendingSend send = sendRequest(packet, reply);
		return switch (awaitReply(reply)) {
			case Reply.Arrived(Packet arrived) -> arrived;
			case Reply.Lost(ConnectionEnd end) -> throw this.client.failures().replyLost(end, send);
			case Reply.GivenUp() ->
				throw this.client.failures().replyTimedOut(send, this.replies.isLateReplySince(reply));
		};
	}

	private PendingSend sendRequest(ByteBuffer packet, PendingReply reply) {
		boolean sent = false;
		boolean partlyOut = false;
		try {
			PendingSend send = this.connection.begin(packet, (begun) -> this.replies.add(reply, begun));
			SendResult result = this.connection.await(send);
			partlyOut = !send.nothingSent();
			this.connection.check(result, send.packetSize());
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
		Deadline deadline = Deadline.after(this.client.settings().replyTimeout());
		receiveWhile(reply, deadline);
		Reply end = reply.await(deadline);
		if (!(end instanceof Reply.GivenUp)) {
			return end;
		}
		if (!giveUp(reply)) {
			return reply.ended();
		}
		if (!Thread.currentThread().isInterrupted()) {
			endIfOutOfStep(reply);
		}
		return end;
	}

	private void endIfOutOfStep(PendingReply reply) {
		if (this.replies.isOutOfStepAfter(reply) && !this.connection.hasEnded()) {
			ConnectionEnd end = ConnectionEnd.outOfStep(ReplyLine.MOST_OUT_OF_STEP);
			logger.warn("GenTCP %s: %s".formatted(this.client.settings(), end.detail()));
			this.connection.end(end);
		}
	}

	/** Receives the reply on this thread, if that is possible. */
	private void receiveWhile(PendingReply reply, Deadline deadline) {
		Optional<ConnectionEnd> end = Optional.of(ConnectionEnd.RECEIVER_BROKE);
		try {
			end = this.receiver.receiveWhile(() -> !reply.hasEnded(), deadline);
		}
		finally {
			end.ifPresent(this.connection::end);
		}
	}

	private boolean giveUp(PendingReply reply) {
		boolean givenUp = this.replies.giveUp(reply);
		if (this.replies.isInDoubt()) {
			this.connection.end(ConnectionEnd.unanswered(ReplyLine.MOST_UNANSWERED));
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
		if (this.connection.hasEnded()) {
			throw this.client.failures().closedBeforeCallback(this.connection.whyClosed());
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
		LogContext log = LogContext.enter(this.connection);
		try {
			end = this.receiver.receiveAll();
		}
		finally {
			this.connection.end(end);
			log.close();
		}
	}

	@Override
	public boolean isAwaited() {
		return !this.replies.isEmpty();
	}

	@Override
	public void onPacket(Packet packet) {
		this.client.counters().packetReceived(packet);
		switch (this.replies.arrived(packet)) {
			case REPLY -> {
			}
			case LATE -> {
				this.client.counters().lateReply();
				logger.debug(LogMessage.format("%s: dropped the late reply to a request that was given up, %s",
						this.client.settings(), packet));
			}
			case UNCORRELATED -> unasked(packet);
		}
	}

	private void unasked(Packet packet) {
		if (this.unasked != null) {
			this.unasked.add(packet);
			return;
		}
		drop(packet);
	}

	/** Has a packet handled by whoever does by now. */
	private @Nullable ByteBuffer unasked(Packet packet, GenTcpConnection connection) throws Exception {
		PacketHandler handler = this.owner.packetHandler();
		if (handler == null) {
			drop(packet);
			return null;
		}
		return handler.onPacket(packet, connection);
	}

	private void drop(Packet packet) {
		this.client.counters().uncorrelatedPacket();
		logger.debug(LogMessage.format("%s: dropped a packet that no request asked for, %s", this.client.settings(),
				packet));
	}

	@Override
	public void retired() {
		this.owner.retire(this);
	}

	@Override
	public void ended(ConnectionEnd end) {
		this.replies.end(end);
		if (this.unasked != null) {
			this.unasked.ended();
		}
		this.owner.ended(this);
	}

}

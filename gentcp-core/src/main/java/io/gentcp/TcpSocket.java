package io.gentcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.net.SocketOption;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.gentcp.transport.Deadline;
import io.gentcp.transport.PendingOutput;
import io.gentcp.transport.PosixError;
import io.gentcp.transport.TlsSession;
import io.gentcp.transport.Transport;

/**
 * A connection: what {@code gen_tcp:connect} and {@code gen_tcp:accept} return. Any
 * thread may call any method. Calls that wait park the calling thread, so a virtual
 * thread costs no platform thread meanwhile; an interrupt ends a wait as its timeout
 * would, with the interrupt flag set, and never closes the connection or tears a packet.
 */
public final class TcpSocket implements AutoCloseable {

	private final GenTcp owner;

	private final Transport transport;

	private final PacketWriter writer;

	private final PacketReader reader;

	private final PacketDecoder decoder;

	private final Delivery delivery;

	private final ActiveLoop active;

	private final Monitors monitors = new Monitors();

	/** Changed under the lock of the delivery. */
	private volatile Framing framing;

	/** Whether the end of the peer's stream closed this side. */
	private volatile boolean exited;

	/** Whether this side was closed by whoever has it. */
	private volatile boolean closed;

	TcpSocket(GenTcp owner, Transport transport, SocketOptions options) {
		this.owner = owner;
		this.transport = transport;
		this.framing = Framing.of(options);
		this.writer = new PacketWriter(this, transport);
		this.delivery = new Delivery(this);
		Turn turn = new Turn();
		this.decoder = new PacketDecoder(this);
		this.active = new ActiveLoop(this, transport, this.delivery, turn, this.decoder);
		this.reader = new PacketReader(this, transport, this.active, turn, this.decoder);
	}

	/**
	 * Begins active mode as the options say; packets may be delivered before it returns.
	 */
	void begin() {
		SocketOptions options = this.framing.options();
		this.delivery.begin(options);
		this.active.run();
	}

	/**
	 * Sends a packet: {@code gen_tcp:send/2}. On the socket backend it waits until every
	 * byte is out; on the inet backend, until what is not out is queued and the queue has
	 * room. At the latest it waits until {@code send_timeout}; senders are served first
	 * come, first served, and waiting for others counts. On return the array is the
	 * caller's again.
	 * @param payload the packet without the header, which its packet type adds
	 * @throws IllegalArgumentException if the packet type cannot carry the payload
	 */
	public SendResult send(byte[] payload) {
		return this.writer.send(payload, this.framing);
	}

	/**
	 * Sends the bytes between position and limit, which do not move, as a packet.
	 * @see #send(byte[])
	 */
	public SendResult send(ByteBuffer payload) {
		return this.writer.send(payload, this.framing);
	}

	/**
	 * Sends a packet if its sender need not wait for anything, which only the inet
	 * backend can promise: while it queues less than the high watermark. Does not wait,
	 * whatever {@code send_timeout} is; on return the array is the caller's again.
	 * @param payload the bytes between position and limit, which do not move
	 * @return what became of it; empty if nothing was begun, because it may have to wait:
	 * then {@link #beginSend begin} it
	 * @throws IllegalArgumentException if the packet type cannot carry the payload
	 */
	public Optional<SendResult> trySend(ByteBuffer payload) {
		return this.writer.trySend(payload, this.framing);
	}

	/** Returns how many bytes a packet of this payload has with its header. */
	public long packetSize(ByteBuffer payload) {
		Framing framing = this.framing;
		return framing.size(framing.codec().encode(payload));
	}

	/**
	 * Puts a packet in line and writes what the kernel takes now, without waiting. A
	 * thread that has received a packet, and has bytes of a further one at hand, or is in
	 * a delivery, may begin many packets that go out by one call: before it looks for
	 * more, when it {@link PendingSend#await awaits} one, at {@link #flush}, and in any
	 * case within some two milliseconds. The send timeout runs from here. The bytes are
	 * borrowed until the result is there.
	 * @param payload the bytes between position and limit, which do not move
	 * @return the send, to be {@link PendingSend#await awaited}
	 * @throws IllegalArgumentException if the packet type cannot carry the payload
	 */
	public PendingSend beginSend(ByteBuffer payload) {
		return this.writer.begin(payload, this.framing);
	}

	/**
	 * Puts a packet in line, and tells when it has got its place: for the packets of
	 * several senders in the order in which they go out, which is what matching replies
	 * to requests takes.
	 * @param inLine runs on this thread, at most once, before the packet can go out, with
	 * the send that this method returns. It holds up other senders, so it must be brief,
	 * and it must not call this socket or wait for the send. It does not run if the
	 * packet gets no place because the socket is closed or a partial packet is in the way
	 * @see #beginSend(ByteBuffer)
	 */
	public PendingSend beginSend(ByteBuffer payload, Consumer<PendingSend> inLine) {
		return this.writer.begin(payload, this.framing, inLine);
	}

	/**
	 * Writes what waits for further packets to go out with them, as far as the kernel
	 * takes it now. It would go out by itself, soon. Does not wait.
	 */
	public void flush() {
		this.transport.pull();
	}

	/**
	 * Sends the rest of a packet, within {@code send_timeout}: what gen_tcp's manual does
	 * by setting {@code packet} to raw, sending the rest and setting {@code packet} back,
	 * without the gap in which another sender could slip in. The rest of a packet of
	 * which a part is out goes before everything else. Waits as {@link #send} does; at
	 * another timeout there is a new rest.
	 * @throws IllegalArgumentException if the rest is another socket's or was resumed
	 * before
	 */
	public SendResult resume(RestData rest) {
		return resume(rest, this.framing.options().sendTimeout());
	}

	/**
	 * Sends the rest of a packet within a time of its own.
	 * @see #resume(RestData)
	 */
	public SendResult resume(RestData rest, Duration timeout) {
		return this.writer.resume(rest, timeout);
	}

	/**
	 * Receives the next packet, without a timeout; of a raw stream, whatever is there, at
	 * least one byte: {@code gen_tcp:recv(Socket, 0)}.
	 */
	public RecvResult recv() {
		return recv(0, SocketOptions.INFINITY);
	}

	/**
	 * Receives the next packet: {@code gen_tcp:recv(Socket, 0, Timeout)}. With a timeout
	 * of zero it only looks at what has arrived.
	 */
	public RecvResult recv(Duration timeout) {
		return recv(0, timeout);
	}

	/**
	 * Receives exactly this many bytes of a raw stream: {@code gen_tcp:recv/3}. Waits
	 * until they are there, at the latest until the timeout; bytes that came by then are
	 * kept for the next call. Receivers are served first come, first served. Fails with
	 * {@code einval} while {@code active} is anything but false; a receive that waits
	 * when it is set gets the next packet before the controlling process does.
	 * @param length the number of bytes; 0 for the next packet or whatever is there. More
	 * than 0 fails with {@code einval} unless {@code packet} is raw
	 */
	public RecvResult recv(int length, Duration timeout) {
		if (length < 0) {
			throw new IllegalArgumentException("length is %d; it must be 0 or more".formatted(length));
		}
		if (this.delivery.isArmed() && isOpen()) {
			return new RecvResult.Failed(PosixError.EINVAL,
					"active is %s: packets are delivered, not received".formatted(this.delivery.mode()));
		}
		// Within a delivery it is the turn of whoever delivers: this very thread.
		boolean waits = !this.delivery.isHeldByThisThread();
		return this.reader.recv(length, Deadline.after(waits ? timeout : Duration.ZERO));
	}

	/**
	 * Puts bytes in front of those that are still to be received:
	 * {@code gen_tcp:unrecv/2}, on both backends. Waits for another thread that receives.
	 * Not from within a delivery.
	 */
	public UnrecvResult unrecv(byte[] bytes) {
		return this.delivery.isHeldByThisThread() ? UnrecvResult.Busy.INSTANCE : this.reader.unrecv(bytes);
	}

	/** Has a new codec see the bytes at hand: others were put in front. */
	void decodeAnew() {
		this.delivery.lock();
		try {
			this.framing = this.framing.anew();
		}
		finally {
			this.delivery.unlock();
		}
	}

	/**
	 * Changes options of the live socket: {@code inet:setopts/2}. Packets sent or
	 * received from now on use the new ones; bytes that arrived and are no packet yet are
	 * read anew. Setting {@code packet} to raw gives up the rest of a partial packet: the
	 * caller knows what follows it. Fails with {@code einval}, and sets nothing, when
	 * closed, or if it changes what a socket is made with: the backend,
	 * {@code partialPackets}, {@code backlog}, {@code ip}, {@code port}, {@code family},
	 * {@code reuseaddr}, {@code reuseport} or {@code controllingProcess}. Does not wait;
	 * delivers what is there if the socket is active then.
	 * @throws IllegalStateException if it sets {@code active}, and the socket has no
	 * controlling process
	 */
	public SetOptionsResult setOptions(UnaryOperator<SocketOptions> change) {
		this.delivery.lock();
		try {
			return set(change.apply(options()));
		}
		catch (ClosedChannelException ex) {
			return new SetOptionsResult.Failed(PosixError.EINVAL);
		}
		catch (IOException ex) {
			return new SetOptionsResult.Failed(PosixError.of(ex));
		}
		finally {
			this.delivery.unlock();
			this.active.run();
		}
	}

	/** Everything or nothing, as the inet backend does. */
	@SuppressWarnings("ReferenceEquality") // setting a count again adds to it
	private SetOptionsResult set(SocketOptions wanted) throws IOException {
		ActiveMode mode = wanted.active();
		boolean setsActive = mode != this.delivery.mode();
		if (setsActive && !this.delivery.allows(mode)) {
			return new SetOptionsResult.Failed(PosixError.EINVAL);
		}
		if (!hasOptions() || wanted.changesWhatIsFixed(options())) {
			return new SetOptionsResult.Failed(PosixError.EINVAL);
		}
		// Before anything is set: an application's packet type may refuse the limits.
		Framing framing = this.framing.with(wanted);
		if (isOpen() && !wanted.transportOptions().equals(this.framing.options().transportOptions())) {
			this.transport.configure(wanted.transportOptions());
		}
		boolean setsPacket = wanted.packets().setsType(this.framing.options().packets());
		this.framing = framing;
		if (setsPacket && !wanted.packet().isFramed()) {
			this.transport.mend();
		}
		if (setsActive) {
			this.delivery.set(mode);
		}
		return new SetOptionsResult.Set();
	}

	/**
	 * Sets {@code active} alone: {@code inet:setopts(Socket, [{active, Mode}])}, for
	 * whoever sets it for every packet. Does not wait; delivers what is there, on this
	 * thread, and leaves it to the poller to go on. Fails with {@code einval} if a count
	 * becomes too large, after {@link SocketMessage.Closed}, and when closed.
	 * @throws IllegalStateException if the socket has no controlling process
	 */
	public SetOptionsResult active(ActiveMode mode) {
		this.delivery.lock();
		try {
			if (!hasOptions() || !this.delivery.allows(mode)) {
				return new SetOptionsResult.Failed(PosixError.EINVAL);
			}
			this.delivery.set(mode);
			return new SetOptionsResult.Set();
		}
		finally {
			this.delivery.unlock();
			this.active.run();
		}
	}

	/**
	 * Gives a socket that has no controlling process its first one; it is passive until
	 * {@code active} is set, which the process may do as soon as it is told. Does not
	 * wait.
	 */
	public ControllingProcessResult controllingProcess(ControllingProcess first) {
		try {
			return this.delivery.begin(first);
		}
		finally {
			this.active.run();
		}
	}

	/**
	 * Hands the socket over to another process: {@code gen_tcp:controlling_process/2}.
	 * Messages that nobody has received move in order, in front of all that are still to
	 * come; the active mode stays, a count included. Does not wait.
	 * @param from the process that controls the socket now
	 */
	public ControllingProcessResult controllingProcess(ControllingProcess from, ControllingProcess to) {
		try {
			return this.delivery.handOver(from, to);
		}
		finally {
			this.active.run();
		}
	}

	/**
	 * Returns the options: {@code inet:getopts/2}; {@code active} as it is now, with what
	 * is left of a count.
	 */
	public SocketOptions options() {
		SocketOptions options = this.framing.options();
		return this.delivery.process()
			.map((process) -> options.controllingProcess(process).active(this.delivery.mode()))
			.orElse(options);
	}

	/**
	 * Returns options by Erlang's names: {@code inet:getopts/2}. What the kernel keeps is
	 * asked of the kernel, so {@code sndbuf} is what it made of the one that was set.
	 * Fails with {@code einval} when closed.
	 * @throws IllegalArgumentException if there is no such option, or Java cannot have it
	 */
	public GetOptionsResult getOptions(String... names) {
		if (!hasOptions()) {
			return new GetOptionsResult.Failed(PosixError.EINVAL);
		}
		SocketOptions options = options();
		Map<String, Object> values = new LinkedHashMap<>();
		try {
			for (String name : names) {
				NamedOptions.NamedOption option = NamedOptions.of(name);
				Object set = option.get().apply(options);
				Optional<SocketOption<?>> kernel = option.kernel();
				boolean asks = kernel.isPresent() && isOpen();
				values.put(name, asks ? this.transport.option(kernel.get(), set) : set);
			}
		}
		catch (IOException ex) {
			return new GetOptionsResult.Failed(PosixError.EINVAL);
		}
		return new GetOptionsResult.Got(values);
	}

	Framing framing() {
		return this.framing;
	}

	/**
	 * Ends one or both halves of the connection: {@code gen_tcp:shutdown/2}. Ending ours
	 * lets the peer read the end of the stream behind what is out or queued; on the
	 * socket backend, a send that is waiting ends as closed. Ending the peer's ends a
	 * receive that is waiting, closes the stream for a controlling process, and drops
	 * what was not received. Does not wait.
	 */
	public void shutdown(Direction direction) {
		if (direction != Direction.READ) {
			this.transport.shutdownOutput();
		}
		if (direction != Direction.WRITE) {
			this.transport.input().shutdown();
			this.active.run();
		}
	}

	/**
	 * Closes the connection: {@code gen_tcp:close/1}. What is out is still delivered,
	 * unless {@code linger} is 0; sends and receives that wait end as closed. A
	 * controlling process is told nothing. Closing again does nothing.
	 * <p>
	 * On the socket backend it does not wait. On the inet backend it waits for what is
	 * queued: as long as some of it gets out within 5 seconds, at most 180 seconds; or,
	 * with {@code linger}, at most that long. After that, or after an interrupt, the rest
	 * goes out in the background.
	 */
	@Override
	public void close() {
		beginClose();
		this.transport.awaitClosed();
	}

	/**
	 * Closes the connection, and waits at most this long for what is queued; the rest of
	 * it goes out in the background. With zero it does not wait.
	 * @see #close()
	 */
	public void close(Duration timeout) {
		beginClose();
		this.transport.awaitClosed(timeout);
	}

	private void beginClose() {
		this.closed = true;
		this.transport.close();
		tellClosed();
	}

	/** A process has thrown what it got from here: it is dead, if it is the one still. */
	void processDied(ControllingProcess process) {
		this.delivery.died(process);
	}

	/** The calling thread, and no other at a time, handles what comes from here. */
	void handledHere() {
		this.transport.input().handledHere();
	}

	/** The end of the peer's stream, or a reset, was noticed: {@code exit_on_close}. */
	void peerEnded() {
		// What this side has closed before may still bring out what is queued.
		if (isOpen() && this.framing.options().exitOnClose()) {
			this.exited = true;
			if (this.transport.abortIfOpen()) {
				tellClosed();
			}
		}
	}

	/**
	 * Whether this socket is not closed in Erlang's sense: one whose connection is gone
	 * because the peer ended it has options until somebody closes it, and can be set
	 * active to be told of the end.
	 */
	boolean hasOptions() {
		return isOpen() || (this.exited && !this.closed && !this.delivery.hasEnded());
	}

	/** Whether an error is told as what it is, and not as closed. */
	boolean shows(PosixError error) {
		return error.isAlwaysShown() || (error == PosixError.ECONNRESET && this.framing.options().showEconnreset());
	}

	/** Closes the connection and forgets what is queued. */
	void abort() {
		this.transport.abort();
		tellClosed();
	}

	/** The same, and has the reason told before the end. */
	void abort(Runnable reason) {
		this.transport.abort();
		reason.run();
		tellClosed();
	}

	private void tellClosed() {
		this.owner.closed(this);
		this.delivery.closed();
		this.monitors.closed(this);
	}

	/**
	 * Has somebody told when this side is closed: {@code inet:monitor/1}. It is told
	 * once, by the thread that closes, or at once if the socket is closed already; so it
	 * must be brief. What it throws goes to the thread's handler of uncaught exceptions.
	 */
	public SocketMonitor monitor(Consumer<TcpSocket> down) {
		SocketMonitor monitor = new SocketMonitor(this.monitors, down);
		if (!this.monitors.add(monitor)) {
			monitor.tell(this);
		}
		return monitor;
	}

	/** Returns whether this side has not closed the connection. */
	public boolean isOpen() {
		return this.transport.isOpen();
	}

	/**
	 * Returns what went over the connection by now: {@code inet:getstat/1}. Does not
	 * wait; works on a closed socket too.
	 */
	public SocketStats stats() {
		return new SocketStats(this.decoder.received(), this.transport.sent(), this.transport.pending().queued());
	}

	/**
	 * Returns how many bytes are out, headers included: {@code send_oct} without what is
	 * queued, was taken back or was lost. Does not wait; works on a closed socket too.
	 */
	public long bytesOut() {
		return this.transport.bytesOut();
	}

	/** Returns what is not out though no sender waits for it. */
	PendingOutput pending() {
		return this.transport.pending();
	}

	/** Returns all there is to say of it now: {@code inet:info/1}. Does not wait. */
	public SocketInfo info() {
		return SocketInfo.of(this);
	}

	/**
	 * Returns our port: {@code inet:port/1}.
	 * @throws IllegalStateException if this is a local socket, which has a path instead
	 */
	public int port() {
		return portOf(localAddress());
	}

	static int portOf(SocketAddress address) {
		if (address instanceof InetSocketAddress inet) {
			return inet.getPort();
		}
		throw new IllegalStateException("a local socket has no port; its address is '%s'".formatted(address));
	}

	/**
	 * Returns our address: {@code inet:sockname/1}. A local socket has a path, which is
	 * empty where nobody gave it one.
	 */
	public SocketAddress localAddress() {
		return this.transport.localAddress();
	}

	/** Returns the peer's address: {@code inet:peername/1}. */
	public SocketAddress peerAddress() {
		return this.transport.peerAddress();
	}

	/**
	 * Returns what was agreed on with the peer, if the connection is encrypted:
	 * {@code ssl:connection_information/1} and {@code ssl:peercert/1}.
	 */
	public Optional<TlsSession> tlsSession() {
		return this.transport.tlsSession();
	}

	/** Shows both addresses: {@code TcpSocket[/127.0.0.1:40112 -> /127.0.0.1:4000]}. */
	@Override
	public String toString() {
		return "TcpSocket[%s -> %s]".formatted(localAddress(), peerAddress());
	}

}

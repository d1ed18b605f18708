package io.gentcp.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * The inet backend, {@code {inet_backend, inet}}: what the kernel does not take is queued
 * and written in the background, also after close.
 */
final class InetTransport implements Transport, Watch.Owner {

	/** Without a byte out for so long, close goes on in the background. */
	private static final Duration CLOSE_IDLE = Duration.ofSeconds(5);

	/** And after so long in any case. */
	private static final Duration CLOSE_LONGEST = Duration.ofMinutes(3);

	private final SocketChannel channel;

	private final Engine engine;

	private final Wire wire;

	private final Watch watch;

	private final SendQueue queue;

	private final Writer writer;

	private final Input input;

	private final Ends ends;

	private final AtomicBoolean open = new AtomicBoolean(true);

	/** Counted down when the channel is closed. */
	private final CountDownLatch closed = new CountDownLatch(1);

	/** Seconds close waits for the queue, 0 to reset, -1 for as long as close does. */
	private volatile int linger;

	private volatile boolean delaySend;

	InetTransport(SocketChannel channel, Wire wire, Poller poller, Engine engine, TransportOptions options)
			throws IOException {
		this.channel = channel;
		this.engine = engine;
		this.wire = wire;
		this.ends = Ends.of(channel);
		this.linger = options.channel().linger();
		this.delaySend = options.delaySend();
		this.watch = new Watch(poller, this);
		Company company = new Company();
		this.queue = engine.queue(new DriverQueue(options.watermarks()), company);
		this.input = new Input(this.wire, engine, this.watch, company);
		this.writer = new Writer(this.wire, this.queue, engine, this.watch, this.input);
		this.watch.start(channel);
	}

	@Override
	public <B> @Nullable WriteOutcome offer(Packing<B> packing, B body) {
		return this.writer.offer(packing, body, this.delaySend);
	}

	@Override
	public void received(boolean moreAtHand) {
		this.queue.received(moreAtHand);
	}

	@Override
	public void pull() {
		this.writer.pull();
	}

	@Override
	public void begin(Write write) {
		if (this.delaySend) {
			this.writer.queueForPoller(write);
		}
		else {
			this.writer.queue(write);
		}
	}

	@Override
	public <B> Write begin(Packing<B> packing, B body) {
		Write write = packing.write(body, this.engine.writes());
		begin(write);
		return write;
	}

	@Override
	public WriteOutcome await(Write write, Deadline deadline) {
		return this.writer.await(write, deadline);
	}

	@Override
	public void whenSettled(Write write, Runnable action) {
		this.queue.whenSettled(write, action);
	}

	@Override
	public boolean withdraw(Write write) {
		return this.queue.withdraw(write);
	}

	@Override
	public void mend() {
		// A packet stays queued until all of it is out, so none is ever torn.
	}

	@Override
	public Input input() {
		return this.input;
	}

	@Override
	public void shutdownOutput() {
		this.writer.shutdownOutputLast();
	}

	@Override
	public void close() {
		if (this.linger == 0) {
			abort();
		}
		else if (this.open.compareAndSet(true, false)) {
			this.input.close();
			this.engine.lingering().add(this);
			this.writer.close(this::release);
			if (this.closed.getCount() == 0) {
				// An abort came in between: nobody else would.
				this.engine.lingering().remove(this);
			}
		}
	}

	@Override
	public void awaitClosed() {
		int seconds = this.linger;
		if (seconds > 0) {
			awaitClosed(Duration.ofSeconds(seconds));
		}
		else {
			awaitClosed(CLOSE_IDLE, CLOSE_LONGEST);
		}
	}

	@Override
	public void awaitClosed(Duration timeout) {
		awaitClosed(timeout, timeout);
	}

	private void awaitClosed(Duration idle, Duration most) {
		// A poller must not wait: it is who brings out what is queued.
		if (this.closed.getCount() > 0 && !Poller.isCurrentThread()) {
			Lingering.await(this, idle, most);
		}
	}

	@Override
	public void abort() {
		pullUnlessReset();
		this.open.set(false);
		end();
	}

	@Override
	public boolean abortIfOpen() {
		pullUnlessReset();
		boolean wasOpen = this.open.compareAndSet(true, false);
		if (wasOpen) {
			end();
		}
		return wasOpen;
	}

	/** The kernel was not asked yet: what it takes is out. */
	private void pullUnlessReset() {
		if (this.linger != 0) {
			this.writer.pull();
		}
	}

	private void end() {
		this.queue.end(WriteEnd.CLOSED);
		this.input.close();
		release();
	}

	/** Lets go of the channel. */
	private void release() {
		try {
			this.wire.close();
		}
		catch (IOException ex) {
			// The kernel lets go of the connection whatever it says about it.
		}
		this.watch.release();
		this.closed.countDown();
		this.engine.lingering().remove(this);
	}

	/** Waits until the channel is closed; returns whether it is. */
	boolean isClosedWithin(Duration most) throws InterruptedException {
		return this.closed.await(most.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public long bytesOut() {
		return this.queue.bytesOut();
	}

	@Override
	public boolean isOpen() {
		return this.open.get();
	}

	@Override
	public void configure(TransportOptions options) throws IOException {
		if (!isOpen()) {
			throw new ClosedChannelException();
		}
		options.channel().changeOn(this.channel);
		this.linger = options.channel().linger();
		this.delaySend = options.delaySend();
		this.queue.configure(options.watermarks());
	}

	@Override
	public PacketCount.Snapshot sent() {
		return this.queue.sent();
	}

	@Override
	public PendingOutput pending() {
		return this.queue.pending();
	}

	@Override
	public Object option(SocketOption<?> option, Object otherwise) throws IOException {
		return ChannelOptions.read(this.channel, option, otherwise);
	}

	@Override
	public Optional<TlsSession> tlsSession() {
		return this.wire.tlsSession();
	}

	@Override
	public SocketAddress localAddress() {
		return this.ends.local();
	}

	@Override
	public SocketAddress peerAddress() {
		return this.ends.peer();
	}

	@Override
	public boolean readForWaiter() {
		return this.input.readForWaiter();
	}

	@Override
	public void onReadable() {
		this.input.onReadable();
	}

	@Override
	public void onWritable() {
		this.writer.onWritable();
	}

	@Override
	public boolean onTick() {
		return this.writer.tick();
	}

	@Override
	public boolean wantsTick() {
		return this.queue.wantsTick();
	}

	@Override
	public void onFailure(Throwable failure) {
		this.queue.end(WriteEnd.FAILED);
		release();
		this.input.fail(failure);
	}

}

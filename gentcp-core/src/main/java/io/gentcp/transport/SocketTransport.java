package io.gentcp.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * The socket backend, {@code {inet_backend, socket}}: the sender waits until every byte
 * is out, and what is not out at its deadline is its own again.
 */
final class SocketTransport implements Transport, Watch.Owner {

	private final SocketChannel channel;

	private final Wire wire;

	private final Watch watch;

	private final TornPacket torn;

	private final SendQueue queue;

	private final Writer writer;

	private final Input input;

	private final Ends ends;

	private final AtomicBoolean open = new AtomicBoolean(true);

	SocketTransport(SocketChannel channel, Wire wire, Poller poller, Engine engine, TransportOptions options)
			throws IOException {
		this.channel = channel;
		this.wire = wire;
		this.ends = Ends.of(channel);
		this.watch = new Watch(poller, this);
		this.torn = new TornPacket(options.waitBehindTorn());
		Company company = new Company();
		this.queue = engine.queue(this.torn, company);
		this.input = new Input(this.wire, engine, this.watch, company);
		this.writer = new Writer(this.wire, this.queue, engine, this.watch, this.input);
		this.watch.start(channel);
	}

	/** Every sender waits for its own bytes. */
	@Override
	public <B> @Nullable WriteOutcome offer(Packing<B> packing, B body) {
		return null;
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
		this.writer.beginCorked(write);
	}

	@Override
	public <B> Write begin(Packing<B> packing, B body) {
		return this.writer.begin(packing, body);
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
		this.queue.mend();
	}

	@Override
	public Input input() {
		return this.input;
	}

	@Override
	public void shutdownOutput() {
		pull();
		this.writer.shutdownOutput();
	}

	@Override
	public void close() {
		boolean unused = abortIfOpen();
	}

	@Override
	public void awaitClosed() {
		// Nothing is queued.
	}

	@Override
	public void awaitClosed(Duration timeout) {
		// Nothing is queued.
	}

	@Override
	public void abort() {
		close();
	}

	@Override
	public boolean abortIfOpen() {
		// The kernel was not asked yet: what it takes is out.
		pull();
		boolean wasOpen = this.open.compareAndSet(true, false);
		if (wasOpen) {
			end();
		}
		return wasOpen;
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
	}

	@Override
	public boolean isOpen() {
		return this.open.get();
	}

	@Override
	public void configure(TransportOptions options) throws IOException {
		options.channel().changeOn(this.channel);
		this.torn.waitBehind(options.waitBehindTorn());
	}

	@Override
	public PacketCount.Snapshot sent() {
		return this.queue.sent();
	}

	@Override
	public long bytesOut() {
		return this.queue.bytesOut();
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

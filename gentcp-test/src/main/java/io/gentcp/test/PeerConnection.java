package io.gentcp.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLContext;

import io.gentcp.test.Step.Close;
import io.gentcp.test.Step.HalfClose;
import io.gentcp.test.Step.Pause;
import io.gentcp.test.Step.Read;
import io.gentcp.test.Step.Reading;
import io.gentcp.test.Step.Reset;
import io.gentcp.test.Step.Send;

/**
 * One connection of a peer. It starts stalled, not one byte is read, until its script or
 * the test says otherwise.
 * <p>
 * Its script is performed in order by a thread of the connection; {@link #play} adds to
 * it. {@link #perform} and the methods named after steps are for the test: they do the
 * step at once, whatever the script is at, in the calling thread, and return when it is
 * done. What the connection receives is taken by another thread of its own and can be
 * asked for at any time.
 * <p>
 * Every method may be called by any thread. There is no lock here; the two halves and the
 * script each have their own.
 */
public final class PeerConnection implements AutoCloseable {

	private final Link link;

	private final InetSocketAddress localAddress;

	private final InetSocketAddress remoteAddress;

	private final Inbound inbound;

	private final Outbound outbound;

	private final Script script;

	private PeerConnection(SocketChannel channel, Link link, PeerOptions options) throws IOException {
		this.link = link;
		this.localAddress = (InetSocketAddress) channel.getLocalAddress();
		this.remoteAddress = (InetSocketAddress) channel.getRemoteAddress();
		this.inbound = new Inbound(this.link, options.discard());
		this.outbound = new Outbound(this.link);
		this.script = new Script("gentcp-peer-script-" + ports(), (step) -> perform(step, Deadline.NEVER));
	}

	/**
	 * Takes over a channel that was accepted; closes it if that fails. Blocks for the
	 * handshake of TLS.
	 */
	static PeerConnection accepted(SocketChannel channel, PeerOptions options) throws IOException {
		return over(channel, options, false);
	}

	/**
	 * Takes over a channel that has connected; closes it if that fails. Blocks for the
	 * handshake of TLS.
	 */
	static PeerConnection connected(SocketChannel channel, PeerOptions options) throws IOException {
		return over(channel, options, true);
	}

	private static PeerConnection over(SocketChannel channel, PeerOptions options, boolean client) throws IOException {
		try {
			channel.configureBlocking(false);
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			PlainLink plain = new PlainLink(channel);
			Optional<SSLContext> tls = options.tls();
			return new PeerConnection(channel, tls.isPresent() ? TlsLink.over(plain, tls.get(), client) : plain,
					options);
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	/**
	 * Does the reading steps at the script's head that are done at once, and leaves the
	 * others to the script's thread: how the connection reads at first is settled before
	 * anybody has it. Does not block.
	 */
	PeerConnection begin(List<Step> steps) {
		int done = 0;
		while (done < steps.size() && steps.get(done) instanceof Reading reading && !(reading instanceof Read)) {
			this.inbound.read(reading);
			done++;
		}
		Thread.ofPlatform().daemon().name("gentcp-peer-reader-" + ports()).start(this.inbound);
		this.script.play(steps.subList(done, steps.size()));
		return this;
	}

	/**
	 * Adds steps to the end of the script. Does not block.
	 * @param steps what to do after all earlier steps are done
	 * @throws IllegalStateException if the connection is closed or a step has failed
	 */
	public void play(Step... steps) {
		this.script.play(List.of(steps));
	}

	/**
	 * Does one step now, in the calling thread, and returns when it is done. Blocks ten
	 * seconds at most.
	 * @param step what to do
	 * @throws AssertionError if the step is not done in time
	 * @throws UncheckedIOException if the connection is broken or closed
	 */
	public void perform(Step step) {
		perform(step, ScriptedPeer.PATIENCE);
	}

	/**
	 * Does one step now, in the calling thread, and returns when it is done.
	 * @param step what to do
	 * @param timeout how long it may take
	 * @throws AssertionError if the step is not done in time
	 * @throws UncheckedIOException if the connection is broken or closed
	 */
	public void perform(Step step, Duration timeout) {
		perform(step, Deadline.after(timeout));
	}

	private void perform(Step step, Deadline deadline) {
		try {
			switch (step) {
				case Read read -> {
					long count = this.inbound.read(read);
					awaitReceived(count, deadline);
				}
				case Reading reading -> this.inbound.read(reading);
				case Send send -> this.outbound.send(send, deadline);
				case Pause(Duration duration) -> this.outbound.pause(duration, deadline);
				case HalfClose() -> this.link.halfClose();
				case Reset() -> {
					this.link.resetOnClose();
					end();
				}
				case Close() -> end();
			}
		}
		catch (ClosedChannelException ex) {
			throw new UncheckedIOException(step + " found the connection closed by this peer", ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(step + " found the connection broken: " + ex.getMessage(), ex);
		}
	}

	/**
	 * The link comes last: while a selector knows the channel, its close would be put
	 * off.
	 */
	private void end() throws IOException {
		this.script.close();
		this.inbound.close();
		this.outbound.close();
		this.link.close();
	}

	/**
	 * Reads exactly this many bytes more, then stalls; returns when they have come.
	 * @param count how many bytes, at least 1
	 * @throws AssertionError if they do not come within ten seconds
	 */
	public void read(long count) {
		perform(Step.read(count));
	}

	/**
	 * Reads whatever comes from now on. Does not block.
	 */
	public void readAll() {
		perform(Step.readAll());
	}

	/**
	 * Reads nothing more. Does not block; when it returns, not one byte more is taken.
	 */
	public void stall() {
		perform(Step.stall());
	}

	/**
	 * Reads slowly from now on. Does not block.
	 * @param count how many bytes at a time, at least 1
	 * @param pace how long to read nothing after them
	 */
	public void trickle(int count, Duration pace) {
		perform(Step.trickle(count, pace));
	}

	/**
	 * Sends these bytes; returns when this host's kernel has them.
	 * @param bytes what to send
	 * @throws AssertionError if the other side does not make room for them within ten
	 * seconds
	 * @throws UncheckedIOException if the connection is broken or closed
	 */
	public void send(byte[] bytes) {
		perform(Step.send(bytes));
	}

	/**
	 * Sends the end of the stream; reading goes on as it was. Does not block.
	 * @throws UncheckedIOException if the connection is broken or closed
	 */
	public void halfClose() {
		perform(Step.halfClose());
	}

	/**
	 * Resets the connection. Does not block.
	 * @throws UncheckedIOException if the connection is closed
	 */
	public void reset() {
		perform(Step.reset());
	}

	/**
	 * Closes the connection, drops what is left of its script and ends its threads. Does
	 * not block. Closing again does nothing.
	 *
	 * @see Step.Close
	 */
	@Override
	public void close() {
		perform(Step.close());
	}

	/**
	 * Returns how many bytes were received so far.
	 * @return the count
	 */
	public long receivedCount() {
		return this.inbound.count();
	}

	/**
	 * Returns everything received so far.
	 * @return a copy
	 * @throws IllegalStateException if the peer discards what it receives
	 */
	public byte[] received() {
		return this.inbound.bytes();
	}

	/**
	 * Returns the CRC-32C of everything received so far, as {@link java.util.zip.CRC32C}
	 * computes it.
	 * @return the checksum
	 */
	public long receivedChecksum() {
		return this.inbound.checksum();
	}

	/**
	 * Returns everything received so far, cut into packets by their length headers.
	 * @param headerSize the size of each big-endian length header: 1, 2 or 4
	 * @return the packets, and what follows the last whole one
	 * @throws IllegalStateException if the peer discards what it receives
	 */
	public ReceivedPackets receivedPackets(int headerSize) {
		return ReceivedPackets.parse(received(), headerSize);
	}

	/**
	 * Returns how the received stream ended, as far as it was read.
	 * @return the end; {@link StreamEnd.Open} while it lasts
	 */
	public StreamEnd streamEnd() {
		return this.inbound.end();
	}

	/**
	 * Waits until at least this many bytes were received, counted from the first.
	 * @param count how many bytes in all
	 * @param timeout how long to wait
	 * @throws AssertionError if they do not come in time, or the stream ends before
	 */
	public void awaitReceived(long count, Duration timeout) {
		awaitReceived(count, Deadline.after(timeout));
	}

	private void awaitReceived(long count, Deadline deadline) {
		this.inbound.await("%d bytes".formatted(count), deadline, (inbound) -> inbound.count() >= count);
	}

	/**
	 * Waits until the other side has ended its stream in good order. Everything it sent
	 * is received then.
	 * @param timeout how long to wait
	 * @throws AssertionError if that does not happen in time, or the connection ends in
	 * another way
	 */
	public void awaitEndOfStream(Duration timeout) {
		this.inbound.await("the end of the stream", Deadline.after(timeout),
				(inbound) -> inbound.end() instanceof StreamEnd.EndOfStream);
	}

	/**
	 * Waits until the connection is found reset by the other side.
	 * @param timeout how long to wait
	 * @throws AssertionError if that does not happen in time, or the connection ends in
	 * another way
	 */
	public void awaitReset(Duration timeout) {
		this.inbound.await("a reset", Deadline.after(timeout), (inbound) -> inbound.end() instanceof StreamEnd.Reset);
	}

	/**
	 * Waits until every step of the script is done.
	 * @param timeout how long to wait
	 * @throws AssertionError if they are not done in time, or one failed
	 */
	public void awaitScript(Duration timeout) {
		this.script.await(timeout);
	}

	/**
	 * Returns this end's address.
	 * @return the address
	 */
	public InetSocketAddress localAddress() {
		return this.localAddress;
	}

	/**
	 * Returns the other end's address.
	 * @return the address
	 */
	public InetSocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	private String ports() {
		return "%d-%d".formatted(this.localAddress.getPort(), this.remoteAddress.getPort());
	}

	@Override
	public String toString() {
		return "PeerConnection[%s of %s, %s, script at %s]".formatted(this.localAddress, this.remoteAddress,
				this.inbound, this.script);
	}

}

package io.gentcp.test;

import java.util.Optional;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * How a peer's sockets are set up. Immutable: each {@code with} method returns a copy.
 */
public final class PeerOptions {

	/**
	 * What a peer has that was started without options: any port, a backlog of 50, no
	 * limit to accepting, a receive buffer of 16 KB, all bytes kept, no TLS.
	 */
	public static final PeerOptions DEFAULTS = new PeerOptions(new Listening(0, 50, Integer.MAX_VALUE), 16 * 1024,
			false, null);

	private final Listening listening;

	private final int receiveBuffer;

	private final boolean discard;

	private final @Nullable SSLContext tls;

	private PeerOptions(Listening listening, int receiveBuffer, boolean discard, @Nullable SSLContext tls) {
		this.listening = listening;
		this.receiveBuffer = receiveBuffer;
		this.discard = discard;
		this.tls = tls;
	}

	/**
	 * Returns the port to listen on.
	 * @return the port; 0 for any free one
	 */
	public int port() {
		return this.listening.port;
	}

	/**
	 * Returns a copy that listens on this port.
	 * @param port the port; 0 for any free one
	 * @return the copy
	 */
	public PeerOptions withPort(int port) {
		return with(new Listening(port, this.listening.backlog, this.listening.acceptAtMost));
	}

	/**
	 * Returns how many connections may wait to be accepted; Linux lets one more wait.
	 * @return the number
	 */
	public int backlog() {
		return this.listening.backlog;
	}

	/**
	 * Returns a copy with this backlog.
	 * @param backlog how many connections may wait to be accepted
	 * @return the copy
	 */
	public PeerOptions withBacklog(int backlog) {
		return with(new Listening(this.listening.port, backlog, this.listening.acceptAtMost));
	}

	/**
	 * Returns how many connections a listening peer accepts. Further ones stay in the
	 * backlog, and when that is full, Linux leaves connecting unanswered.
	 * @return the number
	 */
	public int acceptAtMost() {
		return this.listening.acceptAtMost;
	}

	/**
	 * Returns a copy that accepts no more than this.
	 * @param acceptAtMost how many connections to accept; 0 for none
	 * @return the copy
	 */
	public PeerOptions withAcceptAtMost(int acceptAtMost) {
		if (acceptAtMost < 0) {
			throw new IllegalArgumentException("acceptAtMost must not be negative, not " + acceptAtMost);
		}
		return with(new Listening(this.listening.port, this.listening.backlog, acceptAtMost));
	}

	private PeerOptions with(Listening listening) {
		return new PeerOptions(listening, this.receiveBuffer, this.discard, this.tls);
	}

	/**
	 * Returns {@code SO_RCVBUF}, which is set before binding or connecting.
	 * @return the size in bytes; 0 for the kernel's own, which on loopback takes
	 * megabytes before a sender feels a stall
	 */
	public int receiveBuffer() {
		return this.receiveBuffer;
	}

	/**
	 * Returns a copy with this receive buffer.
	 * @param receiveBuffer the size in bytes; 0 for the kernel's own
	 * @return the copy
	 */
	public PeerOptions withReceiveBuffer(int receiveBuffer) {
		if (receiveBuffer < 0) {
			throw new IllegalArgumentException("receiveBuffer must not be negative, not " + receiveBuffer);
		}
		return new PeerOptions(this.listening, receiveBuffer, this.discard, this.tls);
	}

	/**
	 * Returns whether received bytes are only counted and checksummed, not kept.
	 * @return whether they are discarded
	 */
	public boolean discard() {
		return this.discard;
	}

	/**
	 * Returns a copy that discards or keeps what it receives.
	 * @param discard whether bytes are only counted and checksummed
	 * @return the copy
	 */
	public PeerOptions withDiscard(boolean discard) {
		return new PeerOptions(this.listening, this.receiveBuffer, discard, this.tls);
	}

	/**
	 * Returns the keys and the trust with which TLS is spoken.
	 * @return the context, or empty if the connections are plain
	 */
	public Optional<SSLContext> tls() {
		return Optional.ofNullable(this.tls);
	}

	/**
	 * Returns a copy that speaks TLS, as a server if it listens, as a client if it
	 * connects, without a look at the name of the host. A connection is accepted when its
	 * handshake is done, for which the peer waits ten seconds; one that fails ends
	 * accepting. What the steps send and what is received are the bytes before
	 * encryption.
	 * @param context keys and trust
	 * @return the copy
	 */
	public PeerOptions withTls(SSLContext context) {
		return new PeerOptions(this.listening, this.receiveBuffer, this.discard, context);
	}

	private record Listening(int port, int backlog, int acceptAtMost) {

	}

}

package io.gentcp.test;

/**
 * How a peer's sockets are set up. An immutable value: each {@code with} method returns a
 * copy.
 *
 * @param port the port to listen on; 0 for any free one
 * @param backlog how many connections may wait to be accepted; Linux lets one more wait
 * @param acceptAtMost how many connections a listening peer accepts; further ones stay in
 * the backlog, and when that is full, Linux leaves connecting unanswered
 * @param receiveBuffer {@code SO_RCVBUF} in bytes, set before binding or connecting; 0
 * for the kernel's own, which on loopback takes megabytes before a sender feels a stall
 * @param discard whether received bytes are only counted and checksummed, not kept
 */
public record PeerOptions(int port, int backlog, int acceptAtMost, int receiveBuffer, boolean discard) {

	/**
	 * What a peer has that was started without options: any port, a backlog of 50, no
	 * limit to accepting, a receive buffer of 16 KB, all bytes kept.
	 */
	public static final PeerOptions DEFAULTS = new PeerOptions(0, 50, Integer.MAX_VALUE, 16 * 1024, false);

	public PeerOptions {
		if (acceptAtMost < 0) {
			throw new IllegalArgumentException("acceptAtMost must not be negative, not " + acceptAtMost);
		}
		if (receiveBuffer < 0) {
			throw new IllegalArgumentException("receiveBuffer must not be negative, not " + receiveBuffer);
		}
	}

	/**
	 * Returns a copy that listens on this port.
	 * @param port the port; 0 for any free one
	 * @return the copy
	 */
	public PeerOptions withPort(int port) {
		return new PeerOptions(port, this.backlog, this.acceptAtMost, this.receiveBuffer, this.discard);
	}

	/**
	 * Returns a copy with this backlog.
	 * @param backlog how many connections may wait to be accepted
	 * @return the copy
	 */
	public PeerOptions withBacklog(int backlog) {
		return new PeerOptions(this.port, backlog, this.acceptAtMost, this.receiveBuffer, this.discard);
	}

	/**
	 * Returns a copy that accepts no more than this.
	 * @param acceptAtMost how many connections to accept; 0 for none
	 * @return the copy
	 */
	public PeerOptions withAcceptAtMost(int acceptAtMost) {
		return new PeerOptions(this.port, this.backlog, acceptAtMost, this.receiveBuffer, this.discard);
	}

	/**
	 * Returns a copy with this receive buffer.
	 * @param receiveBuffer the size in bytes; 0 for the kernel's own
	 * @return the copy
	 */
	public PeerOptions withReceiveBuffer(int receiveBuffer) {
		return new PeerOptions(this.port, this.backlog, this.acceptAtMost, receiveBuffer, this.discard);
	}

	/**
	 * Returns a copy that discards or keeps what it receives.
	 * @param discard whether bytes are only counted and checksummed
	 * @return the copy
	 */
	public PeerOptions withDiscard(boolean discard) {
		return new PeerOptions(this.port, this.backlog, this.acceptAtMost, this.receiveBuffer, discard);
	}

}

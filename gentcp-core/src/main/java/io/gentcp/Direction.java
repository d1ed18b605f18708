package io.gentcp;

/**
 * Which half of a connection {@link TcpSocket#shutdown} ends:
 * {@code read | write | read_write}.
 */
public enum Direction {

	/** The peer's half: nothing more is received. */
	READ,

	/** Our half: the peer reads the end of the stream after what was sent before. */
	WRITE,

	/** Both halves. */
	READ_WRITE

}

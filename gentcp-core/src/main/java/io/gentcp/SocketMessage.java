package io.gentcp;

import io.gentcp.packet.Packet;
import io.gentcp.transport.PosixError;

/**
 * What a socket tells its {@link ControllingProcess} in active mode, in the order of the
 * stream: one record per message of gen_tcp. Closing a socket of one's own is told to
 * nobody.
 */
public sealed interface SocketMessage {

	/** The socket it comes from. */
	TcpSocket socket();

	/**
	 * {@code {tcp, Socket, Data}}: a packet; of a raw stream, what one read found.
	 */
	record Data(TcpSocket socket, Packet packet) implements SocketMessage {
	}

	/**
	 * {@code {tcp_passive, Socket}}: the count of {@link ActiveMode#count} is used up,
	 * and the socket is passive.
	 */
	record Passive(TcpSocket socket) implements SocketMessage {
	}

	/**
	 * {@code {tcp_closed, Socket}}: the peer has ended or reset the stream. Comes once,
	 * and only while the socket is active. This side is closed then as well, unless
	 * {@code exit_on_close} is false.
	 */
	record Closed(TcpSocket socket) implements SocketMessage {
	}

	/**
	 * {@code {tcp_error, Socket, Reason}}: receiving failed, with {@code econnreset} if
	 * {@code show_econnreset} is on and the peer reset it; {@link Closed} follows. After
	 * {@code emsgsize} the socket is closed: where the next packet would begin is
	 * unknown.
	 *
	 * @param detail what was wrong, in words
	 */
	@SuppressWarnings("AvoidCommonTypeNames") // it is called by its name, tcp_error
	record Error(TcpSocket socket, PosixError error, String detail) implements SocketMessage {
	}

}

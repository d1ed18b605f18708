package io.gentcp;

import java.net.SocketAddress;
import java.util.Optional;

import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import io.gentcp.transport.PendingOutput;

/**
 * A socket at one moment, for whoever operates it: {@code inet:info/1}, and a line of
 * {@code inet:i/0}.
 *
 * @param state open or closed
 * @param owner the controlling process, if it has one
 * @param stats what went over it
 * @param pending what is not out though no sender waits for it: the queue of the inet
 * backend, the rest of a partial packet of the socket backend
 */
public record SocketInfo(SocketAddress local, SocketAddress foreign, State state, Backend backend, PacketType packet,
		ActiveMode active, Optional<ControllingProcess> owner, SocketStats stats, PendingOutput pending) {

	static SocketInfo of(TcpSocket socket) {
		SocketOptions options = socket.options();
		return new SocketInfo(socket.localAddress(), socket.peerAddress(),
				socket.isOpen() ? State.CONNECTED : State.CLOSED, options.backend(), options.packet(), options.active(),
				options.controllingProcess(), socket.stats(), socket.pending());
	}

	/** What a socket is doing, in Erlang's word. */
	public enum State {

		/** Open to send and receive. */
		CONNECTED,

		/** This side has closed it. */
		CLOSED

	}

}

package io.gentcp;

import java.util.List;

/**
 * Who gets the messages of active sockets: Erlang's controlling process, the owner of a
 * socket. {@link Mailbox} is a ready-made one. One process may control many sockets.
 * <p>
 * Every method is called serially for one socket, by whichever thread finds the packet:
 * one that sets {@code active}, or a poller that many connections share. So none may
 * block (on a poller a send or receive behaves as with a timeout of zero, and close does
 * not wait), nor wait for a lock under which a socket is called. They may call the socket
 * of the message, to set {@code active} again for example, but not receive from it, which
 * times out at once; of other sockets, whose process may be doing the reverse, only begin
 * a send or close. A process that throws counts as dead: the socket is closed, as Erlang
 * does when an owner exits, and what was thrown goes to the thread's handler of uncaught
 * exceptions.
 */
@FunctionalInterface
public interface ControllingProcess {

	/**
	 * Takes a message. After {@link SocketMessage.Closed} none comes from that socket.
	 */
	void deliver(SocketMessage message);

	/**
	 * Returns whether there is room for a packet. If not, reading pauses, so that the
	 * peer cannot send for ever, until {@code whenRoom} is run. Messages that are no
	 * packet come without being asked for.
	 * @param whenRoom to be run once, by any thread that holds no lock, if this returned
	 * false and there is room now; always the same one for the same socket
	 */
	default boolean hasRoom(Runnable whenRoom) {
		return true;
	}

	/** Told when it begins to control a socket, before the first message. */
	default void onControl(TcpSocket socket) {
	}

	/**
	 * Told when a socket is handed over to another process: from here on it gets none of
	 * its messages.
	 * @return the messages of the socket that nobody has received yet, in order
	 */
	default List<SocketMessage> onHandOver(TcpSocket socket) {
		return List.of();
	}

	/**
	 * Told when this side has closed a socket it controls, perhaps more than once, and
	 * from any thread. One that throws keeps nobody from being told, nor the socket from
	 * being closed.
	 */
	default void onClose(TcpSocket socket) {
	}

}

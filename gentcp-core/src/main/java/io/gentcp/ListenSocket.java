package io.gentcp;

import java.net.SocketAddress;
import java.time.Duration;

import io.gentcp.transport.AcceptOutcome;
import io.gentcp.transport.Acceptor;
import io.gentcp.transport.Deadline;
import io.gentcp.transport.PosixError;
import io.gentcp.transport.Transport;

/**
 * A listening socket: what {@code gen_tcp:listen} returns. Any thread may call any
 * method; several may accept at once and are served first come, first served.
 */
public final class ListenSocket implements AutoCloseable {

	private final GenTcp owner;

	private final Acceptor acceptor;

	private final SocketOptions options;

	private final Turn turn = new Turn();

	ListenSocket(GenTcp owner, Acceptor acceptor, SocketOptions options) {
		this.owner = owner;
		this.acceptor = acceptor;
		this.options = options;
	}

	/** Accepts the next connection, without a timeout: {@code gen_tcp:accept/1}. */
	public AcceptResult accept() {
		return accept(SocketOptions.INFINITY);
	}

	/**
	 * Accepts the next connection: {@code gen_tcp:accept/2}. Waits for one, at the latest
	 * until the timeout; an interrupt has the effect of the timeout and leaves the
	 * interrupt flag set. On a poller it takes what is there. The socket has the options
	 * of this one.
	 */
	public AcceptResult accept(Duration timeout) {
		Deadline deadline = Deadline.after(timeout);
		if (!this.turn.take(deadline)) {
			return new AcceptResult.TimedOut();
		}
		try {
			return accept(deadline);
		}
		finally {
			this.turn.giveUp();
		}
	}

	private AcceptResult accept(Deadline deadline) {
		AcceptOutcome outcome = this.acceptor.accept(this.options.transportOptions(), deadline);
		return switch (outcome) {
			case AcceptOutcome.Accepted(Transport transport) ->
				new AcceptResult.Accepted(this.owner.opened(transport, this.options));
			case AcceptOutcome.HandshakeFailed(SocketAddress peer, String reason) ->
				new AcceptResult.HandshakeFailed(peer, reason);
			case AcceptOutcome.TimedOut() -> new AcceptResult.TimedOut();
			case AcceptOutcome.Closed() -> new AcceptResult.Closed();
			case AcceptOutcome.Failed(PosixError error) -> new AcceptResult.Failed(error);
		};
	}

	/**
	 * Returns the port: {@code inet:port/1}. If 0 was asked for, the one the system
	 * chose.
	 * @throws IllegalStateException if it is a local socket, which has a path instead
	 */
	public int port() {
		return TcpSocket.portOf(localAddress());
	}

	/** Returns the address it listens on: {@code inet:sockname/1}. */
	public SocketAddress localAddress() {
		return this.acceptor.localAddress();
	}

	/** Returns the options its connections get. */
	public SocketOptions options() {
		return this.options;
	}

	/**
	 * Stops listening: {@code gen_tcp:close/1}. Threads that accept get closed;
	 * connections that were accepted live on. When it returns, the port can be listened
	 * on again; on a poller, which does not wait, soon after. The file of a local socket
	 * stays, as in Erlang. Closing again does nothing.
	 */
	@Override
	public void close() {
		this.acceptor.close();
		this.owner.closed(this);
	}

	/** Shows the address: {@code ListenSocket[/0.0.0.0:4000]}. */
	@Override
	public String toString() {
		return "ListenSocket[%s]".formatted(localAddress());
	}

}

package io.gentcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.gentcp.transport.Acceptor;
import io.gentcp.transport.ConnectOutcome;
import io.gentcp.transport.Deadline;
import io.gentcp.transport.Engine;
import io.gentcp.transport.EngineOptions;
import io.gentcp.transport.ListenAddress;
import io.gentcp.transport.PosixError;
import io.gentcp.transport.Target;
import io.gentcp.transport.Transport;

/**
 * Erlang's {@code gen_tcp}: connects and listens, and owns the few threads its sockets
 * share. Two of them in one JVM share nothing. Closing it closes its sockets and ends its
 * threads. Any thread may call any method.
 *
 * <pre>{@code
 * try (GenTcp genTcp = GenTcp.open()) {
 *     switch (genTcp.connect("localhost", 4000, options, Duration.ofSeconds(10))) {
 *         case Connected(TcpSocket socket) -> ...
 *         case TimedOut() -> ...
 *         case Failed(PosixError error) -> ...
 *     }
 * }
 * }</pre>
 */
public final class GenTcp implements AutoCloseable {

	private final Engine engine;

	private final Set<TcpSocket> sockets = ConcurrentHashMap.newKeySet();

	private final Set<ListenSocket> listenSockets = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	GenTcp(Engine engine) {
		this.engine = engine;
	}

	/** Starts the threads that sockets share: one poller for every two processors. */
	public static GenTcp open() {
		return open(EngineOptions.defaults());
	}

	/** Starts the threads that sockets share, with other options than the usual. */
	public static GenTcp open(EngineOptions options) {
		return new GenTcp(new Engine(options));
	}

	/**
	 * Connects to a host: {@code gen_tcp:connect/4}. Its addresses are tried one after
	 * the other until one answers. Waits at the latest until the timeout, which covers
	 * the look-up of the name as well; an interrupt has the effect of the timeout and
	 * leaves the interrupt flag set. On a poller it does not wait: leave it to another
	 * thread, or it has timed out unless the peer answers at once.
	 * @param host a name or a literal address
	 * @param port 1 to 65535
	 * @throws IllegalArgumentException if the port is out of range, or {@code active} has
	 * no controlling process to deliver to
	 * @throws IllegalStateException if this is closed, before or meanwhile
	 */
	public ConnectResult connect(String host, int port, SocketOptions options, Duration timeout) {
		checkPort(port, 1);
		return connect(InetSocketAddress.createUnresolved(host, port), options, timeout);
	}

	/**
	 * Connects to an address: {@code gen_tcp:connect/3} with a {@code sockaddr}, or with
	 * {@code {local, Path}} for a {@link java.net.UnixDomainSocketAddress}. A name that
	 * is not resolved yet is looked up here.
	 * @throws IllegalArgumentException if the address is of another kind, or
	 * {@code active} has no controlling process to deliver to
	 * @throws IllegalStateException if this is closed, before or meanwhile
	 * @see #connect(String, int, SocketOptions, Duration)
	 */
	public ConnectResult connect(SocketAddress address, SocketOptions options, Duration timeout) {
		options.checkActive();
		Target target = new Target(address, options.localAddress(), options.localFamily(), options.transportOptions(),
				options.tlsOptions());
		return switch (this.engine.connect(target, Deadline.after(timeout))) {
			case ConnectOutcome.Connected(Transport transport) ->
				new ConnectResult.Connected(opened(transport, options));
			case ConnectOutcome.HandshakeFailed(String reason) -> new ConnectResult.HandshakeFailed(reason);
			case ConnectOutcome.TimedOut() -> new ConnectResult.TimedOut();
			case ConnectOutcome.Failed(PosixError error) -> new ConnectResult.Failed(error);
		};
	}

	/**
	 * Listens on a port: {@code gen_tcp:listen/2}. Does not wait.
	 * @param port 0 to 65535; 0 for any that is free
	 * @throws IllegalArgumentException if the port is out of range, or {@code active} has
	 * no controlling process to deliver to
	 * @throws IllegalStateException if this is closed
	 */
	public ListenResult listen(int port, SocketOptions options) {
		checkPort(port, 0);
		return listen(options.listenAddress(port), options);
	}

	/**
	 * Listens on an address: {@code gen_tcp:listen/2} with {@code ifaddr}. A
	 * {@link java.net.UnixDomainSocketAddress} is {@code {local, Path}}; its file is made
	 * here, and stays when the socket is closed: delete it before you listen again.
	 * @throws IllegalArgumentException if {@code active} has no controlling process to
	 * deliver to
	 * @throws IllegalStateException if this is closed
	 */
	public ListenResult listen(SocketAddress address, SocketOptions options) {
		options.checkActive();
		try {
			Acceptor acceptor = this.engine.listen(new ListenAddress(address, options.localFamily()), options.backlog(),
					options.channelOptions(), options.tlsOptions());
			ListenSocket socket = new ListenSocket(this, acceptor, options);
			this.listenSockets.add(socket);
			if (this.closed) {
				// Opened while close was on its way through the set.
				socket.close();
			}
			return new ListenResult.Listening(socket);
		}
		catch (IOException | UnresolvedAddressException | UnsupportedAddressTypeException ex) {
			return new ListenResult.Failed(PosixError.of(ex));
		}
	}

	private static void checkPort(int port, int least) {
		if (port < least || port > 0xffff) {
			throw new IllegalArgumentException("port is %d; it must be %d to 65535".formatted(port, least));
		}
	}

	/**
	 * Returns whether the calling thread may wait, for a send for example: not if it is a
	 * poller, in a call of a {@link ControllingProcess}. There every timeout is zero.
	 */
	public static boolean mayWait() {
		return !Engine.isPoller();
	}

	/** Returns the sockets that this side has not closed, in no order. */
	public List<TcpSocket> sockets() {
		return List.copyOf(this.sockets);
	}

	/** Returns the listen sockets that are open, in no order. */
	public List<ListenSocket> listenSockets() {
		return List.copyOf(this.listenSockets);
	}

	/** Returns a table of all sockets, as {@code inet:i/0} prints it. */
	public String i() {
		return SocketTable.of(listenSockets(), sockets());
	}

	TcpSocket opened(Transport transport, SocketOptions options) {
		TcpSocket socket = socket(transport, options);
		this.sockets.add(socket);
		if (this.closed) {
			socket.close(Duration.ZERO);
		}
		socket.begin();
		return socket;
	}

	private TcpSocket socket(Transport transport, SocketOptions options) {
		try {
			return new TcpSocket(this, transport, options);
		}
		catch (RuntimeException | Error ex) {
			// A packet type of the application's makes no codec with these limits.
			transport.abort();
			throw ex;
		}
	}

	void closed(TcpSocket socket) {
		this.sockets.remove(socket);
	}

	void closed(ListenSocket socket) {
		this.listenSockets.remove(socket);
	}

	/**
	 * Closes all sockets and listen sockets, ends the threads, and waits for their end.
	 * Before that it waits for output that is queued, as long as any of it gets out
	 * within 5 seconds, at most 20 seconds. On a poller it does not wait; the threads end
	 * in the background, after the output.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.listenSockets.forEach(ListenSocket::close);
		this.sockets.forEach((socket) -> socket.close(Duration.ZERO));
		this.engine.close();
	}

}

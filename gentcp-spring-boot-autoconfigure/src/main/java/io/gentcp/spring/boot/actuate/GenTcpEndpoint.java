package io.gentcp.spring.boot.actuate;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.gentcp.GenTcp;
import io.gentcp.ListenSocket;
import io.gentcp.TcpSocket;
import io.gentcp.spring.core.CloseReason;
import io.gentcp.spring.core.ConnectionEnd;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpConnections;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * The actuator endpoint {@code gentcp}: shows every socket as {@code inet:i/0} does, and
 * closes connections. Reading opens no connection. Any thread may call any method; none
 * waits.
 */
@Endpoint(id = "gentcp")
public final class GenTcpEndpoint {

	private static final ConnectionEnd BY_OPERATOR = new ConnectionEnd.Closed(CloseReason.LOCAL,
			"the connection was closed through the actuator endpoint gentcp");

	private final ObjectProvider<GenTcpTemplate> clients;

	private final ObjectProvider<GenTcpListenerContainer> servers;

	private final ObjectProvider<GenTcp> runtimes;

	GenTcpEndpoint(ObjectProvider<GenTcpTemplate> clients, ObjectProvider<GenTcpListenerContainer> servers,
			ObjectProvider<GenTcp> runtimes) {
		this.clients = clients;
		this.servers = servers;
		this.runtimes = runtimes;
	}

	/** Returns every socket: {@code inet:i/0}. */
	@ReadOperation
	public OpenSockets sockets() {
		// First, so that none of a client or server that is opened meanwhile is left.
		List<TcpSocket> open = this.runtimes.stream().map(GenTcp::sockets).flatMap(Collection::stream).toList();
		List<SocketRow> others = new ArrayList<>(otherListenSockets());
		Set<TcpSocket> named = namedSockets();
		open.stream()
			.filter((socket) -> socket.isOpen() && !named.contains(socket))
			.map(SocketRow::of)
			.forEach(others::add);
		return new OpenSockets(clients().map(NamedSockets::of).toList(),
				this.servers.orderedStream().map(NamedSockets::of).toList(), others);
	}

	private Set<TcpSocket> namedSockets() {
		Set<TcpSocket> named = new HashSet<>();
		connections().map(GenTcpConnections::all)
			.flatMap(Collection::stream)
			.map(GenTcpConnection::socket)
			.forEach(named::add);
		return named;
	}

	private List<SocketRow> otherListenSockets() {
		List<SocketAddress> named = new ArrayList<>();
		this.servers.stream()
			.filter(GenTcpListenerContainer::isRunning)
			.map(GenTcpListenerContainer::address)
			.forEach(named::add);
		List<ListenSocket> listening = this.runtimes.stream()
			.map(GenTcp::listenSockets)
			.flatMap(Collection::stream)
			.toList();
		// Removes one for each, because with reuseport another one may have its address.
		return listening.stream().filter((socket) -> !named.remove(socket.localAddress())).map(SocketRow::of).toList();
	}

	/**
	 * Returns the sockets of the client and of the server with this name; null if there
	 * is neither.
	 */
	@ReadOperation
	public @Nullable OpenSockets socketsOf(@Selector String name) {
		List<NamedSockets> clients = clients().filter((client) -> client.name().equals(name))
			.map(NamedSockets::of)
			.toList();
		List<NamedSockets> servers = this.servers.orderedStream()
			.filter((server) -> server.name().equals(name))
			.map(NamedSockets::of)
			.toList();
		return (clients.isEmpty() && servers.isEmpty()) ? null : new OpenSockets(clients, servers, List.of());
	}

	/**
	 * Closes a connection: {@code gen_tcp:close/1}. What its callers wait for fails.
	 * @param name what its client or server is called
	 * @param connectionId its id
	 */
	@DeleteOperation
	public Closing close(@Selector String name, @Selector String connectionId) {
		Optional<GenTcpConnection> connection = connections().filter((owner) -> owner.settings().name().equals(name))
			.map((owner) -> owner.find(connectionId))
			.flatMap(Optional::stream)
			.findFirst();
		connection.ifPresent((found) -> found.end(BY_OPERATOR));
		return new Closing(connection.isPresent());
	}

	private Stream<GenTcpConnections> connections() {
		return Stream.concat(clients().map(GenTcpTemplate::connections),
				this.servers.stream().map(GenTcpListenerContainer::connections));
	}

	/** Without a mock that a test has put in the place of one: it has no connections. */
	private Stream<GenTcpTemplate> clients() {
		return this.clients.orderedStream().filter((client) -> client.connections() != null);
	}

	/**
	 * What became of closing a connection.
	 *
	 * @param closed whether there was such a connection
	 */
	public record Closing(boolean closed) {
	}

}

package io.gentcp.spring.boot.actuate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.gentcp.SocketOptions;
import io.gentcp.spring.core.GenTcpClientSettings;
import io.gentcp.spring.core.GenTcpConnections;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.Role;
import io.gentcp.spring.listener.GenTcpListenerContainer;

/**
 * A client or a server with its open sockets.
 *
 * @param role client or server
 * @param name what it is called
 * @param address where it connects to, or listens
 * @param backend the backend that carries its connections
 * @param packet how packets are told apart
 * @param state connected, idle or unreachable; listening, full or stopped
 * @param sockets the listen socket, if it has one, and the connections, the oldest first
 */
public record NamedSockets(String role, String name, String address, String backend, String packet, String state,
		List<SocketRow> sockets) {

	static NamedSockets of(GenTcpTemplate client) {
		GenTcpClientSettings settings = client.settings();
		SocketOptions options = settings.options();
		return new NamedSockets(Role.CLIENT.toString(), client.name(), AddressText.of(settings.address()),
				SocketRow.lower(options.backend()), options.packet().name(), ClientState.of(client).toString(),
				rows(client.connections()));
	}

	static NamedSockets of(GenTcpListenerContainer server) {
		SocketOptions options = server.settings().options();
		List<SocketRow> sockets = new ArrayList<>();
		if (server.isRunning()) {
			sockets.add(SocketRow.listening(server.address(), options));
		}
		sockets.addAll(rows(server.connections()));
		return new NamedSockets(Role.SERVER.toString(), server.name(), AddressText.of(server.address()),
				SocketRow.lower(options.backend()), options.packet().name(), ServerState.of(server).toString(),
				sockets);
	}

	private static List<SocketRow> rows(GenTcpConnections connections) {
		// By rows, for an age of its own moves on while others are compared with it.
		return connections.all()
			.stream()
			.map(SocketRow::of)
			.sorted(Comparator.comparing(SocketRow::age, Comparator.nullsLast(Comparator.reverseOrder())))
			.toList();
	}

}

package io.gentcp.spring.boot.actuate;

import java.util.List;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The open sockets of the application, or those of one name.
 *
 * @param clients each client with its connections
 * @param servers each server with its listen socket and its connections
 * @param others what the application has opened with {@code GenTcp} itself; none if they
 * are those of one name
 */
public record OpenSockets(List<NamedSockets> clients, List<NamedSockets> servers,
		List<SocketRow> others) implements OperationResponseBody {
}

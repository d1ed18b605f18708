package io.gentcp.spring.sidebyside;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What carries the packets of a flow: a length of four bytes in front, messages with a
 * payload of bytes. Each method starts a context of its own with one flow in it.
 */
interface Library {

	/** How long a test waits for what must come. */
	Duration PATIENCE = Duration.ofSeconds(20);

	/** All there are, for tests of what they have in common. */
	static Stream<Library> all() {
		return Stream.of(Ip.NET, Ip.NIO, Ours.SOCKET, Ours.INET);
	}

	/** An outbound channel adapter that connects to this port. */
	Client sender(int port);

	/** An outbound and an inbound channel adapter that share a connection. */
	Client collaborators(int port);

	/** An outbound gateway that waits this long for a reply. */
	Requester requester(int port, Duration replyTimeout);

	/** An inbound channel adapter, and an outbound one that finds connections by id. */
	Server receiver();

	/** An inbound gateway whose flow makes replies of requests. */
	Server replier(UnaryOperator<byte[]> reply);

}

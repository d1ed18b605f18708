package io.gentcp.benchmarks.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * A system that runs in the JVM: its two roles, as an application would write them with
 * it. Both of its processes are JVMs with the same options, {@link JavaCommand} has them.
 */
public interface JavaPeer extends Peer {

	/**
	 * Listens on a free port of the loopback and answers packets as {@link Served} says,
	 * on every connection, until the process ends. Does not wait for connections.
	 * @param folder where {@link #prepare} has put its files
	 * @return the port
	 * @throws Exception if it cannot listen
	 */
	int serve(Path folder) throws Exception;

	/**
	 * Makes what connects to the server.
	 * @param folder where {@link #prepare} has put its files
	 * @throws Exception if it cannot be made
	 */
	Client client(Path folder, InetSocketAddress server) throws Exception;

	/**
	 * Makes what both processes need, before they start.
	 * @throws IOException if it cannot be made
	 */
	default void prepare(Path folder) throws IOException {
	}

	@Override
	default List<String> serverCommand(Path folder) throws IOException {
		prepare(folder);
		return JavaCommand.of(PeerProcess.class, name(), folder.toString());
	}

	@Override
	default List<String> clientCommand(Path folder, InetSocketAddress server) throws IOException {
		return JavaCommand.of(PeerProcess.class, name(), folder.toString(), server.getAddress().getHostAddress(),
				Integer.toString(server.getPort()));
	}

}

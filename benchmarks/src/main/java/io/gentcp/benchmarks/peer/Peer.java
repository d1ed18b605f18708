package io.gentcp.benchmarks.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One of the systems that are compared, gentcp among them: how it is set up, and how its
 * two processes are started. Both take commands on their standard input, one a line, and
 * answer each with one line; at the end of their input they end.
 *
 * <pre>
 *   server   says first   port 40112
 *            memory       memory 4194304 52428800     bytes of heap in use, -1 if there is none; bytes resident
 *   client   says first   ready
 *            exchange 64 1024 1 500                   64 connections, packets of 1,024 bytes, 1 in flight on each, 500 ms
 *            stream 16 64 500                         16 senders share one connection, packets of 64 bytes, 500 ms
 *                         done 81234 500123456        packets, nanoseconds
 *            open 10000   done 10000 812345678        connections that stay open, each after one echo
 *            close        done 10000 12345678
 *   both     profile      profiling                  from now on; only in the JVM
 *            profiled file profiled                  into a file of JFR
 *            any of them  failed reason
 * </pre>
 */
public interface Peer {

	/** The name in tables and on the command line: {@code netty-epoll}. */
	String name();

	/** How it is set up, in a sentence or two, for whoever reads the result. */
	String settings();

	/** Why this system cannot run on this machine; empty if it can. */
	default Optional<String> missing() {
		return Optional.empty();
	}

	/** Why a workload makes no sense for this system; empty if it does. */
	default Optional<String> unfit(Workload workload) {
		return Optional.empty();
	}

	/**
	 * The command that starts the server, which listens on a free port of the loopback.
	 * @param folder where files may be put that both processes need
	 * @throws IOException if they cannot be put there
	 */
	List<String> serverCommand(Path folder) throws IOException;

	/**
	 * The command that starts the client.
	 * @param folder where files may be put that both processes need
	 * @throws IOException if they cannot be put there
	 */
	List<String> clientCommand(Path folder, InetSocketAddress server) throws IOException;

}

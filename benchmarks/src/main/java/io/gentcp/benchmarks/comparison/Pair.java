package io.gentcp.benchmarks.comparison;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.gentcp.benchmarks.peer.Peer;
import io.gentcp.benchmarks.peer.Workload;

/**
 * The server and the client of one system, each in its own process. Both live for as long
 * as this does, and do nothing between two commands. One thread has it.
 */
final class Pair implements AutoCloseable {

	private static final Duration START = Duration.ofSeconds(30);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Child server;

	private final Child client;

	private Pair(Child server, Child client) {
		this.server = server;
		this.client = client;
	}

	/** Starts both. */
	static Pair start(Peer peer, Path folder) throws IOException {
		Path log = folder.resolve(peer.name() + ".log");
		Child server = Child.start(peer.serverCommand(folder), log);
		try {
			int port = Integer.parseInt(words(server.answer(START), "port", 2)[1]);
			InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
			Child client = Child.start(peer.clientCommand(folder, address), log);
			Pair pair = new Pair(server, client);
			try {
				words(client.answer(START), "ready", 1);
				return pair;
			}
			catch (IOException ex) {
				client.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			server.close();
			throw ex;
		}
	}

	/** Returns the numbers that the operating system has given both. */
	List<Long> processes() {
		return List.of(this.server.pid(), this.client.pid());
	}

	/** Has a workload run for a while, and returns the packets in a second. */
	double run(Workload workload, Duration length) throws IOException {
		String[] done = words(this.client.ask(workload.command(length), PATIENCE.plus(length)), "done", 3);
		return Long.parseLong(done[1]) * (double) Duration.ofSeconds(1).toNanos() / Long.parseLong(done[2]);
	}

	/**
	 * Opens connections that do nothing, and returns what each costs the server.
	 * @param classes whether the server can tell what is on its heap
	 * @param folder for what it writes down then
	 */
	IdleCost idle(String system, int connections, boolean classes, Path folder) throws IOException {
		// What the first connections and questions set up is there for good.
		words(this.client.ask("open 10", PATIENCE), "done", 3);
		words(this.client.ask("close", PATIENCE), "done", 3);
		Path without = folder.resolve("without.txt");
		Path with = folder.resolve("with.txt");
		if (classes) {
			words(this.server.ask("classes " + without, PATIENCE), "classes", 1);
		}
		String[] before = memory();
		words(this.client.ask("open " + connections, PATIENCE), "done", 3);
		String[] after = memory();
		HeapUse use = HeapUse.NONE;
		if (classes) {
			words(this.server.ask("classes " + with, PATIENCE), "classes", 1);
			use = HeapUse.between(without, with, connections);
		}
		words(this.client.ask("close", PATIENCE), "done", 3);
		double each = (Long.parseLong(before[1]) < 0) ? -1 : more(before[1], after[1], connections);
		return new IdleCost(system, connections, each, more(before[2], after[2], connections), use, "");
	}

	private static double more(String before, String after, double connections) {
		return (Long.parseLong(after) - Long.parseLong(before)) / connections;
	}

	/**
	 * Has a workload run for a while, and returns where the processor time of both
	 * processes went.
	 * @param folder for the recordings
	 */
	Profile profile(String system, Workload workload, Duration length, Path folder) throws IOException {
		words(this.server.ask("profile", PATIENCE), "profiling", 1);
		words(this.client.ask("profile", PATIENCE), "profiling", 1);
		double perSecond = run(workload, length);
		Path server = folder.resolve("server.jfr");
		Path client = folder.resolve("client.jfr");
		words(this.client.ask("profiled " + client, PATIENCE), "profiled", 1);
		words(this.server.ask("profiled " + server, PATIENCE), "profiled", 1);
		return new Profile(system, workload.toString(), perSecond, ProcessorTime.of(server), ProcessorTime.of(client),
				"");
	}

	private String[] memory() throws IOException {
		return words(this.server.ask("memory", PATIENCE), "memory", 3);
	}

	private static String[] words(String answer, String first, int count) throws IOException {
		String[] words = answer.split(" ", -1);
		if (words.length != count || !words[0].equals(first)) {
			throw new IOException("'%s' came in place of '%s'".formatted(answer, first));
		}
		return words;
	}

	@Override
	public void close() {
		this.client.close();
		this.server.close();
	}

}

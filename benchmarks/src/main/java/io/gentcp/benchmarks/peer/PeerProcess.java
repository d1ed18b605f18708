package io.gentcp.benchmarks.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.gentcp.benchmarks.systems.Systems;

/**
 * The two processes of a system that runs in the JVM. {@link Peer} says what they are
 * told and what they answer.
 */
final class PeerProcess {

	private static final int CLIENT_ARGUMENTS = 4;

	private static final Profiler PROFILER = new Profiler();

	private PeerProcess() {
	}

	/**
	 * Runs until the end of the standard input.
	 * @param arguments the name of the system and the folder of its files; of a client
	 * also the address and the port of the server
	 * @throws Exception if the role cannot begin
	 */
	public static void main(String[] arguments) throws Exception {
		PrintStream out = System.out;
		// A library that prints must not be taken for an answer.
		System.setOut(System.err);
		JavaPeer peer = Systems.java(arguments[0]);
		Path folder = Path.of(arguments[1]);
		if (arguments.length == CLIENT_ARGUMENTS) {
			InetSocketAddress server = new InetSocketAddress(InetAddress.getByName(arguments[2]),
					Integer.parseInt(arguments[CLIENT_ARGUMENTS - 1]));
			ClientRole role = new ClientRole(peer.client(folder, server));
			out.println("ready");
			answer(out, role::run);
		}
		else {
			out.println("port " + peer.serve(folder));
			answer(out, ServerRole::run);
		}
		// Not exit: what a system has open is of no concern to anybody any more.
		Runtime.getRuntime().halt(0);
	}

	private static void answer(PrintStream out, Role role) throws IOException {
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			out.println(answer(role, line));
			out.flush();
		}
	}

	private static String answer(Role role, String line) {
		try {
			String[] command = line.split(" ", -1);
			return switch (command[0]) {
				case "profile" -> {
					PROFILER.begin();
					yield "profiling";
				}
				case "profiled" -> {
					PROFILER.end(Path.of(command[1]));
					yield "profiled";
				}
				default -> role.run(command);
			};
		}
		catch (Exception ex) {
			System.err.println(ex);
			return "failed " + ex.toString().replace('\n', ' ');
		}
	}

	/** What a process does when it is told to. */
	private interface Role {

		String run(String[] command) throws Exception;

	}

}

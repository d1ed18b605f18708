package io.gentcp.benchmarks.systems;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.gentcp.benchmarks.peer.Peer;
import io.gentcp.benchmarks.peer.Workload;

/**
 * Plain C, from {@code packets.c} beside this class: what the kernel can do. It is
 * compiled when it is needed.
 */
final class NativeC implements Peer {

	private static final String COMPILER = "cc";

	private final Mode mode;

	NativeC(Mode mode) {
		this.mode = mode;
	}

	@Override
	public String name() {
		return "c-%s".formatted(this.mode.word);
	}

	@Override
	public String settings() {
		return "packets.c, cc -O2, TCP_NODELAY; %s".formatted(this.mode.settings);
	}

	@Override
	public Optional<String> missing() {
		return Commands.missing(COMPILER);
	}

	@Override
	public Optional<String> unfit(Workload workload) {
		return this.mode.unfit(workload.kind());
	}

	@Override
	public List<String> serverCommand(Path folder) throws IOException {
		return List.of(program(folder), "server", this.mode.word);
	}

	@Override
	public List<String> clientCommand(Path folder, InetSocketAddress server) throws IOException {
		return List.of(program(folder), "client", this.mode.word, Integer.toString(server.getPort()));
	}

	private static String program(Path folder) throws IOException {
		Path program = folder.resolve("packets").toAbsolutePath();
		if (!Files.exists(program)) {
			Path source = Commands.copy("packets.c", folder);
			Commands.run(List.of(COMPILER, "-O2", "-pthread", "-o", program.toString(), source.toString()));
		}
		return program.toString();
	}

	/** How the program works; its words are what it is told. */
	enum Mode {

		/** Blocking calls. */
		BLOCKING("blocking",
				"a thread for each connection, blocking calls, reads of 256 KB, one write for each packet"),

		/** Blocking calls, few of them. */
		BATCHED("batched",
				"as blocking, but packets at hand are written together, up to 128 KB; senders that share a connection "
						+ "write what the others have appended, from 64 packets on"),

		/** Polls before it blocks. */
		SPINNING("spinning", "as blocking, but a reader polls for 50 microseconds before it blocks"),

		/** Events, one thread. */
		EPOLL("epoll", "one thread and epoll on either side, one write for each packet");

		private final String word;

		private final String settings;

		Mode(String word, String settings) {
			this.word = word;
			this.settings = settings;
		}

		private Optional<String> unfit(Workload.Kind kind) {
			boolean fits = switch (this) {
				case BLOCKING -> true;
				case BATCHED -> kind != Workload.Kind.W1 && kind != Workload.Kind.W2;
				case SPINNING -> kind == Workload.Kind.W1;
				case EPOLL -> kind == Workload.Kind.W1 || kind == Workload.Kind.W2 || kind == Workload.Kind.W5;
			};
			return fits ? Optional.empty() : Optional.of(switch (this) {
				case BLOCKING -> "";
				case BATCHED -> "ping-pong has nothing to put together";
				case SPINNING -> "only a reader that waits for one packet can spin";
				case EPOLL -> "senders that wait are the same as in c-blocking";
			});
		}

	}

}

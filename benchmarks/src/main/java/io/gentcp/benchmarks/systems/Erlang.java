package io.gentcp.benchmarks.systems;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.gentcp.benchmarks.peer.Peer;

/**
 * Erlang's gen_tcp, from {@code packets.erl} beside this class, compiled when it is
 * needed.
 */
final class Erlang implements Peer {

	private static final String COMPILER = "erlc";

	private final String name;

	private final String backend;

	private final String delay;

	private Erlang(String name, String backend, String delay) {
		this.name = name;
		this.backend = backend;
		this.delay = delay;
	}

	static Erlang inet() {
		return new Erlang("erlang-inet", "inet", "plain");
	}

	static Erlang inetWithDelaySend() {
		return new Erlang("erlang-inet-delay-send", "inet", "delay_send");
	}

	static Erlang socket() {
		return new Erlang("erlang-socket", "socket", "plain");
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public String settings() {
		String watermarks = this.backend.equals("inet") ? ", high_watermark 128 KB, low_watermark 64 KB" : "";
		String delayed = this.delay.equals("plain") ? "" : ", delay_send";
		return "packets.erl; {inet_backend, %s}, binary, {packet, 4}, {active, false}, nodelay%s%s; processes receive"
			.formatted(this.backend, watermarks, delayed);
	}

	@Override
	public Optional<String> missing() {
		return Commands.missing(COMPILER);
	}

	@Override
	public List<String> serverCommand(Path folder) throws IOException {
		return command(folder, "server");
	}

	@Override
	public List<String> clientCommand(Path folder, InetSocketAddress server) throws IOException {
		return command(folder, "client", Integer.toString(server.getPort()));
	}

	private List<String> command(Path folder, String... role) throws IOException {
		if (!Files.exists(folder.resolve("packets.beam"))) {
			Path source = Commands.copy("packets.erl", folder);
			Commands.run(List.of(COMPILER, "-o", folder.toString(), source.toString()));
		}
		List<String> command = new ArrayList<>(List.of("erl", "-noshell", "+Q", "65536", "-pa", folder.toString(), "-s",
				"packets", "main", this.backend, this.delay));
		command.addAll(List.of(role));
		return command;
	}

}

package io.gentcp.packet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.gentcp.test.ErlangNode;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.StreamEnd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An Erlang runtime that answers as the vectors of OTP do, with the functions of
 * {@code packet_answers.erl}. What goes in and out goes through files of a folder.
 */
final class ErlangAnswers implements AutoCloseable {

	private final ErlangNode erlang;

	private final Path questions;

	private final Path answers;

	private ErlangAnswers(ErlangNode erlang, Path folder) {
		this.erlang = erlang;
		this.questions = folder.resolve("questions");
		this.answers = folder.resolve("answers");
	}

	static ErlangAnswers start(Path folder) {
		ErlangNode erlang = ErlangNode.start();
		erlang.eval("""
				{ok, Module, Code} = compile:file("%s", [binary]),
				{module, Module} = code:load_binary(Module, atom_to_list(Module), Code)
				""".formatted(module()));
		return new ErlangAnswers(erlang, folder);
	}

	/** For example {@code OTP 25}. */
	String name() {
		return "OTP " + this.erlang.eval("erlang:system_info(otp_release)").replace("\"", "");
	}

	/** Asks {@code erlang:decode_packet/3}. */
	List<String> decode(List<DecodeQuestion> questions) {
		write(questions);
		this.erlang.eval("ok = packet_answers:decode(\"%s\", \"%s\")".formatted(this.questions, this.answers));
		return answers();
	}

	/** Has a socket of {@code gen_tcp} receive each stream until it ends. */
	List<String> receive(List<PacketStream> streams) {
		write(streams.stream().map(PacketStream::question).toList());
		int port = this.erlang.evalInt("""
				{ok, Listen} = gen_tcp:listen(0, [binary, {active, false}, {ip, {127,0,0,1}}]),
				{ok, Port} = inet:port(Listen),
				Port""");
		ErlangNode.Evaluation receiving = this.erlang.begin(
				"ok = packet_answers:receive_streams(Listen, \"%s\", \"%s\")".formatted(this.questions, this.answers));
		for (PacketStream stream : streams) {
			try (PeerConnection peer = stream.sendTo(port)) {
				await().pollInterval(Duration.ofMillis(1)).until(() -> !(peer.streamEnd() instanceof StreamEnd.Open));
			}
		}
		assertThat(receiving.value()).isEqualTo("ok");
		return answers();
	}

	private void write(List<DecodeQuestion> questions) {
		try {
			Files.write(this.questions, questions.stream().map(DecodeQuestion::line).toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> answers() {
		try {
			return Files.readAllLines(this.answers, StandardCharsets.US_ASCII);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.erlang.close();
	}

	private static Path module() {
		try {
			return Path.of(ErlangAnswers.class.getResource("/erlang/packet_answers.erl").toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

package io.gentcp.packet;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.gentcp.AcceptResult;
import io.gentcp.GenTcp;
import io.gentcp.ListenResult;
import io.gentcp.ListenSocket;
import io.gentcp.RecvResult;
import io.gentcp.SetOptionsResult;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.test.ErlangNode;
import io.gentcp.test.PeerConnection;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Streams of packets, whole and broken, received by Erlang's own gen_tcp and by ours: the
 * same packets in the same order, and the same end. What http expects after each line is
 * part of that. Each run sends something else; {@code -Dgentcp.fuzz.seed=...} repeats
 * one.
 */
@Tag("interop")
@Timeout(120)
class ErlangStreamTests {

	private static final int STREAMS = 300;

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@TempDir
	private Path folder;

	@ParameterizedTest
	@EnumSource(Backend.class)
	void whateverIsSentIsReceivedAsErlangReceivesIt(Backend backend) {
		assumeTrue(ErlangNode.isInstalled(), ErlangNode.HOW_TO_INSTALL);
		long seed = Long.getLong("gentcp.fuzz.seed", System.nanoTime());
		List<PacketStream> streams = new RandomQuestions(new Chance(seed)).nextStreams(STREAMS);
		List<String> theirs;
		try (ErlangAnswers erlang = ErlangAnswers.start(this.folder)) {
			theirs = erlang.receive(streams);
		}
		List<String> ours = receive(backend, streams);
		int packets = 0;
		int different = 0;
		for (int i = 0; i < STREAMS; i++) {
			packets += elements(theirs.get(i)).size() - 1;
			String run = "-Dgentcp.fuzz.seed=%d: of %s%n%s%n is what we receive, OTP receives%n%s".formatted(seed,
					streams.get(i), ours.get(i), theirs.get(i));
			different += differences(run, streams.get(i).question(), elements(ours.get(i)), elements(theirs.get(i)));
		}
		long refused = theirs.stream().filter((answer) -> answer.endsWith("\"emsgsize\"]")).count();
		System.out.printf(
				"recv on %s, -Dgentcp.fuzz.seed=%d: %d packets of %d streams, %d differ by decision, %d emsgsize%n",
				backend, seed, packets, STREAMS, different, refused);
		assertThat(packets).isGreaterThan(3 * STREAMS);
		assertThat(refused).isBetween(STREAMS / 20L, STREAMS / 2L);
	}

	/** Compares packet by packet, up to one that is refused by decision. */
	private static int differences(String run, DecodeQuestion question, List<String> ours, List<String> otp) {
		PacketCodec codec = question.codec();
		ByteBuffer in = ByteBuffer.wrap(question.bytes());
		int different = 0;
		for (int i = 0; i < Math.min(ours.size(), otp.size()); i++) {
			byte[] rest = Arrays.copyOfRange(question.bytes(), in.position(), in.limit());
			boolean isInvalid = codec.decode(in) instanceof Invalid;
			if (!ours.get(i).equals(otp.get(i))) {
				String answer = isInvalid ? DecodeVector.INVALID : ours.get(i);
				assertThat(Difference.between(question.type(), rest, answer, otp.get(i))).as(run).isNotEmpty();
				different++;
			}
			if (isInvalid) {
				return different;
			}
		}
		assertThat(ours.size()).as(run).isEqualTo(otp.size());
		return different;
	}

	private static List<String> elements(String array) {
		return MAPPER.readTree(array).valueStream().map(JsonNode::toString).toList();
	}

	private static List<String> receive(Backend backend, List<PacketStream> streams) {
		SocketOptions options = SocketOptions.defaults().ip(InetAddress.getLoopbackAddress()).backend(backend);
		List<String> answers = new ArrayList<>();
		try (GenTcp genTcp = GenTcp.open()) {
			ListenSocket listen = ((ListenResult.Listening) genTcp.listen(0, options)).socket();
			for (PacketStream stream : streams) {
				try (PeerConnection peer = stream.sendTo(listen.port())) {
					TcpSocket socket = ((AcceptResult.Accepted) listen.accept(PATIENCE)).socket();
					answers.add(receive(socket, stream.question()));
					socket.close();
				}
			}
		}
		return answers;
	}

	private static String receive(TcpSocket socket, DecodeQuestion question) {
		PacketLimits limits = question.limits();
		assertThat(socket.setOptions((options) -> options.packet(question.type())
			.packetSize(limits.packetSize())
			.lineDelimiter(Byte.toUnsignedInt(limits.lineDelimiter())))).isEqualTo(new SetOptionsResult.Set());
		StringBuilder answer = new StringBuilder("[");
		while (true) {
			switch (socket.recv(PATIENCE)) {
				case RecvResult.Received(Packet packet) ->
					answer.append(PacketJson.of(question.type()).json(packet)).append(',');
				case RecvResult.Closed() -> {
					return answer.append("\"closed\"]").toString();
				}
				case RecvResult.Failed failed -> {
					return answer.append("\"%s\"]".formatted(failed.error().atom())).toString();
				}
				case RecvResult.TimedOut() -> throw new AssertionError("nothing came any more, after " + answer);
			}
		}
	}

}

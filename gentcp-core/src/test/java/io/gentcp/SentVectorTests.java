package io.gentcp;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.gentcp.packet.EncodeVector;
import io.gentcp.packet.EncodeVector.Send;
import io.gentcp.packet.PacketType;
import io.gentcp.packet.Vector;
import io.gentcp.packet.VectorRow;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a peer reads of a send is what Erlang's peer has read of the same send: every row
 * of {@code encode.jsonl}, on the backend that it names, through a connection of its own.
 */
@ParameterizedClass
@EnumSource(Backend.class)
@Tag("exhaustive")
@Timeout(120)
class SentVectorTests {

	@Parameter
	Backend backend;

	private int sent;

	private int refused;

	private int withoutCounterpart;

	@Test
	void upToTheEndOfTheStreamThePeerReadsWhatErlangsPeerHasRead() throws Exception {
		List<VectorRow> rows = rows();
		try (GenTcp genTcp = GenTcp.open(); ScriptedPeer listening = ScriptedPeer.listening()) {
			for (VectorRow row : rows) {
				run(row, genTcp, listening);
			}
		}
		assertThat(List.of(this.sent, this.refused, this.withoutCounterpart)).isEqualTo(List.of(250, 10, 24));
	}

	private List<VectorRow> rows() throws Exception {
		Path file = Path.of(SentVectorTests.class.getResource("/otp/encode.jsonl").toURI());
		String ours = this.backend.name().toLowerCase(Locale.ROOT);
		return VectorRow.of(file)
			.stream()
			.filter((row) -> row.json().path("backend").asString("").equals(ours))
			.toList();
	}

	private void run(VectorRow row, GenTcp genTcp, ScriptedPeer listening) {
		Vector vector = EncodeVector.of(row).orElseThrow();
		if (!(vector instanceof EncodeVector encode)) {
			// What is no bytes cannot be given to send.
			this.withoutCounterpart++;
			return;
		}
		Send first = encode.sends().getFirst();
		SocketOptions options = SocketOptions.defaults().backend(this.backend).packet(first.type());
		try (TcpSocket socket = Connected.connect(genTcp, listening.port(), options);
				PeerConnection peer = listening.accept(Connected.PATIENCE)) {
			if (first.wrapsInErlang()) {
				assertThatIllegalArgumentException().as(row.where()).isThrownBy(() -> socket.send(first.payload()));
				socket.close();
				assertThat(readByPeer(peer)).as(row.where()).isEmpty();
				this.refused++;
				return;
			}
			sendAll(socket, encode.sends());
			socket.close();
			byte[] read = readByPeer(peer);
			assertThat(row).satisfies((at) -> encode.requireOnTheWire(read));
			this.sent++;
		}
	}

	/** Sets packet between two sends. */
	private static void sendAll(TcpSocket socket, List<Send> sends) {
		PacketType set = sends.getFirst().type();
		for (Send send : sends) {
			if (send.type() != set) {
				assertThat(socket.setOptions((options) -> options.packet(send.type())))
					.isEqualTo(new SetOptionsResult.Set());
				set = send.type();
			}
			assertThat(socket.send(send.payload())).isEqualTo(new SendResult.Sent());
		}
	}

	private static byte[] readByPeer(PeerConnection peer) {
		peer.awaitEndOfStream(Connected.PATIENCE);
		return peer.received();
	}

}

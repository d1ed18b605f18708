package io.gentcp.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gentcp.Mailbox;
import io.gentcp.SocketMessage;
import io.gentcp.TcpSocket;
import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.Packet;
import io.gentcp.transport.PosixError;

import static org.awaitility.Awaitility.await;

/** What a controlling process is told, as Erlang prints it. */
record Messages(Mailbox mailbox, PacketTerm packets) {

	private static final Duration SHORT = Duration.ofMillis(100);

	static Messages of(Mailbox mailbox) {
		return new Messages(mailbox, PacketTerm.STRINGS);
	}

	/** Receives so many, and one more if there is one. */
	@CanIgnoreReturnValue
	String next(int expected) {
		List<String> messages = new ArrayList<>();
		while (messages.size() < expected) {
			messages.add(take());
		}
		this.mailbox.receive(SHORT).map(this::term).ifPresent(messages::add);
		return Term.list(messages);
	}

	/** Receives one. */
	String take() {
		return term(this.mailbox.receive(Pair.PATIENCE).orElseThrow());
	}

	/** Waits until there is one, and leaves it there. */
	void arrive() {
		await().atMost(Pair.PATIENCE).until(() -> !this.mailbox.toString().startsWith("Mailbox[0 "));
	}

	private String term(SocketMessage message) {
		return switch (message) {
			case SocketMessage.Data(TcpSocket socket, HttpPacket packet) -> Term.tuple("http", this.packets.of(packet));
			case SocketMessage.Data(TcpSocket socket, Packet packet) -> Term.tuple("tcp", this.packets.of(packet));
			case SocketMessage.Passive passive -> "tcp_passive";
			case SocketMessage.Closed closed -> "tcp_closed";
			case SocketMessage.Error(TcpSocket socket, PosixError error, String detail) ->
				Term.tuple("tcp_error", error.atom());
		};
	}

}

package io.gentcp;

import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** All sockets of a runtime, as inet:i() prints them. */
class SocketTableTests {

	@Test
	void everySocketHasALineAndAClosedOneHasNone() {
		try (GenTcp genTcp = GenTcp.open()) {
			SocketOptions options = SocketOptions.defaults().packet(PacketType.FOUR);
			ListenSocket listen = Connected.listen(genTcp, options);
			TcpSocket client = Connected.connect(genTcp, listen.port(), options.backend(Backend.SOCKET));
			TcpSocket server = ((AcceptResult.Accepted) listen.accept(Connected.PATIENCE)).socket();
			assertThat(client.send(new byte[5])).isEqualTo(new SendResult.Sent());
			assertThat(server.recv()).isInstanceOf(RecvResult.Received.class);
			String[] lines = genTcp.i().split("\n");
			assertThat(lines).hasSize(4);
			assertThat(lines[0].split(" {2,}|(?<=\\w) (?=[A-Z])")).startsWith("Backend", "Recv", "Sent");
			assertThat(lines[1]).matches("inet +0 +0 +- +\\S+:%d +\\*:\\* +LISTEN +STREAM".formatted(listen.port()));
			assertThat(genTcp.i())
				.containsPattern("socket +0 +9 +- +127\\.0\\.0\\.1:%d +127\\.0\\.0\\.1:%d +CONNECTED +STREAM"
					.formatted(client.port(), listen.port()));
			assertThat(genTcp.i())
				.containsPattern("inet +9 +0 +- +127\\.0\\.0\\.1:%d +127\\.0\\.0\\.1:%d +CONNECTED +STREAM"
					.formatted(listen.port(), client.port()));
			assertThat(genTcp.sockets()).containsExactlyInAnyOrder(client, server);
			assertThat(genTcp.listenSockets()).containsExactly(listen);
			client.close();
			listen.close();
			assertThat(genTcp.i().split("\n")).hasSize(2);
			assertThat(client.info().state()).isEqualTo(SocketInfo.State.CLOSED);
			assertThat(server.info()).satisfies((info) -> {
				assertThat(info.state()).isEqualTo(SocketInfo.State.CONNECTED);
				assertThat(info.packet()).isEqualTo(PacketType.FOUR);
				assertThat(info.stats().get("recv_oct")).isEqualTo(9);
				assertThat(info.owner()).isEmpty();
			});
		}
	}

}

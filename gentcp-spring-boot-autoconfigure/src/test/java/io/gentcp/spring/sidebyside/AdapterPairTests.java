package io.gentcp.spring.sidebyside;

import java.util.HashSet;
import java.util.Set;

import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.integration.ip.tcp.serializer.ByteArrayLengthHeaderSerializer;
import org.springframework.messaging.Message;

import static org.assertj.core.api.Assertions.assertThat;

/** An outbound channel adapter sends what an inbound one receives. */
class AdapterPairTests {

	private static final int PACKETS = 100;

	@Nested
	@ParameterizedClass(name = "{0}")
	@MethodSource("io.gentcp.spring.sidebyside.Library#all")
	class EveryLibrary {

		@Parameter
		private Library library;

		@Test
		void bringsEveryPacketOnceOverOneConnection() {
			try (Server server = this.library.receiver(); Client client = this.library.sender(server.port())) {
				Set<String> connections = new HashSet<>();
				Set<Byte> packets = new HashSet<>();
				for (byte i = 0; i < PACKETS; i++) {
					client.send(new byte[] { i });
				}
				for (int i = 0; i < PACKETS; i++) {
					Message<?> message = server.receiveMessage();
					packets.add(((byte[]) message.getPayload())[0]);
					connections.add(server.connectionOf(message));
				}

				assertThat(packets).hasSize(PACKETS);
				assertThat(connections).hasSize(1);
			}
		}

		@Test
		void bringsAnEmptyPacketAndALargeOne() {
			try (Server server = this.library.receiver(); Client client = this.library.sender(server.port())) {
				client.send(new byte[0]);
				assertThat((byte[]) server.receiveMessage().getPayload()).isEmpty();

				client.send(new byte[1_000_000]);
				assertThat((byte[]) server.receiveMessage().getPayload()).hasSize(1_000_000);
			}
		}

	}

	@Nested
	@ParameterizedClass(name = "{0}")
	@MethodSource("io.gentcp.spring.sidebyside.AdapterPairTests#ip")
	class WithIp {

		@Parameter
		private Ip ip;

		@Test
		void aPacketOver2048BytesEndsTheConnectionUnlessAllowed() {
			Ip withDefault = this.ip.with((factory) -> factory.setDeserializer(new ByteArrayLengthHeaderSerializer()));
			try (Server server = withDefault.receiver();
					PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", server.port())) {
				peer.send(new byte[] { 0, 0, 0, 1, 'a' });
				assertThat((byte[]) server.receiveMessage().getPayload()).asString().isEqualTo("a");

				peer.send(new byte[] { 0, 0, 8, 1 });
				peer.awaitEndOfStream(Library.PATIENCE);
			}
		}

	}

	static Ip[] ip() {
		return new Ip[] { Ip.NET, Ip.NIO };
	}

	static Ours[] ours() {
		return new Ours[] { Ours.SOCKET, Ours.INET };
	}

}

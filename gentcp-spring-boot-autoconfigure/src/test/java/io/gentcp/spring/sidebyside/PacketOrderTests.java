package io.gentcp.spring.sidebyside;

import java.util.ArrayList;
import java.util.List;

import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.integration.IntegrationMessageHeaderAccessor;
import org.springframework.integration.ip.tcp.connection.TcpMessageMapper;
import org.springframework.messaging.Message;

import static org.assertj.core.api.Assertions.assertThat;

/** The packets of one connection, and the order in which a flow gets them. */
class PacketOrderTests {

	private static final byte[] THREE = { 0, 0, 0, 1, 'a', 0, 0, 0, 1, 'b', 0, 0, 0, 1, 'c' };

	@Nested
	class WithIp {

		@Test
		void isThatOfTheStreamOnNet() {
			assertThat(packetsOf(Ip.NET.with((factory) -> factory.setTaskExecutor(new NewestTaskFirst()))))
				.containsExactly("a", "b", "c");
		}

		@Test
		void isThatOfTheThreadsOnNio() {
			assertThat(packetsOf(Ip.NIO.with((factory) -> factory.setTaskExecutor(new NewestTaskFirst()))))
				.containsExactly("c", "b", "a");
		}

		@Test
		void canBeRestoredOnNioByTheSequenceNumber() {
			TcpMessageMapper numbered = new TcpMessageMapper();
			numbered.setApplySequence(true);
			List<Message<?>> messages = messagesOf(Ip.NIO.with((factory) -> {
				factory.setTaskExecutor(new NewestTaskFirst());
				factory.setMapper(numbered);
			}));

			assertThat(messages)
				.extracting((message) -> message.getHeaders()
					.get(IntegrationMessageHeaderAccessor.SEQUENCE_NUMBER, Number.class)
					.intValue())
				.containsExactly(3, 2, 1);
		}

	}

	@Nested
	@ParameterizedClass(name = "{0}")
	@MethodSource("io.gentcp.spring.sidebyside.AdapterPairTests#ours")
	class WithGenTcp {

		@Parameter
		private Ours ours;

		@Test
		void isThatOfTheStream() {
			assertThat(packetsOf(this.ours)).containsExactly("a", "b", "c");
		}

	}

	private static List<String> packetsOf(Library library) {
		return messagesOf(library).stream().map((message) -> new String((byte[]) message.getPayload())).toList();
	}

	/** What a flow gets of three packets that come in one segment. */
	private static List<Message<?>> messagesOf(Library library) {
		try (Server server = library.receiver();
				PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", server.port())) {
			peer.send(THREE);
			List<Message<?>> messages = new ArrayList<>();
			while (messages.size() < 3) {
				messages.add(server.receiveMessage());
			}
			return messages;
		}
	}

}

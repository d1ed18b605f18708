package io.gentcp.spring.sidebyside;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.messaging.MessageHandlingException;

import static io.gentcp.spring.sidebyside.Library.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** A server sends packets to the connections of its choice. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.gentcp.spring.sidebyside.Library#all")
class ServerPushTests {

	@Parameter
	private Library library;

	@Test
	void aPacketGoesToTheConnectionThatIsNamedAndToNoOther() {
		try (Server server = this.library.receiver();
				Client one = this.library.collaborators(server.port());
				Client two = this.library.collaborators(server.port())) {
			String toOne = connect(server, one);
			String toTwo = connect(server, two);
			assertThat(toOne).isNotEqualTo(toTwo);

			server.send(toTwo, "for two".getBytes());
			server.send(toOne, "for one".getBytes());

			assertThat(one.receive()).asString().isEqualTo("for one");
			assertThat(two.receive()).asString().isEqualTo("for two");
		}
	}

	@Test
	void aConnectionThatIsGoneIsRefused() {
		try (Server server = this.library.receiver()) {
			String gone;
			try (Client client = this.library.collaborators(server.port())) {
				gone = connect(server, client);
			}
			await().atMost(PATIENCE).until(() -> server.openConnections() == 0);

			assertThatExceptionOfType(MessageHandlingException.class)
				.isThrownBy(() -> server.send(gone, "too late".getBytes()));
		}
	}

	private static String connect(Server server, Client client) {
		client.send("hello".getBytes());
		return server.connectionOf(server.receiveMessage());
	}

}

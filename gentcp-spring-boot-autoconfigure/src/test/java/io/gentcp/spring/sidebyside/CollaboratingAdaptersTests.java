package io.gentcp.spring.sidebyside;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.messaging.Message;

import static org.assertj.core.api.Assertions.assertThat;

/** Adapters of both directions share a connection, and no reply is waited for. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.gentcp.spring.sidebyside.Library#all")
class CollaboratingAdaptersTests {

	@Parameter
	private Library library;

	@Test
	void whatIsSentBackToAConnectionComesInBesideWhatGoesOut() {
		try (Server server = this.library.receiver(); Client client = this.library.collaborators(server.port())) {
			client.send("one".getBytes());
			Message<?> one = server.receiveMessage();
			client.send("two".getBytes());
			Message<?> two = server.receiveMessage();
			assertThat(server.connectionOf(two)).isEqualTo(server.connectionOf(one));

			server.send(server.connectionOf(one), "re: one".getBytes());
			assertThat(client.receive()).asString().isEqualTo("re: one");
			server.send(server.connectionOf(one), "unasked".getBytes());
			assertThat(client.receive()).asString().isEqualTo("unasked");
		}
	}

}

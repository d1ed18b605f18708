package io.gentcp.spring.integration;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.gentcp.SocketOptions;
import io.gentcp.packet.PacketType;
import io.gentcp.spring.core.GenTcpException;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.handler.advice.RequestHandlerRetryAdvice;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.support.GenericMessage;

import static io.gentcp.spring.integration.Flows.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The examples of the manual. */
class IntegrationExampleTests {

	private final Flows flows = new Flows();

	@AfterEach
	void close() {
		this.flows.close();
	}

	@Test
	void aJobIsDoneWhileTheNextOneIsRead() {
		GenTcpListenerContainer edge = this.flows.server();
		this.flows.with(Jobs.class).start();
		try (PeerConnection peer = Flows.connect(edge)) {
			peer.send(new byte[] { 0, 0, 0, 1, 'a' });
			peer.awaitReceived(11, PATIENCE);

			assertThat(peer.receivedPackets(4).complete())
				.containsExactly("a: done".getBytes(StandardCharsets.US_ASCII));
		}
	}

	@Test
	void whatWasNotSentIsTriedAgain() {
		int port;
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			port = peer.port();
		}
		GenTcpTemplate client = this.flows.client(port);
		this.flows.with(Resending.class).start();

		assertThatExceptionOfType(MessagingException.class)
			.isThrownBy(() -> this.flows.send("orders.input", new GenericMessage<>("order 1")));
		assertThat(client.counters().connectsFailed()).isEqualTo(4);
	}

	@Test
	void whatMayHaveBeenDoneIsNot() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			GenTcpTemplate client = this.flows.client(peer.port(),
					(settings) -> settings.replyTimeout(Duration.ofMillis(200)));
			this.flows.with(Resending.class).start();

			assertThatExceptionOfType(MessagingException.class)
				.isThrownBy(() -> this.flows.send("orders.input", new GenericMessage<>("order 1")));
			assertThat(client.counters().packetsSent()).isOne();
		}
	}

	@Test
	void whatIsSaidIsHeard() {
		try (ScriptedPeer listening = ScriptedPeer.listening()) {
			this.flows.client(listening.port());
			this.flows.with(Chat.class).start();
			this.flows.send("say.input", new GenericMessage<>("hello"));
			PeerConnection peer = listening.accept(PATIENCE);
			peer.awaitReceived(9, PATIENCE);
			peer.send(new byte[] { 0, 0, 0, 3, 'h', 'u', 'h' });

			assertThat(this.flows.receive(Flows.IN).getPayload()).isEqualTo("huh");
		}
	}

	@Test
	void aReadingIsReadFromTheStream() throws Exception {
		GenTcpListenerContainer meters = this.flows
			.server((settings) -> settings.options(SocketOptions.defaults().packet(PacketType.RAW)));
		this.flows.with(Meters.class).start();
		ByteArrayOutputStream reading = new ByteArrayOutputStream();
		DataOutputStream data = new DataOutputStream(reading);
		data.writeUTF("cellar");
		data.writeDouble(11.5);
		try (PeerConnection peer = Flows.connect(meters)) {
			peer.send(reading.toByteArray());

			assertThat(this.flows.receive(Flows.IN).getPayload()).isEqualTo(new Reading("cellar", 11.5));
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Chat {

		@Bean
		IntegrationFlow say(GenTcpTemplate orders) {
			return (flow) -> flow.handle(GenTcpAdapters.outboundAdapter(orders));
		}

		@Bean
		IntegrationFlow hear(GenTcpTemplate orders) {
			return IntegrationFlow.from(GenTcpAdapters.inboundAdapter(orders).payloadType(PayloadType.TEXT))
				.channel("in")
				.get();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Meters {

		@Bean
		IntegrationFlow readings(GenTcpListenerContainer meters) {
			return IntegrationFlow.from(GenTcpAdapters.inboundAdapter(meters, Meters::reading)).channel("in").get();
		}

		private static Reading reading(InputStream stream) throws IOException {
			DataInputStream data = new DataInputStream(stream);
			return new Reading(data.readUTF(), data.readDouble());
		}

	}

	record Reading(String meter, double value) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Jobs {

		@Bean
		IntegrationFlow jobs(GenTcpListenerContainer edge) {
			return IntegrationFlow.from(GenTcpAdapters.inboundAdapter(edge).payloadType(PayloadType.TEXT))
				.channel((channels) -> channels.executor(Thread::startVirtualThread))
				.transform(String.class, (job) -> job + ": done")
				.handle(GenTcpAdapters.outboundAdapter(edge))
				.get();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Resending {

		@Bean
		IntegrationFlow orders(GenTcpTemplate orders) {
			return (flow) -> flow.handle(GenTcpAdapters.outboundGateway(orders),
					(endpoint) -> endpoint.advice(again()));
		}

		private static RequestHandlerRetryAdvice again() {
			RequestHandlerRetryAdvice advice = new RequestHandlerRetryAdvice();
			advice.setRetryPolicy(RetryPolicy.builder()
				.maxRetries(3)
				.delay(Duration.ofMillis(100))
				.predicate((failure) -> failure.getCause() instanceof GenTcpException ex && ex.nothingSent())
				.build());
			return advice;
		}

	}

}

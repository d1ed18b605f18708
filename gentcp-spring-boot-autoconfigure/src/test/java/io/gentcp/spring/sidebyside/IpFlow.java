package io.gentcp.spring.sidebyside;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.integration.ip.tcp.connection.AbstractConnectionFactory;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.util.TestingUtilities;
import org.springframework.integration.support.MessageBuilder;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.PollableChannel;
import org.springframework.messaging.support.GenericMessage;

import static org.assertj.core.api.Assertions.assertThat;

/** A context with flows around one connection factory of spring-integration-ip. */
record IpFlow(AnnotationConfigApplicationContext context,
		AbstractConnectionFactory factory) implements Client, Requester, Server {

	/** The channel of what is to be sent. */
	static final String OUT = "out";

	/** The channel of what came in. */
	static final String IN = "in";

	static IpFlow start(AbstractConnectionFactory factory, IntegrationFlow... flows) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(Channels.class);
		context.registerBean("factory", AbstractConnectionFactory.class, () -> factory);
		for (int i = 0; i < flows.length; i++) {
			IntegrationFlow flow = flows[i];
			context.registerBean("flow" + i, IntegrationFlow.class, () -> flow);
		}
		context.refresh();
		if (factory instanceof AbstractServerConnectionFactory server) {
			TestingUtilities.waitListening(server, Library.PATIENCE.toMillis());
		}
		return new IpFlow(context, factory);
	}

	@Override
	public void send(byte[] packet) {
		channel().send(new GenericMessage<>(packet));
	}

	@Override
	public void send(String connection, byte[] packet) {
		channel().send(MessageBuilder.withPayload(packet).setHeader(IpHeaders.CONNECTION_ID, connection).build());
	}

	@Override
	public byte[] exchange(byte[] request) {
		Message<?> reply = new MessagingTemplate().sendAndReceive(channel(), new GenericMessage<>(request));
		return (byte[]) reply.getPayload();
	}

	private MessageChannel channel() {
		return this.context.getBean(OUT, MessageChannel.class);
	}

	@Override
	public byte[] receive() {
		return (byte[]) receiveMessage().getPayload();
	}

	@Override
	public Message<?> receiveMessage() {
		Message<?> message = this.context.getBean(IN, PollableChannel.class).receive(Library.PATIENCE.toMillis());
		assertThat(message).as("the next packet").isNotNull();
		return message;
	}

	@Override
	public String connectionOf(Message<?> message) {
		return message.getHeaders().get(IpHeaders.CONNECTION_ID, String.class);
	}

	@Override
	public int port() {
		return this.factory.getPort();
	}

	@Override
	public int openConnections() {
		return this.factory.getOpenConnectionIds().size();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableIntegration
	static class Channels {

		@Bean
		DirectChannel out() {
			return new DirectChannel();
		}

		@Bean
		QueueChannel in() {
			return new QueueChannel();
		}

	}

}

package io.gentcp.spring.sidebyside;

import java.util.function.Consumer;
import java.util.function.IntSupplier;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.integration.support.MessageBuilder;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.PollableChannel;
import org.springframework.messaging.support.GenericMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A context with flows around one client or server of one library.
 *
 * @param listenPort where the server listens
 * @param open counts the open connections
 */
record Flow(AnnotationConfigApplicationContext context, IntSupplier listenPort,
		IntSupplier open) implements Client, Requester, Server {

	/** The channel of what is to be sent. */
	static final String OUT = "out";

	/** The channel of what came in. */
	static final String IN = "in";

	/**
	 * Starts a context.
	 * @param beans registers what the library needs
	 * @param listenPort where the server listens
	 * @param open counts the open connections
	 */
	static Flow start(Consumer<GenericApplicationContext> beans, IntSupplier listenPort, IntSupplier open,
			IntegrationFlow... flows) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(Channels.class);
		beans.accept(context);
		for (int i = 0; i < flows.length; i++) {
			IntegrationFlow flow = flows[i];
			context.registerBean("flow" + i, IntegrationFlow.class, () -> flow);
		}
		context.refresh();
		return new Flow(context, listenPort, open);
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
		return this.listenPort.getAsInt();
	}

	@Override
	public int openConnections() {
		return this.open.getAsInt();
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

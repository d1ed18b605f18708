package io.gentcp.spring.integration;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import io.gentcp.GenTcp;
import io.gentcp.SocketOptions;
import io.gentcp.packet.PacketType;
import io.gentcp.spring.core.GenTcpClientSettings;
import io.gentcp.spring.core.GenTcpEvent;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.spring.listener.GenTcpServerSettings;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.PollableChannel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A context with a server or a client, packet 4, and the flows of a test. */
final class Flows implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(20);

	/** The channel of what is to be sent. */
	static final String OUT = "out";

	/** The channel of what came in. */
	static final String IN = "in";

	/** The channel of what went wrong. */
	static final String FAILURES = "failures";

	private static final SocketOptions OPTIONS = SocketOptions.defaults()
		.backend(Backend.SOCKET)
		.packet(PacketType.FOUR)
		.reuseaddr(true)
		.sendTimeout(PATIENCE);

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final GenTcp genTcp = GenTcp.open();

	Flows() {
		this.context.register(Channels.class);
		// Closed last, behind what it opened.
		this.context.registerBean(GenTcp.class, () -> this.genTcp);
	}

	GenTcpListenerContainer server() {
		return server(UnaryOperator.identity());
	}

	/** A server on a free port, as an auto-configured one. */
	GenTcpListenerContainer server(UnaryOperator<GenTcpServerSettings> change) {
		GenTcpServerSettings settings = GenTcpServerSettings.of("edge", 0)
			.address(InetAddress.getLoopbackAddress())
			.options(OPTIONS);
		GenTcpListenerContainer server = new GenTcpListenerContainer(this.genTcp, change.apply(settings),
				Thread::startVirtualThread);
		this.context.registerBean(GenTcpListenerContainer.class, () -> server);
		return server;
	}

	GenTcpTemplate client(int port) {
		return client(port, UnaryOperator.identity());
	}

	GenTcpTemplate client(int port, UnaryOperator<GenTcpClientSettings> change) {
		GenTcpClientSettings settings = GenTcpClientSettings.of("orders", "127.0.0.1", port)
			.options(OPTIONS)
			.connectTimeout(PATIENCE)
			.replyTimeout(PATIENCE);
		GenTcpTemplate client = new GenTcpTemplate(this.genTcp, change.apply(settings), Thread::startVirtualThread);
		this.context.registerBean(GenTcpTemplate.class, () -> client);
		return client;
	}

	Flows add(IntegrationFlow flow) {
		this.context.registerBean("flow" + this.context.getBeanDefinitionCount(), IntegrationFlow.class, () -> flow);
		return this;
	}

	Flows with(Class<?> configuration) {
		this.context.register(configuration);
		return this;
	}

	/** Lets the inbound endpoints start when clients have got as far as that. */
	Flows startingLate(Callable<Boolean> condition) {
		this.context.registerBean(Late.class, () -> new Late(condition));
		return this;
	}

	/** Starts everything. */
	Flows start() {
		this.context.refresh();
		return this;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	static PeerConnection connect(GenTcpListenerContainer server, Step... script) {
		return ScriptedPeer.connecting("127.0.0.1", server.port(), script);
	}

	void send(Message<?> message) {
		send(OUT, message);
	}

	void send(String channel, Message<?> message) {
		this.context.getBean(channel, MessageChannel.class).send(message);
	}

	/** Waits for the next message of this channel. */
	Message<?> receive(String channel) {
		Message<?> message = this.context.getBean(channel, PollableChannel.class).receive(PATIENCE.toMillis());
		assertThat(message).as("the next message of %s", channel).isNotNull();
		return message;
	}

	/** Returns what handlers have failed with so far. */
	List<Throwable> handlerFailures() {
		return this.context.getBean(Channels.class).failed;
	}

	@Override
	public void close() {
		this.context.close();
		this.genTcp.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableIntegration
	static class Channels {

		private final List<Throwable> failed = new CopyOnWriteArrayList<>();

		@EventListener
		void failed(GenTcpEvent.HandlerFailed event) {
			this.failed.add(event.failure());
		}

		@Bean
		DirectChannel out() {
			return new DirectChannel();
		}

		@Bean
		QueueChannel in() {
			return new QueueChannel();
		}

		@Bean
		QueueChannel failures() {
			return new QueueChannel();
		}

	}

	/** Starts after the clients, and before what receives from them. */
	private record Late(Callable<Boolean> condition) implements SmartLifecycle {

		@Override
		public void start() {
			await().atMost(PATIENCE).until(this.condition);
		}

		@Override
		public void stop() {
			// Nothing was started.
		}

		@Override
		public boolean isRunning() {
			return false;
		}

		@Override
		public int getPhase() {
			return 0;
		}

	}

}

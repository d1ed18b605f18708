package io.gentcp.spring.sidebyside;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.dsl.Tcp;
import org.springframework.integration.ip.tcp.connection.AbstractClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.AbstractConnectionFactory;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNetClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNetServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNioClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNioServerConnectionFactory;
import org.springframework.integration.ip.tcp.serializer.ByteArrayLengthHeaderSerializer;
import org.springframework.integration.ip.util.TestingUtilities;

/**
 * spring-integration-ip, with its defaults but for the size of a packet.
 *
 * @param nio whether on a selector, or with a thread for each connection
 * @param change what else a test sets
 */
record Ip(boolean nio, Consumer<AbstractConnectionFactory> change) implements Library {

	static final Ip NET = new Ip(false, (factory) -> {
	});

	static final Ip NIO = new Ip(true, (factory) -> {
	});

	/** How large a packet may be here; ip's default are 2048 bytes. */
	private static final int PACKET_SIZE = 64 * 1024 * 1024;

	Ip with(Consumer<AbstractConnectionFactory> more) {
		return new Ip(this.nio, this.change.andThen(more));
	}

	@Override
	public Client sender(int port) {
		AbstractClientConnectionFactory factory = client(port);
		return start(factory, sending(factory));
	}

	@Override
	public Client collaborators(int port) {
		AbstractClientConnectionFactory factory = client(port);
		return start(factory, sending(factory), receiving(factory));
	}

	@Override
	public Requester requester(int port, Duration replyTimeout) {
		AbstractClientConnectionFactory factory = client(port);
		return start(factory, (flow) -> flow.channel(Flow.OUT)
			.handle(Tcp.outboundGateway(factory).remoteTimeout(replyTimeout.toMillis())));
	}

	@Override
	public Server receiver() {
		AbstractServerConnectionFactory factory = server();
		return start(factory, sending(factory), receiving(factory));
	}

	@Override
	public Server replier(UnaryOperator<byte[]> reply) {
		AbstractServerConnectionFactory factory = server();
		return start(factory,
				IntegrationFlow.from(Tcp.inboundGateway(factory))
					.<byte[], byte[]>transform((request) -> reply.apply(request))
					.get());
	}

	private static IntegrationFlow sending(AbstractConnectionFactory factory) {
		return (flow) -> flow.channel(Flow.OUT).handle(Tcp.outboundAdapter(factory));
	}

	private static IntegrationFlow receiving(AbstractConnectionFactory factory) {
		return IntegrationFlow.from(Tcp.inboundAdapter(factory)).channel(Flow.IN).get();
	}

	private static Flow start(AbstractConnectionFactory factory, IntegrationFlow... flows) {
		Flow flow = Flow.start((beans) -> beans.registerBean("factory", AbstractConnectionFactory.class, () -> factory),
				factory::getPort, () -> factory.getOpenConnectionIds().size(), flows);
		if (factory instanceof AbstractServerConnectionFactory server) {
			TestingUtilities.waitListening(server, PATIENCE.toMillis());
		}
		return flow;
	}

	private AbstractClientConnectionFactory client(int port) {
		return configured(this.nio ? new TcpNioClientConnectionFactory("127.0.0.1", port)
				: new TcpNetClientConnectionFactory("127.0.0.1", port));
	}

	private AbstractServerConnectionFactory server() {
		return configured(this.nio ? new TcpNioServerConnectionFactory(0) : new TcpNetServerConnectionFactory(0));
	}

	private <T extends AbstractConnectionFactory> T configured(T factory) {
		ByteArrayLengthHeaderSerializer packets = new ByteArrayLengthHeaderSerializer();
		packets.setMaxMessageSize(PACKET_SIZE);
		factory.setSerializer(packets);
		factory.setDeserializer(packets);
		this.change.accept(factory);
		return factory;
	}

	@Override
	public String toString() {
		return this.nio ? "ip nio" : "ip net";
	}

}

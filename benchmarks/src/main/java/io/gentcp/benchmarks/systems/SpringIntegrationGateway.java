package io.gentcp.benchmarks.systems;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import io.gentcp.benchmarks.peer.Client;
import io.gentcp.benchmarks.peer.Connection;
import io.gentcp.benchmarks.peer.JavaPeer;
import io.gentcp.benchmarks.peer.RequestClient;
import io.gentcp.benchmarks.peer.RequestClient.RequestConnection;
import io.gentcp.benchmarks.peer.Workload;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.context.IntegrationFlowContext;
import org.springframework.integration.ip.dsl.Tcp;
import org.springframework.integration.ip.tcp.connection.TcpNetServerConnectionFactory;
import org.springframework.integration.ip.tcp.serializer.ByteArrayLengthHeaderSerializer;
import org.springframework.messaging.support.GenericMessage;

/** The gateways of Spring Integration: requests and replies, in flows. */
final class SpringIntegrationGateway implements JavaPeer {

	private static final int BACKLOG = 4096;

	private static final int MOST = 128 << 20;

	@Override
	public String name() {
		return "spring-integration-gateway";
	}

	@Override
	public String settings() {
		return "TcpOutboundGateway and TcpInboundGateway in flows, TcpNet connection factories, ByteArrayLengthHeaderSerializer, "
				+ "virtual threads, TCP_NODELAY";
	}

	@Override
	public Optional<String> unfit(Workload workload) {
		return (workload.kind() == Workload.Kind.W1) ? Optional.empty()
				: Optional.of("a gateway has one connection, and one request on it at a time");
	}

	@Override
	public int serve(Path folder) throws Exception {
		TcpNetServerConnectionFactory server = new TcpNetServerConnectionFactory(0);
		server.setLocalAddress("127.0.0.1");
		server.setBacklog(BACKLOG);
		server.setSoTcpNoDelay(true);
		server.setSerializer(packets());
		server.setDeserializer(packets());
		server.setTaskExecutor(threads());
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Integration.class);
		context.getBeanFactory().initializeBean(server, "connections");
		register(context,
				IntegrationFlow.from(Tcp.inboundGateway(server))
					.handle(byte[].class, (packet, headers) -> packet)
					.get());
		Loopback.await(server::isListening);
		return server.getPort();
	}

	@Override
	public Client client(Path folder, InetSocketAddress server) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Integration.class);
		register(context,
				IntegrationFlow.from("requests")
					.handle(Tcp.outboundGateway(Tcp.netClient(server.getAddress().getHostAddress(), server.getPort())
						.soTcpNoDelay(true)
						.serializer(packets())
						.deserializer(packets())
						.taskExecutor(threads())))
					.get());
		MessagingTemplate template = new MessagingTemplate();
		template.setBeanFactory(context);
		return new RequestClient() {

			@Override
			public RequestConnection connect() {
				return new Gateway(template);
			}

			@Override
			public Connection connectIdle() {
				throw new UnsupportedOperationException("a gateway has one connection");
			}

		};
	}

	private static void register(AnnotationConfigApplicationContext context, IntegrationFlow flow) {
		context.getBean(IntegrationFlowContext.class).registration(flow).register();
	}

	private static ByteArrayLengthHeaderSerializer packets() {
		ByteArrayLengthHeaderSerializer packets = new ByteArrayLengthHeaderSerializer();
		packets.setMaxMessageSize(MOST);
		return packets;
	}

	private static Executor threads() {
		return Executors.newVirtualThreadPerTaskExecutor();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableIntegration
	static class Integration {

	}

	/** The one connection of the gateway. */
	private record Gateway(MessagingTemplate template) implements RequestConnection {

		@Override
		public byte[] request(byte[] packet) {
			return (byte[]) Objects
				.requireNonNull(this.template.sendAndReceive("requests", new GenericMessage<>(packet)))
				.getPayload();
		}

		@Override
		public void send(byte[] packet) {
			throw new UnsupportedOperationException("a gateway waits for replies");
		}

		@Override
		public void close() {
			// It stays open for the next round.
		}

	}

}

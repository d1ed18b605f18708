package io.gentcp.benchmarks.systems;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

import io.gentcp.benchmarks.peer.Client;
import io.gentcp.benchmarks.peer.Connection;
import io.gentcp.benchmarks.peer.EventClient;
import io.gentcp.benchmarks.peer.EventClient.PacketListener;
import io.gentcp.benchmarks.peer.JavaPeer;
import io.gentcp.benchmarks.peer.Served;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.integration.ip.tcp.connection.AbstractClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.AbstractConnectionFactory;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpConnection;
import org.springframework.integration.ip.tcp.connection.TcpNetClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNetServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNioClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNioServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpSender;
import org.springframework.integration.ip.tcp.serializer.ByteArrayLengthHeaderSerializer;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * The connections of Spring Integration, without the channels and adapters around them,
 * which would cost more.
 */
final class SpringIntegration implements JavaPeer {

	private static final int BACKLOG = 4096;

	private static final int MOST = 128 << 20;

	/**
	 * A connection gets a buffer on the heap as large as the kernel's, which is of some
	 * megabytes if nothing is said.
	 */
	private static final int SEND_BUFFER = 64 * 1024;

	private final boolean nio;

	private SpringIntegration(boolean nio) {
		this.nio = nio;
	}

	static SpringIntegration net() {
		return new SpringIntegration(false);
	}

	static SpringIntegration nio() {
		return new SpringIntegration(true);
	}

	@Override
	public String name() {
		return this.nio ? "spring-integration-nio" : "spring-integration-net";
	}

	@Override
	public String settings() {
		return ("%s, ByteArrayLengthHeaderSerializer, a TcpListener on the connection factory, virtual threads, TCP_NODELAY, "
				+ "a send buffer of 64 KB, of which a connection of TcpNet has twice as much on the heap: too much for "
				+ "10,000 connections")
			.formatted(this.nio ? "TcpNio connection factories" : "TcpNet connection factories");
	}

	@Override
	public int serve(Path folder) throws Exception {
		AbstractServerConnectionFactory server = this.nio ? new TcpNioServerConnectionFactory(0)
				: new TcpNetServerConnectionFactory(0);
		Map<String, ServedConnection> connections = new ConcurrentHashMap<>();
		server.setLocalAddress("127.0.0.1");
		server.setBacklog(BACKLOG);
		server.registerSender(new TcpSender() {

			@Override
			public void addNewConnection(TcpConnection connection) {
				connections.put(connection.getConnectionId(), new ServedConnection(connection));
			}

			@Override
			public void removeDeadConnection(TcpConnection connection) {
				connections.remove(connection.getConnectionId());
			}

		});
		server.registerListener((message) -> {
			ServedConnection connection = connections.get(connectionId(message));
			if (connection != null) {
				connection.take(message);
			}
		});
		start(server);
		Loopback.await(server::isListening);
		return server.getPort();
	}

	@Override
	public Client client(Path folder, InetSocketAddress server) throws Exception {
		String host = server.getAddress().getHostAddress();
		AbstractClientConnectionFactory client = this.nio ? new TcpNioClientConnectionFactory(host, server.getPort())
				: new TcpNetClientConnectionFactory(host, server.getPort());
		Map<String, Listening> connections = new ConcurrentHashMap<>();
		client.setSingleUse(true);
		client.registerListener((message) -> {
			Listening listening = connections.get(connectionId(message));
			if (listening != null) {
				listening.listener().received(listening.connection(), (byte[]) message.getPayload());
			}
		});
		start(client);
		return (EventClient) (listener) -> {
			TcpConnection connection = client.getConnection();
			Sending sending = new Sending(connection, connections);
			connections.put(connection.getConnectionId(), new Listening(sending, listener));
			return sending;
		};
	}

	private static String connectionId(Message<?> message) {
		return Objects.requireNonNull(message.getHeaders().get(IpHeaders.CONNECTION_ID, String.class));
	}

	private static void start(AbstractConnectionFactory factory) {
		ByteArrayLengthHeaderSerializer packets = new ByteArrayLengthHeaderSerializer();
		packets.setMaxMessageSize(MOST);
		factory.setSerializer(packets);
		factory.setDeserializer(packets);
		factory.setSoTcpNoDelay(true);
		factory.setSoSendBufferSize(SEND_BUFFER);
		factory.setTaskExecutor(Executors.newVirtualThreadPerTaskExecutor());
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Integration.class);
		context.getBeanFactory().initializeBean(factory, "connections");
		factory.start();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableIntegration
	static class Integration {

	}

	/** One connection of the server. With NIO packets may come at the same time. */
	private static final class ServedConnection {

		private final TcpConnection connection;

		private final Served served = new Served();

		private final ReentrantLock lock = new ReentrantLock();

		ServedConnection(TcpConnection connection) {
			this.connection = connection;
		}

		void take(Message<?> message) {
			byte[] answer;
			this.lock.lock();
			try {
				answer = this.served.answer((byte[]) message.getPayload());
			}
			finally {
				this.lock.unlock();
			}
			if (answer.length > 0) {
				this.connection.send(new GenericMessage<>(answer));
			}
		}

	}

	/** A connection of the client, and who is told what comes on it. */
	private record Listening(Connection connection, PacketListener listener) {
	}

	/** A connection whose senders write themselves. */
	private record Sending(TcpConnection connection, Map<String, Listening> connections) implements Connection {

		@Override
		public void send(byte[] packet) {
			this.connection.send(new GenericMessage<>(packet));
		}

		@Override
		public void close() {
			this.connections.remove(this.connection.getConnectionId());
			this.connection.close();
		}

	}

}

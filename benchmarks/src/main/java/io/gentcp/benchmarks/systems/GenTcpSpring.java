package io.gentcp.benchmarks.systems;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;

import javax.net.SocketFactory;

import io.gentcp.benchmarks.peer.Client;
import io.gentcp.benchmarks.peer.Connection;
import io.gentcp.benchmarks.peer.JavaPeer;
import io.gentcp.benchmarks.peer.RequestClient;
import io.gentcp.benchmarks.peer.RequestClient.RequestConnection;
import io.gentcp.benchmarks.peer.Served;
import io.gentcp.benchmarks.peer.Workload;
import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.GenTcpClients;
import io.gentcp.spring.core.GenTcpOperations;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.transport.Backend;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** gentcp in Spring Boot: a template that calls a listener. */
final class GenTcpSpring implements JavaPeer {

	/** A client has one connection; so many clients there are. */
	private static final int CLIENTS = 64;

	private static final String METRICS = "io.gentcp.spring.boot.GenTcpMetricsAutoConfiguration";

	private final Backend backend;

	private final Kind kind;

	private GenTcpSpring(Backend backend, Kind kind) {
		this.backend = backend;
		this.kind = kind;
	}

	static GenTcpSpring plain(Backend backend) {
		return new GenTcpSpring(backend, Kind.PLAIN);
	}

	static GenTcpSpring metered(Backend backend) {
		return new GenTcpSpring(backend, Kind.METERED);
	}

	static GenTcpSpring tls(Backend backend) {
		return new GenTcpSpring(backend, Kind.TLS);
	}

	@Override
	public String name() {
		return "gentcp-spring-%s%s".formatted(backendName(), this.kind.suffix);
	}

	private String backendName() {
		return this.backend.name().toLowerCase(Locale.ROOT);
	}

	@Override
	public String settings() {
		return "Spring Boot, backend %s; a template for each connection, @GenTcpListener, %s; otherwise defaults"
			.formatted(backendName(), this.kind.words);
	}

	@Override
	public void prepare(Path folder) throws IOException {
		if (this.kind == Kind.TLS) {
			Certificate.make(folder);
		}
	}

	@Override
	public Optional<String> unfit(Workload workload) {
		return (workload.kind() == Workload.Kind.W2 && workload.width() > CLIENTS)
				? Optional.of("a client has one connection, and no application has so many clients") : Optional.empty();
	}

	@Override
	public int serve(Path folder) {
		List<String> arguments = new ArrayList<>(List.of("--gentcp.server.edge.port=0",
				"--gentcp.server.edge.address=127.0.0.1", "--gentcp.server.edge.max-connections=20000"));
		if (this.kind == Kind.TLS) {
			arguments.add("--gentcp.server.edge.ssl.bundle=loopback");
		}
		return run(Server.class, folder, arguments).getBean(GenTcpListenerContainer.class).port();
	}

	@Override
	public Client client(Path folder, InetSocketAddress server) throws Exception {
		List<String> arguments = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			arguments.add("--gentcp.client.c%d.host=%s".formatted(i, server.getAddress().getHostAddress()));
			arguments.add("--gentcp.client.c%d.port=%d".formatted(i, server.getPort()));
			if (this.kind == Kind.TLS) {
				arguments.add("--gentcp.client.c%d.ssl.bundle=loopback".formatted(i));
			}
		}
		SocketFactory sockets = (this.kind == Kind.TLS) ? Certificate.context(folder).getSocketFactory()
				: SocketFactory.getDefault();
		GenTcpClients clients = run(Application.class, folder, arguments).getBean(GenTcpClients.class);
		BlockingQueue<GenTcpOperations> free = new LinkedBlockingQueue<>();
		clients.names().forEach((name) -> free.add(clients.template(name)));
		return new RequestClient() {

			@Override
			public RequestConnection connect() {
				return new Template(free.remove(), free);
			}

			@Override
			public Connection connectIdle() throws IOException {
				Socket socket = sockets.createSocket(server.getAddress(), server.getPort());
				// The last record of the handshake would hold up the packet for 40
				// milliseconds.
				socket.setTcpNoDelay(true);
				byte[] packet = { 0, 0, 0, 1, Served.ECHO };
				socket.getOutputStream().write(packet);
				if (socket.getInputStream().readNBytes(packet.length).length < packet.length) {
					throw new IOException("an echo is missing");
				}
				return new Idle(socket);
			}

		};
	}

	private ConfigurableApplicationContext run(Class<?> application, Path folder, List<String> roleArguments) {
		List<String> arguments = new ArrayList<>(roleArguments);
		arguments.addAll(List.of("--gentcp.packet=4", "--gentcp.packet-size=128MB", "--gentcp.backend=" + backendName(),
				"--spring.main.banner-mode=off", "--logging.level.root=warn"));
		if (this.kind != Kind.METERED) {
			arguments.add("--spring.autoconfigure.exclude=" + METRICS);
		}
		if (this.kind == Kind.TLS) {
			for (String store : List.of("keystore", "truststore")) {
				arguments.add("--spring.ssl.bundle.jks.loopback.%s.location=%s".formatted(store,
						Certificate.file(folder).toUri()));
				arguments
					.add("--spring.ssl.bundle.jks.loopback.%s.password=%s".formatted(store, Certificate.password()));
				arguments.add("--spring.ssl.bundle.jks.loopback.%s.type=PKCS12".formatted(store));
			}
		}
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.run(arguments.toArray(String[]::new));
	}

	/** What is on beside the template and the listener. */
	private enum Kind {

		PLAIN("", "no meters"), METERED("-meters", "Micrometer meters in a SimpleMeterRegistry"),
		TLS("-tls", "TLS 1.3 by an SSL bundle, no meters");

		private final String suffix;

		private final String words;

		Kind(String suffix, String words) {
			this.suffix = suffix;
			this.words = words;
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Server {

		/** For all connections: only one of them streams at a time. */
		private final LongAdder counted = new LongAdder();

		@GenTcpListener
		byte @Nullable [] onPacket(byte[] packet) {
			return switch (packet[0]) {
				case Served.ECHO -> packet;
				case Served.STREAM -> {
					this.counted.increment();
					yield null;
				}
				default -> Served.countAnswer(this.counted.sumThenReset());
			};
		}

	}

	/** The connection of a client. It stays open for the next round. */
	private record Template(GenTcpOperations template,
			BlockingQueue<GenTcpOperations> free) implements RequestConnection {

		@Override
		public void send(byte[] packet) {
			this.template.send(packet);
		}

		@Override
		public byte[] request(byte[] packet) {
			return this.template.sendAndReceive(packet);
		}

		@Override
		public void close() {
			this.free.add(this.template);
		}

	}

	/** A connection that sends nothing. */
	private record Idle(Socket socket) implements Connection {

		@Override
		public void send(byte[] packet) {
			throw new UnsupportedOperationException("this connection is idle");
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}

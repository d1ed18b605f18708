package io.gentcp.spring.sidebyside;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;

import io.gentcp.GenTcp;
import io.gentcp.SocketOptions;
import io.gentcp.packet.PacketType;
import io.gentcp.spring.core.GenTcpClientSettings;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.integration.GenTcpAdapters;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.spring.listener.GenTcpServerSettings;
import io.gentcp.transport.Backend;

import org.springframework.integration.dsl.IntegrationFlow;

/**
 * gentcp, with the defaults of its starter.
 *
 * @param backend of clients and servers
 * @param change what else a test sets for clients
 */
record Ours(Backend backend, UnaryOperator<GenTcpClientSettings> change) implements Library {

	static final Ours SOCKET = new Ours(Backend.SOCKET, UnaryOperator.identity());

	static final Ours INET = new Ours(Backend.INET, UnaryOperator.identity());

	/** How large a packet may be here; the default is 1 MB. */
	private static final int PACKET_SIZE = 64 * 1024 * 1024;

	Ours with(UnaryOperator<GenTcpClientSettings> more) {
		return new Ours(this.backend, (settings) -> more.apply(this.change.apply(settings)));
	}

	Ours sendTimeout(Duration timeout) {
		return with((settings) -> settings.options(settings.options().sendTimeout(timeout)));
	}

	@Override
	public Client sender(int port) {
		GenTcp genTcp = GenTcp.open();
		GenTcpTemplate client = client(genTcp, port);
		return start(genTcp, client, sending(client));
	}

	@Override
	public Client collaborators(int port) {
		GenTcp genTcp = GenTcp.open();
		GenTcpTemplate client = client(genTcp, port);
		return start(genTcp, client, sending(client),
				IntegrationFlow.from(GenTcpAdapters.inboundAdapter(client)).channel(Flow.IN).get());
	}

	@Override
	public Requester requester(int port, Duration replyTimeout) {
		GenTcp genTcp = GenTcp.open();
		GenTcpTemplate client = with((settings) -> settings.replyTimeout(replyTimeout)).client(genTcp, port);
		return start(genTcp, client, (flow) -> flow.channel(Flow.OUT).handle(GenTcpAdapters.outboundGateway(client)));
	}

	@Override
	public Server receiver() {
		GenTcp genTcp = GenTcp.open();
		GenTcpListenerContainer server = server(genTcp);
		return start(genTcp, server, (flow) -> flow.channel(Flow.OUT).handle(GenTcpAdapters.outboundAdapter(server)),
				IntegrationFlow.from(GenTcpAdapters.inboundAdapter(server)).channel(Flow.IN).get());
	}

	@Override
	public Server replier(UnaryOperator<byte[]> reply) {
		GenTcp genTcp = GenTcp.open();
		GenTcpListenerContainer server = server(genTcp);
		return start(genTcp, server,
				IntegrationFlow.from(GenTcpAdapters.inboundGateway(server))
					.<byte[], byte[]>transform((request) -> reply.apply(request))
					.get());
	}

	private static IntegrationFlow sending(GenTcpTemplate client) {
		return (flow) -> flow.channel(Flow.OUT).handle(GenTcpAdapters.outboundAdapter(client));
	}

	private GenTcpTemplate client(GenTcp genTcp, int port) {
		GenTcpClientSettings settings = GenTcpClientSettings.of("ours", "127.0.0.1", port).options(options());
		return new GenTcpTemplate(genTcp, this.change.apply(settings), Thread::startVirtualThread);
	}

	private GenTcpListenerContainer server(GenTcp genTcp) {
		GenTcpServerSettings settings = GenTcpServerSettings.of("ours", 0)
			.address(InetAddress.getLoopbackAddress())
			.options(options());
		return new GenTcpListenerContainer(genTcp, settings, Thread::startVirtualThread);
	}

	private SocketOptions options() {
		return SocketOptions.defaults()
			.backend(this.backend)
			.packet(PacketType.FOUR)
			.packetSize(PACKET_SIZE)
			.nodelay(true)
			.keepalive(true)
			.sendTimeout(Duration.ofSeconds(30));
	}

	private static Flow start(GenTcp genTcp, GenTcpTemplate client, IntegrationFlow... flows) {
		return Flow.start((beans) -> {
			beans.registerBean(GenTcp.class, () -> genTcp);
			beans.registerBean(GenTcpTemplate.class, () -> client);
		}, client.settings()::port, client.connections()::count, flows);
	}

	private static Flow start(GenTcp genTcp, GenTcpListenerContainer server, IntegrationFlow... flows) {
		return Flow.start((beans) -> {
			beans.registerBean(GenTcp.class, () -> genTcp);
			beans.registerBean(GenTcpListenerContainer.class, () -> server);
		}, server::port, server.connections()::count, flows);
	}

	@Override
	public String toString() {
		return "gentcp " + this.backend;
	}

}

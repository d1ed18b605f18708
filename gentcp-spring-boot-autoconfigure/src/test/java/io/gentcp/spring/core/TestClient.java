package io.gentcp.spring.core;

import java.time.Duration;
import java.util.function.UnaryOperator;

import io.gentcp.GenTcp;
import io.gentcp.SocketOptions;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;

/** A client with packet 4 that, unless told otherwise, may wait long for anything. */
record TestClient(GenTcp genTcp, GenTcpTemplate client, VirtualThreads threads) implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(20);

	static TestClient to(int port) {
		return to(port, UnaryOperator.identity());
	}

	static TestClient on(Backend backend, int port) {
		return on(backend, port, UnaryOperator.identity());
	}

	static TestClient on(Backend backend, int port, UnaryOperator<GenTcpClientSettings> change) {
		return to(port, (settings) -> change.apply(settings.options(settings.options().backend(backend))));
	}

	static TestClient to(int port, UnaryOperator<GenTcpClientSettings> change) {
		return of(GenTcpClientSettings.of("orders", "127.0.0.1", port), change);
	}

	static TestClient of(GenTcpClientSettings place, UnaryOperator<GenTcpClientSettings> change) {
		GenTcpClientSettings settings = place
			.options(SocketOptions.defaults()
				.backend(Backend.SOCKET)
				.packet(PacketType.FOUR)
				.sndbuf(16 * 1024)
				.sendTimeout(PATIENCE))
			.connectTimeout(PATIENCE)
			.replyTimeout(PATIENCE);
		GenTcp genTcp = GenTcp.open();
		VirtualThreads threads = new VirtualThreads();
		return new TestClient(genTcp, new GenTcpTemplate(genTcp, change.apply(settings), threads), threads);
	}

	static UnaryOperator<GenTcpClientSettings> sendTimeout(Duration timeout) {
		return (settings) -> settings.options(settings.options().sendTimeout(timeout));
	}

	@Override
	public void close() {
		this.client.close();
		this.genTcp.close();
	}

}

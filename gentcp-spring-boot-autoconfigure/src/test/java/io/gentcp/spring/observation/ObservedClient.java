package io.gentcp.spring.observation;

import java.time.Duration;

import io.gentcp.GenTcp;
import io.gentcp.SocketOptions;
import io.gentcp.packet.PacketType;
import io.gentcp.spring.core.GenTcpClientSettings;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.Recovery;
import io.gentcp.transport.Backend;
import io.micrometer.observation.ObservationRegistry;

/**
 * A client with packet 4 whose operations are observed; small buffers make stalls short.
 */
record ObservedClient(GenTcp genTcp, GenTcpTemplate template) implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(20);

	/** More than a stalled peer and the kernel take. */
	static final byte[] LARGE = new byte[1_000_000];

	static ObservedClient everything(ObservationRegistry registry, int port) {
		return with(new MicrometerObserver(registry, GenTcpConventions.DEFAULTS, true), port, PATIENCE);
	}

	static ObservedClient withSendTimeout(ObservationRegistry registry, int port) {
		return with(new MicrometerObserver(registry, GenTcpConventions.DEFAULTS, true), port, Duration.ofMillis(50));
	}

	static ObservedClient withConnectTimeout(ObservationRegistry registry, int port) {
		return with(new MicrometerObserver(registry, GenTcpConventions.DEFAULTS, true), port, PATIENCE,
				Duration.ofMillis(100));
	}

	static ObservedClient with(MicrometerObserver observer, int port, Duration sendTimeout) {
		return with(observer, port, sendTimeout, PATIENCE);
	}

	private static ObservedClient with(MicrometerObserver observer, int port, Duration sendTimeout,
			Duration connectTimeout) {
		GenTcpClientSettings settings = GenTcpClientSettings.of("orders", "127.0.0.1", port)
			.options(SocketOptions.defaults()
				.backend(Backend.SOCKET)
				.packet(PacketType.FOUR)
				.sndbuf(16 * 1024)
				.sendTimeout(sendTimeout))
			.connectTimeout(connectTimeout)
			.replyTimeout(PATIENCE)
			.recovery(Recovery.RESUME);
		GenTcp genTcp = GenTcp.open();
		GenTcpTemplate template = new GenTcpTemplate(genTcp, settings, Thread.ofVirtual()::start);
		template.connections().observeWith(observer);
		return new ObservedClient(genTcp, template);
	}

	@Override
	public void close() {
		this.template.close();
		this.genTcp.close();
	}

}

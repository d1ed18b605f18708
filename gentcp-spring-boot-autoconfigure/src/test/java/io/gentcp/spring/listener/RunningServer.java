package io.gentcp.spring.listener;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import io.gentcp.spring.core.ConnectionHandler;
import io.gentcp.spring.core.PacketHandler;
import io.gentcp.ActiveMode;
import io.gentcp.GenTcp;
import io.gentcp.SocketOptions;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.PeerOptions;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;

import org.springframework.context.ApplicationEventPublisher;

/**
 * A container on a free port of 127.0.0.1 with packet 4, and peers that connect to it.
 */
final class RunningServer implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(10);

	/** In place of a value of active: packets are handled where they are found. */
	static final String INLINE = "inline";

	private final GenTcp genTcp = GenTcp.open();

	private final GenTcpListenerContainer container;

	private RunningServer(UnaryOperator<GenTcpServerSettings> change) {
		SocketOptions options = SocketOptions.defaults()
			.backend(Backend.SOCKET)
			.packet(PacketType.FOUR)
			.reuseaddr(true);
		GenTcpServerSettings settings = GenTcpServerSettings.of("edge", 0)
			.address(InetAddress.getLoopbackAddress())
			.options(options);
		this.container = new GenTcpListenerContainer(this.genTcp, change.apply(settings), Thread::startVirtualThread);
	}

	static RunningServer with(PacketHandler handler) {
		return with(handler, UnaryOperator.identity());
	}

	static RunningServer with(PacketHandler handler, UnaryOperator<GenTcpServerSettings> change) {
		return with(handler, change, (Object event) -> {
		});
	}

	static RunningServer with(PacketHandler handler, UnaryOperator<GenTcpServerSettings> change,
			ApplicationEventPublisher events) {
		RunningServer server = new RunningServer(change);
		server.container.setApplicationEventPublisher(events);
		server.container.setPacketHandler(handler);
		server.container.start();
		return server;
	}

	/** Serves with a value of active, or inline. */
	static RunningServer reading(String how, PacketHandler handler, UnaryOperator<GenTcpServerSettings> change) {
		if (!how.equals(INLINE)) {
			return with(handler, (settings) -> change.apply(settings.active(ActiveMode.of(how))));
		}
		RunningServer server = new RunningServer(change);
		server.container.setInlinePacketHandler(handler);
		server.container.start();
		return server;
	}

	static RunningServer serving(ConnectionHandler handler, ApplicationEventPublisher events) {
		return serving(handler, events, UnaryOperator.identity());
	}

	static RunningServer serving(ConnectionHandler handler, ApplicationEventPublisher events,
			UnaryOperator<GenTcpServerSettings> change) {
		RunningServer server = new RunningServer(change);
		server.container.setApplicationEventPublisher(events);
		server.container.setConnectionHandler(handler);
		server.container.start();
		return server;
	}

	GenTcpListenerContainer container() {
		return this.container;
	}

	PeerConnection connect(Step... script) {
		return ScriptedPeer.connecting("127.0.0.1", this.container.port(), script);
	}

	PeerConnection connect(PeerOptions options, Step... script) {
		return ScriptedPeer.connecting(options, "127.0.0.1", this.container.port(), script);
	}

	/** Puts the length in front. */
	static byte[] framed(String packet) {
		byte[] payload = packet.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(4 + payload.length).putInt(payload.length).put(payload).array();
	}

	/** Waits for this many packets and returns them as text. */
	static List<String> awaitPackets(PeerConnection connection, String... expected) {
		int bytes = 0;
		for (String packet : expected) {
			bytes += framed(packet).length;
		}
		connection.awaitReceived(bytes, PATIENCE);
		return connection.receivedPackets(4)
			.complete()
			.stream()
			.map((packet) -> new String(packet, StandardCharsets.UTF_8))
			.toList();
	}

	@Override
	public void close() {
		this.container.stop();
		this.genTcp.close();
	}

}

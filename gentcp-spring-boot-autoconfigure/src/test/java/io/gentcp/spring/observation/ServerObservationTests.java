package io.gentcp.spring.observation;

import java.net.InetAddress;
import java.nio.ByteBuffer;

import io.gentcp.GenTcp;
import io.gentcp.SocketOptions;
import io.gentcp.packet.PacketType;
import io.gentcp.spring.core.PacketHandler;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.spring.listener.GenTcpServerSettings;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.transport.Backend;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.gentcp.spring.observation.ObservedClient.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

/** What is observed of a server. */
class ServerObservationTests {

	private static final byte[] PACKET = { 0, 0, 0, 2, 1, 2 };

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final Observed observed = Observed.in(this.registry);

	private final GenTcp genTcp = GenTcp.open();

	private final GenTcpListenerContainer container = new GenTcpListenerContainer(this.genTcp,
			GenTcpServerSettings.of("edge", 0)
				.address(InetAddress.getLoopbackAddress())
				.options(SocketOptions.defaults().backend(Backend.SOCKET).packet(PacketType.FOUR)),
			Thread::startVirtualThread);

	private PeerConnection sendPacketTo(PacketHandler handler, boolean packets) {
		this.container.connections()
			.observeWith(new MicrometerObserver(this.registry, GenTcpConventions.DEFAULTS, packets));
		this.container.setPacketHandler(handler);
		this.container.start();
		PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", this.container.port());
		peer.readAll();
		peer.send(PACKET);
		return peer;
	}

	@AfterEach
	void stop() {
		this.container.stop();
		this.genTcp.close();
	}

	@Test
	void handlingAPacketIsObservedAndTheReplyIsPartOfIt() {
		try (PeerConnection peer = sendPacketTo((packet, connection) -> ByteBuffer.wrap(new byte[3]), true)) {
			peer.awaitReceived(7, PATIENCE);

			this.observed.only("gentcp.receive")
				.hasLowCardinalityKeyValue("gentcp.name", "edge")
				.hasLowCardinalityKeyValue("gentcp.role", "server")
				.hasLowCardinalityKeyValue("outcome", "SUCCESS")
				.hasHighCardinalityKeyValue("gentcp.packet.size", "2")
				.hasHighCardinalityKeyValue("network.peer.port", String.valueOf(peer.localAddress().getPort()))
				.doesNotHaveParentObservation();
			this.observed.only("gentcp.send")
				.hasHighCardinalityKeyValue("gentcp.packet.size", "3")
				.hasParentObservationContextMatching((parent) -> "gentcp.receive".equals(parent.getName()));
		}
	}

	@Test
	void whatAHandlerDoesIsPartOfHandlingThePacket() {
		PacketHandler handler = (packet, connection) -> {
			Observation.createNotStarted("query", this.registry).observe(() -> {
			});
			return null;
		};
		try (PeerConnection peer = sendPacketTo(handler, true)) {
			this.observed.only("query")
				.hasParentObservationContextMatching((parent) -> "gentcp.receive".equals(parent.getName()));
		}
	}

	@Test
	void aHandlerThatThrowsIsAnError() {
		PacketHandler handler = (packet, connection) -> {
			throw new UnsupportedOperationException("no such order");
		};
		try (PeerConnection peer = sendPacketTo(handler, true)) {
			this.observed.only("gentcp.receive")
				.hasLowCardinalityKeyValue("outcome", "ERROR")
				.hasLowCardinalityKeyValue("error", "UnsupportedOperationException");
		}
	}

	@Test
	void aReplyThatCannotBeSentIsAFailureOfHandlingThePacket() {
		PacketHandler handler = (packet, connection) -> {
			connection.close();
			return ByteBuffer.wrap(new byte[3]);
		};
		try (PeerConnection peer = sendPacketTo(handler, true)) {
			this.observed.only("gentcp.receive")
				.hasLowCardinalityKeyValue("outcome", "CLOSED")
				.hasLowCardinalityKeyValue("error", "SocketClosedException");
		}
	}

	@Test
	void packetsAreNotObservedUnlessThatIsAskedFor() {
		try (PeerConnection peer = sendPacketTo((packet, connection) -> ByteBuffer.wrap(new byte[3]), false)) {
			peer.awaitReceived(7, PATIENCE);

			assertThat(this.observed.names()).isEmpty();
		}
	}

}

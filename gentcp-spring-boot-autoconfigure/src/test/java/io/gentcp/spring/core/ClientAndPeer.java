package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.function.UnaryOperator;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;

/** A client and the scripted peer it connects to; small buffers make stalls short. */
record ClientAndPeer(ScriptedPeer peer, TestClient ours) implements AutoCloseable {

	static final Duration PATIENCE = TestClient.PATIENCE;

	/** More than a stalled peer and the kernel take. */
	static final byte[] LARGE = new byte[1_000_000];

	static final byte[] SMALL = { 1, 2, 3 };

	static {
		new Random(42).nextBytes(LARGE);
	}

	static ClientAndPeer with(Step... script) {
		return with(UnaryOperator.identity(), script);
	}

	static ClientAndPeer with(UnaryOperator<GenTcpClientSettings> change, Step... script) {
		return with(change, ScriptedPeer.listening(script));
	}

	static ClientAndPeer on(Backend backend, Step... script) {
		return on(backend, UnaryOperator.identity(), script);
	}

	static ClientAndPeer on(Backend backend, UnaryOperator<GenTcpClientSettings> change, Step... script) {
		ScriptedPeer peer = ScriptedPeer.listening(script);
		return new ClientAndPeer(peer, TestClient.on(backend, peer.port(), change));
	}

	static ClientAndPeer with(UnaryOperator<GenTcpClientSettings> change, ScriptedPeer peer) {
		return new ClientAndPeer(peer, TestClient.to(peer.port(), change));
	}

	GenTcpTemplate client() {
		return this.ours.client();
	}

	VirtualThreads threads() {
		return this.ours.threads();
	}

	/** Connects, by sending a packet. */
	@CanIgnoreReturnValue
	PeerConnection connected() {
		client().send(SMALL);
		return this.peer.accept(PATIENCE);
	}

	/** A packet as it is on the wire. */
	static byte[] onWire(byte[] packet) {
		return ByteBuffer.allocate(4 + packet.length).putInt(packet.length).put(packet).array();
	}

	@Override
	public void close() {
		// In this order: nobody waits for what a peer that stalls will never take.
		this.peer.close();
		this.ours.close();
	}

}

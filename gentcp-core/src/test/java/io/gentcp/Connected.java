package io.gentcp;

import java.time.Duration;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.PeerOptions;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.test.StreamEnd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A socket of ours, connected to a scripted peer. Small buffers make stalls short. */
record Connected(GenTcp genTcp, ScriptedPeer listening, TcpSocket socket,
		PeerConnection peer) implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(20);

	static Connected over(TestWire wire, SocketOptions options, Step... script) {
		return over(wire.open(), wire.of(options), script);
	}

	static Connected over(TestBackend backend, SocketOptions options, Step... script) {
		return over(backend.open(), backend.of(options), script);
	}

	static Connected over(GenTcp genTcp, SocketOptions options, Step... script) {
		ScriptedPeer peer = ScriptedPeer.listening(peerOf(options), script);
		TcpSocket socket = connect(genTcp, peer.port(), options.sndbuf(16 * 1024));
		return new Connected(genTcp, peer, socket, peer.accept(PATIENCE));
	}

	/** Returns how a peer of a socket with these options is set up. */
	static PeerOptions peerOf(SocketOptions options) {
		return options.tls().map((tls) -> PeerOptions.DEFAULTS.withTls(tls.context())).orElse(PeerOptions.DEFAULTS);
	}

	static TcpSocket connect(GenTcp genTcp, int port, SocketOptions options) {
		ConnectResult result = genTcp.connect("127.0.0.1", port, options, PATIENCE);
		assertThat(result).isInstanceOf(ConnectResult.Connected.class);
		return ((ConnectResult.Connected) result).socket();
	}

	static ListenSocket listen(GenTcp genTcp, SocketOptions options) {
		ListenResult result = genTcp.listen(0, options);
		assertThat(result).isInstanceOf(ListenResult.Listening.class);
		return ((ListenResult.Listening) result).socket();
	}

	/** Sends more than the stalled peer and the kernel take, and returns what is left. */
	@CanIgnoreReturnValue
	RestData tearPacket(byte[] payload) {
		SendResult result = this.socket.send(payload);
		assertThat(result).isInstanceOf(SendResult.TimedOutWithRest.class);
		RestData rest = ((SendResult.TimedOutWithRest) result).rest();
		assertThat(rest.bytesOut()).isPositive();
		return rest;
	}

	/**
	 * Waits until the peer has read what a close left in the middle of a packet. Within
	 * TLS that most often cuts a record, too, which is no end of the stream; but the
	 * kernel may take the rest of it, and the end, when it is asked for the last time.
	 */
	void awaitCut() {
		if (this.socket.tlsSession().isPresent()) {
			await().atMost(PATIENCE)
				.until(this.peer::streamEnd,
						(end) -> end instanceof StreamEnd.Reset || end instanceof StreamEnd.EndOfStream);
		}
		else {
			this.peer.awaitEndOfStream(PATIENCE);
		}
	}

	void sendTimeout(Duration timeout) {
		assertThat(this.socket.setOptions((options) -> options.sendTimeout(timeout)))
			.isEqualTo(new SetOptionsResult.Set());
	}

	@Override
	public void close() {
		// In this order: nobody waits for what a peer that stalls will never take.
		this.listening.close();
		this.genTcp.close();
	}

}

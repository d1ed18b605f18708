package io.gentcp.scenarios;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gentcp.ConnectResult;
import io.gentcp.GenTcp;
import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.SetOptionsResult;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.PeerOptions;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.test.StreamEnd;
import io.gentcp.transport.Backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The socket under test, connected to a peer that reads only when it is told to. */
record Pair(GenTcp genTcp, ScriptedPeer listening, TcpSocket socket, PeerConnection peer) implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(20);

	/** More than a blocked connection takes. */
	static final int BIG = 4 * 1024 * 1024;

	static Pair of(Backend backend, SocketOptions options) {
		return connected(options.backend(backend), PeerOptions.DEFAULTS);
	}

	/** With buffers so small that the connection is blocked soon. */
	static Pair blocked(Backend backend, SocketOptions options) {
		return connected(options.backend(backend).sndbuf(8192), PeerOptions.DEFAULTS.withReceiveBuffer(4096));
	}

	private static Pair connected(SocketOptions options, PeerOptions peerOptions) {
		ScriptedPeer listening = ScriptedPeer.listening(peerOptions, Step.stall());
		GenTcp genTcp = GenTcp.open();
		ConnectResult result = genTcp.connect("127.0.0.1", listening.port(), options, PATIENCE);
		assertThat(result).isInstanceOf(ConnectResult.Connected.class);
		return new Pair(genTcp, listening, ((ConnectResult.Connected) result).socket(), listening.accept(PATIENCE));
	}

	/** Returns bytes that tell whether any is missing. */
	static byte[] big(int size) {
		byte[] bytes = new byte[size];
		byte[] digits = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
		for (int i = 0; i < size; i++) {
			bytes[i] = digits[i % digits.length];
		}
		return bytes;
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	@CanIgnoreReturnValue
	SendResult send(String text) {
		return this.socket.send(bytes(text));
	}

	@CanIgnoreReturnValue
	SendResult send(int size) {
		return this.socket.send(big(size));
	}

	@CanIgnoreReturnValue
	SendResult sendBig() {
		return send(BIG);
	}

	/**
	 * Sends to a peer that has closed: the first send succeeds, and its answer is a
	 * reset.
	 */
	SendResult sendUntilClosed() {
		SendResult result = send("b");
		while (result instanceof SendResult.Sent) {
			result = send("b");
		}
		return result;
	}

	@CanIgnoreReturnValue
	RecvResult recv() {
		return this.socket.recv(PATIENCE);
	}

	@CanIgnoreReturnValue
	SetOptionsResult set(UnaryOperator<SocketOptions> change) {
		return this.socket.setOptions(change);
	}

	/** Has the peer read all that comes, and returns when the stream has ended. */
	@CanIgnoreReturnValue
	byte[] drain() {
		this.peer.readAll();
		await().atMost(PATIENCE).until(() -> !(this.peer.streamEnd() instanceof StreamEnd.Open));
		return this.peer.received();
	}

	/** Has the peer read so many bytes in all. */
	@CanIgnoreReturnValue
	byte[] drain(long count) {
		this.peer.readAll();
		this.peer.awaitReceived(count, PATIENCE);
		return this.peer.received();
	}

	/** Returns what the peer's receive says after the last byte; call drain before. */
	String end() {
		return switch (this.peer.streamEnd()) {
			case StreamEnd.Open() -> "{error,timeout}";
			case StreamEnd.EndOfStream() -> "{error,closed}";
			case StreamEnd.Reset(String reason) -> "{error,econnreset}";
			case StreamEnd.Closed() -> "{error,enotconn}";
		};
	}

	/** Returns what the peer got, as packets with a header of four bytes. */
	List<byte[]> packets() {
		return this.peer.receivedPackets(4).complete();
	}

	static byte[] frame(byte[] payload) {
		return ByteBuffer.allocate(4 + payload.length).putInt(payload.length).put(payload).array();
	}

	@Override
	public void close() {
		this.socket.close(Duration.ZERO);
		this.peer.close();
		this.genTcp.close();
		this.listening.close();
	}

}

package io.gentcp.benchmarks.send;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

import io.gentcp.AcceptResult;
import io.gentcp.ActiveMode;
import io.gentcp.ControllingProcess;
import io.gentcp.ControllingProcessResult;
import io.gentcp.GenTcp;
import io.gentcp.ListenResult;
import io.gentcp.ListenSocket;
import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.SetOptionsResult;
import io.gentcp.SocketMessage;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A server of ours that sends packets back, and a plain channel that asks it. */
@State(Scope.Benchmark)
public class EchoServer {

	/** Where packets are handled: on the poller, or on the connection's thread. */
	@Param({ "inline", "virtual" })
	public String handler = "inline";

	private final ByteBuffer request = ByteBuffer.allocateDirect(4 + 64).putInt(0, 64);

	private final ByteBuffer reply = ByteBuffer.allocateDirect(4 + 64);

	private @Nullable GenTcp genTcp;

	private @Nullable SocketChannel peer;

	/** Listens and connects. */
	@Setup(Level.Trial)
	public void connect() throws IOException {
		GenTcp genTcp = GenTcp.open();
		this.genTcp = genTcp;
		SocketOptions options = SocketOptions.defaults().packet(PacketType.FOUR).nodelay(true);
		InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
		if (!(genTcp.listen(any, options) instanceof ListenResult.Listening(ListenSocket listening))) {
			throw new IOException("cannot listen");
		}
		this.peer = SocketChannel.open(listening.localAddress()).setOption(StandardSocketOptions.TCP_NODELAY, true);
		if (!(listening.accept(Duration.ofSeconds(10)) instanceof AcceptResult.Accepted(TcpSocket socket))) {
			throw new IOException("cannot accept");
		}
		if (this.handler.equals("inline")) {
			handleInline(socket);
		}
		else {
			Thread.ofVirtual().start(() -> handle(socket));
		}
	}

	private static void handleInline(TcpSocket socket) {
		ControllingProcess echo = (message) -> {
			if (message instanceof SocketMessage.Data(TcpSocket from, Packet packet)) {
				sendBack(from, packet);
			}
		};
		if (!(socket.controllingProcess(echo) instanceof ControllingProcessResult.HandedOver)
				|| !(socket.active(ActiveMode.TRUE) instanceof SetOptionsResult.Set)) {
			throw new IllegalStateException("the connection is closed");
		}
	}

	private static void handle(TcpSocket socket) {
		while (socket.recv() instanceof RecvResult.Received(Packet packet)) {
			sendBack(socket, packet);
		}
	}

	private static void sendBack(TcpSocket socket, Packet packet) {
		if (!(socket.send(((Packet.Bytes) packet).array()) instanceof SendResult.Sent)) {
			throw new IllegalStateException("the reply was not sent");
		}
	}

	/** Sends 64 bytes and waits until they are back. */
	int ask() throws IOException {
		SocketChannel peer = this.peer;
		if (peer == null) {
			throw new IllegalStateException("not connected");
		}
		peer.write(this.request.rewind());
		this.reply.clear();
		while (this.reply.hasRemaining()) {
			if (peer.read(this.reply) < 0) {
				throw new EOFException("the server has closed the connection");
			}
		}
		return this.reply.getInt(0);
	}

	/** Closes both sides. */
	@TearDown(Level.Trial)
	public void close() throws IOException {
		if (this.peer != null) {
			this.peer.close();
		}
		if (this.genTcp != null) {
			this.genTcp.close();
		}
	}

}

package io.gentcp.spring.core;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import io.gentcp.AcceptResult;
import io.gentcp.GenTcp;
import io.gentcp.ListenResult;
import io.gentcp.ListenSocket;
import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;

/**
 * A peer with packet 4 that sends every packet back, in order; it may stall or close the
 * connection at random.
 */
final class EchoServer implements AutoCloseable {

	private final GenTcp genTcp = GenTcp.open();

	private final ListenSocket listening;

	private final Duration stall;

	private final int packetsToClose;

	private EchoServer(Duration stall, int packetsToClose) {
		this.stall = stall;
		this.packetsToClose = packetsToClose;
		this.listening = switch (this.genTcp.listen(0,
				SocketOptions.defaults()
					.backend(Backend.SOCKET)
					.packet(PacketType.FOUR)
					.sndbuf(16 * 1024)
					.recbuf(16 * 1024))) {
			case ListenResult.Listening(ListenSocket socket) -> socket;
			case ListenResult.Failed failed -> throw new AssertionError(failed);
		};
	}

	static EchoServer start() {
		return start(new EchoServer(Duration.ZERO, Integer.MAX_VALUE));
	}

	/** A server that, at one packet in eight, does nothing for up to this long. */
	static EchoServer stalling(Duration stall) {
		return start(new EchoServer(stall, Integer.MAX_VALUE));
	}

	/** A server that closes each connection after up to so many packets. */
	static EchoServer closing(int packets) {
		return start(new EchoServer(Duration.ZERO, packets));
	}

	private static EchoServer start(EchoServer server) {
		Thread.ofVirtual().start(server::acceptAll);
		return server;
	}

	int port() {
		return this.listening.port();
	}

	private void acceptAll() {
		while (this.listening.accept() instanceof AcceptResult.Accepted(TcpSocket socket)) {
			Thread.ofVirtual().start(() -> echo(socket));
		}
	}

	private void echo(TcpSocket socket) {
		Random random = new Random();
		int packets = random.nextInt(this.packetsToClose);
		while (packets-- > 0 && socket.recv() instanceof RecvResult.Received(Packet.Bytes(byte[] packet))) {
			if (!this.stall.isZero() && random.nextInt(8) == 0) {
				LockSupport.parkNanos(random.nextLong(this.stall.toNanos()));
			}
			if (!(socket.send(packet) instanceof SendResult.Sent)) {
				break;
			}
		}
		socket.close();
	}

	@Override
	public void close() {
		this.genTcp.close();
	}

}

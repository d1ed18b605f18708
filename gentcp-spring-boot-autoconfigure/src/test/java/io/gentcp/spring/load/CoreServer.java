package io.gentcp.spring.load;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;

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
import io.gentcp.transport.PosixError;

/** A server of nothing but core: one thread accepts, each connection has its own. */
final class CoreServer implements LoadedServer {

	private final GenTcp genTcp = GenTcp.open();

	private final ListenSocket listen;

	private final ServedPackets packets;

	private final AtomicInteger connections = new AtomicInteger();

	private CoreServer(ServedPackets packets) {
		this.packets = packets;
		this.listen = switch (this.genTcp.listen(0,
				SocketOptions.defaults()
					.packet(PacketType.FOUR)
					.nodelay(true)
					.backlog(1024)
					.ip(InetAddress.getLoopbackAddress()))) {
			case ListenResult.Listening(ListenSocket socket) -> socket;
			case ListenResult.Failed(PosixError error) -> throw new AssertionError(error.toString());
		};
	}

	static CoreServer start(ServedPackets packets) {
		CoreServer server = new CoreServer(packets);
		Thread.ofVirtual().start(server::accept);
		return server;
	}

	private void accept() {
		while (this.listen.accept() instanceof AcceptResult.Accepted(TcpSocket socket)) {
			this.connections.incrementAndGet();
			Thread.ofVirtual().start(() -> serve(socket));
		}
	}

	private void serve(TcpSocket socket) {
		try (socket) {
			boolean open = true;
			while (open) {
				open = socket.recv() instanceof RecvResult.Received(Packet.Bytes(byte[] request))
						&& socket.send(this.packets.replyTo(request)) instanceof SendResult.Sent;
			}
		}
		finally {
			this.connections.decrementAndGet();
		}
	}

	@Override
	public int port() {
		return this.listen.port();
	}

	@Override
	public int connections() {
		return this.connections.get();
	}

	@Override
	public void close() {
		this.genTcp.close();
	}

}

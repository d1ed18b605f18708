package io.gentcp.benchmarks.systems;

import java.net.InetSocketAddress;
import java.nio.file.Path;

import io.gentcp.benchmarks.peer.Client;
import io.gentcp.benchmarks.peer.EventClient;
import io.gentcp.benchmarks.peer.EventClient.PacketListener;
import io.gentcp.benchmarks.peer.JavaPeer;
import io.gentcp.benchmarks.peer.Served;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import reactor.core.publisher.SynchronousSink;
import reactor.netty.Connection;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/** Reactor Netty. */
final class ReactorNetty implements JavaPeer {

	private static final int BACKLOG = 4096;

	private static final WriteBufferWaterMark WATERMARKS = new WriteBufferWaterMark(64 << 10, 128 << 10);

	@Override
	public String name() {
		return "reactor-netty";
	}

	@Override
	public String settings() {
		return "default loop resources, which take io_uring where there is one, or else epoll; "
				+ "FlushConsolidationHandler(256, true), LengthFieldBasedFrameDecoder, "
				+ "TCP_NODELAY, echoes without a copy; senders of a stream wait while the channel is not writable";
	}

	@Override
	public int serve(Path folder) {
		return TcpServer.create()
			.host("127.0.0.1")
			.port(0)
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.doOnConnection(ReactorNetty::addPackets)
			.handle((in, out) -> {
				Served served = new Served();
				return out.send(in.receive().handle((packet, answers) -> serve(served, packet, answers)));
			})
			.bindNow()
			.port();
	}

	/** Not in the initializer: there it would come behind what hands bytes over. */
	private static void addPackets(Connection connection) {
		connection.addHandlerFirst("flushes", NettyPackets.flushes());
		connection.addHandlerLast("frames", NettyPackets.frames());
	}

	private static void serve(Served served, ByteBuf packet, SynchronousSink<ByteBuf> answers) {
		switch (NettyPackets.first(packet)) {
			case Served.ECHO -> answers.next(packet.retain());
			case Served.STREAM -> served.counted();
			default -> answers.next(NettyPackets.count(packet.alloc(), served.takeCount()));
		}
	}

	@Override
	public Client client(Path folder, InetSocketAddress server) {
		TcpClient client = TcpClient.newConnection()
			.remoteAddress(() -> server)
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATERMARKS)
			.doOnConnected(ReactorNetty::addPackets);
		return (EventClient) (listener) -> {
			Connection connection = client.connectNow();
			RoomToWrite room = new RoomToWrite();
			connection.addHandlerLast(new Writability(room));
			Sending sending = new Sending(connection, room);
			connection.inbound().receive().subscribe((packet) -> receive(sending, listener, packet));
			return sending;
		};
	}

	private static void receive(Sending connection, PacketListener listener, ByteBuf packet) {
		if (NettyPackets.first(packet) == Served.ECHO) {
			listener.echoed(connection);
		}
		else {
			listener.counted(NettyPackets.count(packet));
		}
	}

	/** Tells senders that there is room. */
	private static final class Writability extends ChannelInboundHandlerAdapter {

		private final RoomToWrite room;

		Writability(RoomToWrite room) {
			this.room = room;
		}

		@Override
		public void channelWritabilityChanged(ChannelHandlerContext context) {
			this.room.changed();
			context.fireChannelWritabilityChanged();
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			this.room.changed();
			context.fireChannelInactive();
		}

	}

	/** A connection whose senders wait for nothing but room. */
	private record Sending(Connection connection, RoomToWrite room) implements io.gentcp.benchmarks.peer.Connection {

		@Override
		public void send(byte[] packet) throws InterruptedException {
			if (packet[0] != Served.ECHO) {
				this.room.await(() -> this.connection.channel().isWritable() || this.connection.isDisposed());
			}
			this.connection.outbound()
				.sendObject(NettyPackets.of(this.connection.channel().alloc(), packet))
				.then()
				.subscribe();
		}

		@Override
		public void close() {
			this.connection.disposeNow();
		}

	}

}

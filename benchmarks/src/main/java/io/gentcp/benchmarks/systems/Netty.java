package io.gentcp.benchmarks.systems;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.gentcp.benchmarks.peer.CallingClient;
import io.gentcp.benchmarks.peer.Client;
import io.gentcp.benchmarks.peer.Connection;
import io.gentcp.benchmarks.peer.EventClient;
import io.gentcp.benchmarks.peer.EventClient.PacketListener;
import io.gentcp.benchmarks.peer.JavaPeer;
import io.gentcp.benchmarks.peer.Served;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;

/** Netty, on each of its transports. */
final class Netty implements JavaPeer {

	private static final int BACKLOG = 4096;

	private static final String AWAITED = "the client's virtual threads wait for the future of each write and for what comes";

	private static final String EVENTS = "the client's handler sends the next packet; senders of a stream wait while the "
			+ "channel is not writable";

	private static final WriteBufferWaterMark WATERMARKS = new WriteBufferWaterMark(64 << 10, 128 << 10);

	private final NettyTransport transport;

	private final boolean awaited;

	private Netty(NettyTransport transport, boolean awaited) {
		this.transport = transport;
		this.awaited = awaited;
	}

	/**
	 * Handlers on the event loop; senders wait only while the channel is not writable.
	 */
	static Netty events(NettyTransport transport) {
		return new Netty(transport, false);
	}

	/** Threads that wait until each write is out, and for what comes. */
	static Netty awaited(NettyTransport transport) {
		return new Netty(transport, true);
	}

	@Override
	public String name() {
		return "netty-%s%s".formatted(this.transport.name().toLowerCase(Locale.ROOT).replace('_', '-'),
				this.awaited ? "-awaited" : "");
	}

	@Override
	public String settings() {
		return """
				transport %s, an event loop for each processor, FlushConsolidationHandler(256, true), \
				LengthFieldBasedFrameDecoder, the default allocator, echoes without a copy, TCP_NODELAY, \
				write buffer watermarks 64 and 128 KB; %s""".formatted(this.transport, this.awaited ? AWAITED : EVENTS);
	}

	@Override
	public Optional<String> missing() {
		return this.transport.missing();
	}

	private EventLoopGroup loops() {
		return new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), this.transport.handlers());
	}

	@Override
	public int serve(Path folder) throws Exception {
		Channel server = new ServerBootstrap().group(loops())
			.channel(this.transport.server())
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATERMARKS)
			.childHandler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(NettyPackets.flushes(), NettyPackets.frames(), new Serving());
				}

			})
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.sync()
			.channel();
		return ((InetSocketAddress) server.localAddress()).getPort();
	}

	@Override
	public Client client(Path folder, InetSocketAddress server) {
		Bootstrap bootstrap = new Bootstrap().group(loops())
			.channel(this.transport.client())
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATERMARKS)
			.handler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(NettyPackets.flushes(), NettyPackets.frames());
				}

			});
		if (this.awaited) {
			return (CallingClient) () -> {
				Channel channel = bootstrap.connect(server).sync().channel();
				BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
				channel.pipeline().addLast(new Arrivals(arrived));
				return new Awaited(channel, arrived);
			};
		}
		return (EventClient) (listener) -> {
			Channel channel = bootstrap.connect(server).sync().channel();
			RoomToWrite room = new RoomToWrite();
			Writing connection = new Writing(channel, room);
			channel.pipeline().addLast(new Events(connection, room, listener));
			return connection;
		};
	}

	/** The server's end of one connection. */
	private static final class Serving extends SimpleChannelInboundHandler<ByteBuf> {

		private final Served served = new Served();

		Serving() {
			super(false);
		}

		@Override
		@SuppressWarnings("FutureReturnValueIgnored") // a void promise tells the pipeline
		protected void channelRead0(ChannelHandlerContext context, ByteBuf packet) {
			switch (NettyPackets.first(packet)) {
				case Served.ECHO -> context.writeAndFlush(packet, context.voidPromise());
				case Served.STREAM -> {
					this.served.counted();
					packet.release();
				}
				default -> {
					packet.release();
					context.writeAndFlush(NettyPackets.count(context.alloc(), this.served.takeCount()),
							context.voidPromise());
				}
			}
		}

	}

	/** Calls the listener. */
	private static final class Events extends SimpleChannelInboundHandler<ByteBuf> {

		private final Connection connection;

		private final RoomToWrite room;

		private final PacketListener listener;

		Events(Connection connection, RoomToWrite room, PacketListener listener) {
			this.connection = connection;
			this.room = room;
			this.listener = listener;
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf packet) {
			if (NettyPackets.first(packet) == Served.ECHO) {
				this.listener.echoed(this.connection);
			}
			else {
				this.listener.counted(NettyPackets.count(packet));
			}
		}

		@Override
		public void channelWritabilityChanged(ChannelHandlerContext context) {
			if (context.channel().isWritable()) {
				this.room.changed();
			}
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			this.room.changed();
		}

	}

	/** Hands packets over to a thread that waits for them. */
	private static final class Arrivals extends SimpleChannelInboundHandler<ByteBuf> {

		private final BlockingQueue<byte[]> arrived;

		Arrivals(BlockingQueue<byte[]> arrived) {
			this.arrived = arrived;
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf packet) {
			this.arrived.add(NettyPackets.bytes(packet));
		}

	}

	/** A connection whose senders wait for nothing but room. */
	private record Writing(Channel channel, RoomToWrite room) implements Connection {

		@Override
		@SuppressWarnings("FutureReturnValueIgnored") // a void promise tells the pipeline
		public void send(byte[] packet) throws InterruptedException {
			if (!this.channel.eventLoop().inEventLoop()) {
				this.room.await(() -> this.channel.isWritable() || !this.channel.isActive());
			}
			this.channel.writeAndFlush(NettyPackets.of(this.channel.alloc(), packet), this.channel.voidPromise());
		}

		@Override
		public void close() {
			this.channel.close().syncUninterruptibly();
		}

	}

	/** A connection whose senders wait until their packet is out. */
	private record Awaited(Channel channel, BlockingQueue<byte[]> arrived) implements CallingClient.CallingConnection {

		@Override
		public void send(byte[] packet) throws InterruptedException {
			this.channel.writeAndFlush(NettyPackets.of(this.channel.alloc(), packet)).sync();
		}

		@Override
		public byte[] receive() throws InterruptedException {
			return this.arrived.take();
		}

		@Override
		public void close() {
			this.channel.close().syncUninterruptibly();
		}

	}

}

package io.gentcp.benchmarks.tls;

import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslHandler;

/** Netty on NIO, its SslHandler on the engine of the JDK. */
final class NettyContender implements Contender {

	private static final int PATIENCE_SECONDS = 60;

	/** A sender waits for the network after so many packets, to keep memory bounded. */
	private static final int BATCH = 256;

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());

	private final Certificates certificates;

	private final Channel listen;

	/** How many packets the server has received when a connection ended. */
	private final BlockingQueue<Integer> received = new ArrayBlockingQueue<>(1000);

	NettyContender(Certificates certificates) throws InterruptedException {
		this.certificates = certificates;
		JdkSslContext tls = tls(certificates.server(), false);
		this.listen = new ServerBootstrap().group(this.group)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, 1000)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline()
						.addLast(tls.newHandler(channel.alloc()),
								new LengthFieldBasedFrameDecoder(Integer.MAX_VALUE, 0, HEADER, 0, HEADER),
								new Counting(NettyContender.this.received));
				}
			})
			.bind(HOST, 0)
			.sync()
			.channel();
	}

	private static JdkSslContext tls(SSLContext context, boolean client) {
		return new JdkSslContext(context, client, List.of(CIPHER), IdentityCipherSuiteFilter.INSTANCE,
				ApplicationProtocolConfig.DISABLED, ClientAuth.NONE, new String[] { PROTOCOL }, false);
	}

	private Channel connect() throws GeneralSecurityException, InterruptedException {
		JdkSslContext tls = tls(this.certificates.newClient(), true);
		int port = ((InetSocketAddress) this.listen.localAddress()).getPort();
		Channel channel = new Bootstrap().group(this.group)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.handler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel channel) {
					SslHandler handler = tls.newHandler(channel.alloc(), HOST, port);
					// Netty's context of a given SSLContext does not verify the host.
					SSLParameters parameters = handler.engine().getSSLParameters();
					parameters.setEndpointIdentificationAlgorithm("HTTPS");
					handler.engine().setSSLParameters(parameters);
					channel.pipeline().addLast(handler, new LengthFieldPrepender(HEADER));
				}
			})
			.connect(HOST, port)
			.sync()
			.channel();
		channel.pipeline().get(SslHandler.class).handshakeFuture().sync();
		return channel;
	}

	@Override
	public void connectOnce() throws GeneralSecurityException, InterruptedException {
		connect().close().sync();
	}

	@Override
	public void send(int packetSize, int packets) throws GeneralSecurityException, InterruptedException {
		Channel channel = connect();
		ChannelFuture last = channel.newSucceededFuture();
		for (int i = 1; i <= packets; i++) {
			ByteBuf packet = channel.alloc().buffer(packetSize).writeZero(packetSize);
			last = channel.writeAndFlush(packet);
			if (i % BATCH == 0) {
				last.sync();
			}
		}
		last.sync();
		((DuplexChannel) channel).shutdownOutput().sync();
		Integer arrived = this.received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
		channel.close().sync();
		if (arrived == null || arrived != packets) {
			throw new IllegalStateException("%s of %d packets arrived".formatted(arrived, packets));
		}
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
	}

	@Override
	public String toString() {
		return "netty";
	}

	/** Counts the packets of one connection. */
	private static final class Counting extends SimpleChannelInboundHandler<ByteBuf> {

		private final BlockingQueue<Integer> received;

		private int packets;

		Counting(BlockingQueue<Integer> received) {
			this.received = received;
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf packet) {
			this.packets++;
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			if (this.packets > 0) {
				this.received.add(this.packets);
			}
		}

	}

}

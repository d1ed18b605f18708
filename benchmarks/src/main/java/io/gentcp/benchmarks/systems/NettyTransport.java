package io.gentcp.benchmarks.systems;

import java.util.Optional;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;

/** What Netty can carry a connection with. */
enum NettyTransport {

	/** The JDK's selectors. */
	NIO,

	/** Linux's epoll, in native code. */
	EPOLL,

	/** Linux's io_uring, in native code. */
	IO_URING;

	Optional<String> missing() {
		Throwable cause = switch (this) {
			case NIO -> null;
			case EPOLL -> Epoll.unavailabilityCause();
			case IO_URING -> IoUring.unavailabilityCause();
		};
		return Optional.ofNullable(cause).map((why) -> "%s is refused: %s".formatted(this, innermost(why)));
	}

	private static String innermost(Throwable cause) {
		return (cause.getCause() != null) ? innermost(cause.getCause()) : String.valueOf(cause.getMessage());
	}

	IoHandlerFactory handlers() {
		return switch (this) {
			case NIO -> NioIoHandler.newFactory();
			case EPOLL -> EpollIoHandler.newFactory();
			case IO_URING -> IoUringIoHandler.newFactory();
		};
	}

	Class<? extends ServerSocketChannel> server() {
		return switch (this) {
			case NIO -> NioServerSocketChannel.class;
			case EPOLL -> EpollServerSocketChannel.class;
			case IO_URING -> IoUringServerSocketChannel.class;
		};
	}

	Class<? extends SocketChannel> client() {
		return switch (this) {
			case NIO -> NioSocketChannel.class;
			case EPOLL -> EpollSocketChannel.class;
			case IO_URING -> IoUringSocketChannel.class;
		};
	}

}

package io.gentcp.benchmarks.systems;

import java.util.List;

import io.gentcp.benchmarks.peer.JavaPeer;
import io.gentcp.benchmarks.peer.Peer;
import io.gentcp.transport.Backend;

/** All systems that are compared, in the order of the tables. */
public final class Systems {

	private static final List<Peer> ALL = List.of(GenTcpCore.inline(Backend.INET),
			GenTcpCore.inlineServer(Backend.INET), GenTcpCore.handlerServer(Backend.INET),
			GenTcpCore.calling(Backend.INET), GenTcpCore.tls(Backend.INET), GenTcpCore.inline(Backend.SOCKET),
			GenTcpCore.inlineServer(Backend.SOCKET), GenTcpCore.handlerServer(Backend.SOCKET),
			GenTcpCore.calling(Backend.SOCKET), GenTcpCore.tls(Backend.SOCKET), GenTcpSpring.plain(Backend.INET),
			GenTcpSpring.metered(Backend.INET), GenTcpSpring.plain(Backend.SOCKET),
			GenTcpSpring.metered(Backend.SOCKET), GenTcpSpring.tls(Backend.SOCKET), Netty.events(NettyTransport.NIO),
			Netty.events(NettyTransport.EPOLL), Netty.events(NettyTransport.IO_URING),
			Netty.awaited(NettyTransport.NIO), Netty.awaited(NettyTransport.EPOLL),
			Netty.awaited(NettyTransport.IO_URING), new ReactorNetty(), new VertX(), SpringIntegration.net(),
			SpringIntegration.nio(), new SpringIntegrationGateway(), JdkBlocking.onVirtualThreads(),
			JdkBlocking.onPlatformThreads(), Erlang.inet(), Erlang.inetWithDelaySend(), Erlang.socket(),
			new NativeC(NativeC.Mode.BLOCKING), new NativeC(NativeC.Mode.BATCHED), new NativeC(NativeC.Mode.SPINNING),
			new NativeC(NativeC.Mode.EPOLL));

	private Systems() {
	}

	/** Returns them all. */
	public static List<Peer> all() {
		return ALL;
	}

	/**
	 * Returns the system of this name.
	 * @throws IllegalArgumentException if there is none that runs in the JVM
	 */
	public static JavaPeer java(String name) {
		for (Peer peer : ALL) {
			if (peer.name().equals(name) && peer instanceof JavaPeer java) {
				return java;
			}
		}
		throw new IllegalArgumentException("there is no system '%s' in the JVM".formatted(name));
	}

}

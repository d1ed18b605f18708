package io.gentcp.transport;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Connects to a host: resolves its name, then tries one address after the other within
 * what is left of the time, as {@code gen_tcp:connect} does. Used by one thread, whose
 * deadline has passed if it must not wait; any other may {@link #cancel} it.
 */
final class Connector {

	private static final ConnectOutcome NO_ROOM = new ConnectOutcome.Failed(PosixError.EAGAIN);

	private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final Engine engine;

	private final Resolver resolver;

	private final Poller poller;

	private final Readiness readiness = new Readiness();

	Connector(Engine engine, Resolver resolver, Poller poller) {
		this.engine = engine;
		this.resolver = resolver;
		this.poller = poller;
	}

	ConnectOutcome connect(Target target, Deadline deadline) {
		try {
			ConnectOutcome outcome = new ConnectOutcome.Failed(PosixError.NXDOMAIN);
			for (SocketAddress address : addresses(target, deadline)) {
				outcome = connectWhenThereIsRoom(address, target, deadline);
				if (!(outcome instanceof ConnectOutcome.Failed)) {
					return outcome;
				}
			}
			return outcome;
		}
		catch (UnknownHostException ex) {
			return new ConnectOutcome.Failed(PosixError.NXDOMAIN);
		}
		catch (TimeoutException ex) {
			return new ConnectOutcome.TimedOut();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new ConnectOutcome.TimedOut();
		}
	}

	private List<SocketAddress> addresses(Target target, Deadline deadline)
			throws UnknownHostException, TimeoutException, InterruptedException {
		if (!(target.address() instanceof InetSocketAddress host) || !host.isUnresolved()) {
			return List.of(target.address());
		}
		return Stream.of(this.resolver.resolve(host.getHostString(), deadline))
			.filter((address) -> isOf(target.family(), address))
			.<SocketAddress>map((address) -> new InetSocketAddress(address, host.getPort()))
			.toList();
	}

	private static boolean isOf(@Nullable StandardProtocolFamily family, InetAddress address) {
		return family == null || (family == StandardProtocolFamily.INET6) == (address instanceof Inet6Address);
	}

	private static SocketChannel open(SocketAddress address, @Nullable StandardProtocolFamily family)
			throws IOException {
		if (address instanceof UnixDomainSocketAddress) {
			return SocketChannel.open(StandardProtocolFamily.UNIX);
		}
		return (family != null) ? SocketChannel.open(family) : SocketChannel.open();
	}

	/**
	 * A local socket whose backlog is full refuses at once, and nothing tells when there
	 * is room; over TCP the kernel tries again by itself.
	 */
	private ConnectOutcome connectWhenThereIsRoom(SocketAddress address, Target target, Deadline deadline) {
		ConnectOutcome outcome = connect(address, target, deadline);
		while (outcome.equals(NO_ROOM)) {
			if (deadline.hasPassed() || Thread.currentThread().isInterrupted()) {
				return new ConnectOutcome.TimedOut();
			}
			LockSupport.parkNanos(this, Math.min(RETRY_NANOS, deadline.remainingNanos()));
			this.engine.ensureOpen();
			outcome = connect(address, target, deadline);
		}
		return outcome;
	}

	private ConnectOutcome connect(SocketAddress address, Target target, Deadline deadline) {
		SocketChannel channel = null;
		boolean opened = false;
		try {
			channel = open(address, target.family());
			channel.configureBlocking(false);
			target.options().channel().applyTo(channel);
			if (target.localAddress() != null) {
				channel.bind(target.localAddress());
			}
			if (!channel.connect(address) && !awaitConnected(channel, deadline)) {
				return new ConnectOutcome.TimedOut();
			}
			Wire wire = wire(channel, target, deadline);
			Transport transport = Backend.open(channel, wire, this.poller, this.engine, target.options());
			opened = true;
			return new ConnectOutcome.Connected(transport);
		}
		catch (HandshakeFailedException ex) {
			return new ConnectOutcome.HandshakeFailed(String.valueOf(ex.getMessage()));
		}
		catch (TimeoutException ex) {
			return new ConnectOutcome.TimedOut();
		}
		catch (IOException | UnsupportedAddressTypeException ex) {
			return new ConnectOutcome.Failed(PosixError.of(ex));
		}
		finally {
			if (!opened && channel != null) {
				close(channel);
			}
		}
	}

	/** The handshake of an encrypted connection is a part of connecting. */
	private Wire wire(SocketChannel channel, Target target, Deadline deadline) throws IOException, TimeoutException {
		TlsOptions tls = target.tls();
		if (tls == null) {
			return this.engine.wire(channel);
		}
		try {
			return new TlsHandshake(channel, target.engine(tls), this.engine.buffers(),
					new ChannelWait(channel, this.poller, this.readiness))
				.run(deadline.orSooner(tls.handshakeTimeout()));
		}
		catch (TimeoutException ex) {
			if (deadline.hasPassed() || Thread.currentThread().isInterrupted()) {
				throw ex;
			}
			throw HandshakeFailedException.timedOut(tls.handshakeTimeout());
		}
	}

	private boolean awaitConnected(SocketChannel channel, Deadline deadline) throws IOException {
		Watch watch = new Watch(this.poller, this.readiness);
		watch.start(channel);
		while (!channel.finishConnect()) {
			if (!this.readiness.await(watch, SelectionKey.OP_CONNECT, deadline)) {
				return channel.finishConnect();
			}
			this.engine.ensureOpen();
		}
		return true;
	}

	/** Ends the wait for a peer, because the engine is closed. */
	void cancel() {
		this.readiness.close();
	}

	private void close(SocketChannel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			// It was never connected, so there is nothing to lose.
		}
		this.poller.wakeUp();
	}

}

package io.gentcp.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.TimeoutException;

/**
 * Connects to a host: resolves its name, then tries one address after the other within
 * what is left of the time, as {@code gen_tcp:connect} does. Used by one thread; any
 * other may {@link #cancel} it.
 */
final class Connector {

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
			for (InetAddress address : this.resolver.resolve(target.host(), deadline)) {
				outcome = connect(new InetSocketAddress(address, target.port()), target, deadline);
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

	private ConnectOutcome connect(InetSocketAddress address, Target target, Deadline deadline) {
		SocketChannel channel = null;
		boolean opened = false;
		try {
			channel = SocketChannel.open();
			channel.configureBlocking(false);
			target.options().channel().applyTo(channel);
			if (target.localAddress() != null) {
				channel.bind(target.localAddress());
			}
			if (!channel.connect(address) && !awaitConnected(channel, deadline)) {
				return new ConnectOutcome.TimedOut();
			}
			Transport transport = Backend.open(channel, this.poller, this.engine, target.options());
			opened = true;
			return new ConnectOutcome.Connected(transport);
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

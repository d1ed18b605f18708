package io.gentcp.spring.listener;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import io.gentcp.ActiveMode;
import io.gentcp.PartialPackets;
import io.gentcp.SocketOptions;
import io.gentcp.spring.core.ConnectionSettings;
import io.gentcp.spring.core.Recovery;
import io.gentcp.spring.core.Role;
import io.gentcp.transport.Backend;
import org.jspecify.annotations.Nullable;

/**
 * What a server is: where it listens, and how its connections are. Immutable: each method
 * with a parameter returns a copy with one setting changed.
 *
 * <pre>{@code
 * GenTcpServerSettings.of("edge", 4000)
 *     .options(SocketOptions.defaults().packet(PacketType.FOUR).sendTimeout(Duration.ofSeconds(5)))
 *     .maxConnections(500)
 * }</pre>
 */
public final class GenTcpServerSettings {

	private final String name;

	private final SocketAddress address;

	private final SocketOptions options;

	private final Limits limits;

	private final Charset charset;

	private GenTcpServerSettings(String name, SocketAddress address, SocketOptions options, Limits limits,
			Charset charset) {
		if (name.isBlank()) {
			throw new IllegalArgumentException("name is blank; a server needs one");
		}
		this.name = name;
		this.address = address;
		this.options = options;
		this.limits = limits;
		this.charset = charset;
	}

	/**
	 * Returns the settings of a server on all addresses of this host, with Erlang's
	 * socket options, but the socket backend, at most 10,000 connections, and UTF-8.
	 * @param name what the server is called, in messages and by its listener
	 * @param port 0 to 65535; 0 for any that is free
	 */
	public static GenTcpServerSettings of(String name, int port) {
		return on(name, new InetSocketAddress(port));
	}

	/**
	 * Returns the settings of a server on a local socket, with the same defaults.
	 * @param name what the server is called, in messages and by its listener
	 * @param path the file that it makes when it starts, and deletes when it stops
	 */
	public static GenTcpServerSettings local(String name, Path path) {
		return on(name, UnixDomainSocketAddress.of(path));
	}

	private static GenTcpServerSettings on(String name, SocketAddress address) {
		return new GenTcpServerSettings(name, address, SocketOptions.defaults().backend(Backend.SOCKET),
				Limits.DEFAULTS, StandardCharsets.UTF_8);
	}

	/**
	 * The local address to listen on.
	 * @throws IllegalStateException if it listens on a path
	 */
	public GenTcpServerSettings address(InetAddress address) {
		if (!(this.address instanceof InetSocketAddress all)) {
			throw new IllegalStateException("%s listens on a path, and has no other address".formatted(this));
		}
		return new GenTcpServerSettings(this.name, new InetSocketAddress(address, all.getPort()), this.options,
				this.limits, this.charset);
	}

	/**
	 * The options of the listen socket and its connections. The address is up to
	 * {@link #address(InetAddress)}.
	 */
	public GenTcpServerSettings options(SocketOptions options) {
		return new GenTcpServerSettings(this.name, this.address, options, this.limits, this.charset);
	}

	/**
	 * How many connections there may be at once, at least 1. At this number the server
	 * stops accepting; further peers wait in the backlog until a connection ends.
	 */
	public GenTcpServerSettings maxConnections(int connections) {
		return new GenTcpServerSettings(this.name, this.address, this.options, this.limits.connections(connections),
				this.charset);
	}

	/**
	 * How its connections read: {@link ActiveMode#ONCE once}, a packet when the one
	 * before it was handled; a count, so many of them ahead; or {@link ActiveMode#TRUE
	 * true}, as they come, up to 64 ahead. What was read ahead and is not handled yet is
	 * dropped when the server stops.
	 * @throws IllegalArgumentException if it is false, or a count of less than 1
	 */
	public GenTcpServerSettings active(ActiveMode active) {
		return new GenTcpServerSettings(this.name, this.address, this.options, this.limits.active(active),
				this.charset);
	}

	/** How long a server that stops waits for packets that are being handled. */
	public GenTcpServerSettings stopTimeout(Duration timeout) {
		return new GenTcpServerSettings(this.name, this.address, this.options, this.limits.stopTimeout(timeout),
				this.charset);
	}

	/**
	 * What happens to a packet that is partly out at its send timeout,
	 * {@link Recovery#CLOSE close} unless it is set: a peer that does not read is let go.
	 * Not for the inet backend, where such a packet stays queued whole.
	 */
	public GenTcpServerSettings recovery(Recovery recovery) {
		return new GenTcpServerSettings(this.name, this.address, this.options, this.limits.recovery(recovery),
				this.charset);
	}

	/**
	 * How long the background may take to complete a packet after its send timeout, 30
	 * seconds unless it is set. Not for the inet backend.
	 */
	public GenTcpServerSettings recoveryTimeout(Duration timeout) {
		return new GenTcpServerSettings(this.name, this.address, this.options, this.limits.recoveryTimeout(timeout),
				this.charset);
	}

	/** How packets become text, and replies become packets. */
	public GenTcpServerSettings charset(Charset charset) {
		return new GenTcpServerSettings(this.name, this.address, this.options, this.limits, charset);
	}

	/** Returns what the server is called. */
	public String name() {
		return this.name;
	}

	/**
	 * Returns where it listens: an address and a port, 0 for any that is free, or the
	 * path of a local socket.
	 */
	public SocketAddress address() {
		return this.address;
	}

	/**
	 * Returns the options of the listen socket and its connections, as its recovery sets
	 * them.
	 */
	public SocketOptions options() {
		SocketOptions options = switch (recovery()) {
			case RESUME -> this.options.sendTimeoutClose(false).partialPackets(PartialPackets.WAIT);
			case MANUAL -> this.options.sendTimeoutClose(false).partialPackets(PartialPackets.REFUSE);
			case CLOSE -> this.options;
		};
		return (this.address instanceof InetSocketAddress host) ? options.ip(host.getAddress()) : options;
	}

	/** Returns how many connections there may be at once. */
	public int maxConnections() {
		return this.limits.maxConnections;
	}

	/** Returns how its connections read. */
	public ActiveMode active() {
		return this.limits.active;
	}

	/** Returns how long a server that stops waits for packets that are being handled. */
	public Duration stopTimeout() {
		return this.limits.stopTimeout;
	}

	/** Returns what happens to a packet that is partly out at its send timeout. */
	public Recovery recovery() {
		return (this.limits.recovery != null) ? this.limits.recovery : Recovery.CLOSE;
	}

	/** Returns how long the background may take to complete a packet. */
	public Duration recoveryTimeout() {
		return (this.limits.recoveryTimeout != null) ? this.limits.recoveryTimeout : Limits.RECOVERY;
	}

	/** Returns these settings, unless one of them contradicts another. */
	GenTcpServerSettings checked() {
		boolean recovers = this.limits.recovery != null || this.limits.recoveryTimeout != null;
		if (recovers && this.options.backend() == Backend.INET) {
			throw new IllegalArgumentException("%s: on the inet backend there is nothing to recover: ".formatted(this)
					+ "a packet that is not out at its send timeout stays queued whole, and goes out by itself. "
					+ "Leave out recovery and recoveryTimeout, or choose the socket backend");
		}
		return this;
	}

	/** Returns what its connections have in common when they send. */
	ConnectionSettings connectionSettings() {
		return new ConnectionSettings(Role.SERVER, this.name, "server " + this.name, this.address,
				this.options.sendTimeout(), recovery(), recoveryTimeout());
	}

	/** Returns the charset of texts. */
	public Charset charset() {
		return this.charset;
	}

	/** Shows name and address, or path: {@code server edge (0.0.0.0:4000)}. */
	@Override
	public String toString() {
		return describe(this.address);
	}

	/** Shows the name, and the address with the port that it has got. */
	String describe(SocketAddress got) {
		String where = (this.address instanceof InetSocketAddress host && got instanceof InetSocketAddress known)
				? "%s:%d".formatted(host.getAddress().getHostAddress(), known.getPort()) : this.address.toString();
		return "server %s (%s)".formatted(this.name, where);
	}

	/** The stop timeout is less than the 30 seconds that Spring waits for it. */
	private record Limits(int maxConnections, Duration stopTimeout, ActiveMode active, @Nullable Recovery recovery,
			@Nullable Duration recoveryTimeout) {

		static final Duration RECOVERY = Duration.ofSeconds(30);

		static final Limits DEFAULTS = new Limits(10_000, Duration.ofSeconds(20), ActiveMode.ONCE, null, null);

		Limits {
			if (maxConnections < 1) {
				throw new IllegalArgumentException(
						"max-connections is %d; it must be 1 or more".formatted(maxConnections));
			}
			checkNotNegative("stop timeout", stopTimeout);
			checkNotNegative("recovery-timeout", (recoveryTimeout != null) ? recoveryTimeout : RECOVERY);
			boolean reads = active.equals(ActiveMode.ONCE) || active.equals(ActiveMode.TRUE) || active.packets() > 0;
			if (!reads) {
				throw new IllegalArgumentException(
						"active is %s; a server reads with once, true or a number of packets".formatted(active));
			}
		}

		private static void checkNotNegative(String setting, Duration timeout) {
			if (timeout.isNegative()) {
				throw new IllegalArgumentException("%s is %s; it must be zero or more".formatted(setting, timeout));
			}
		}

		Limits connections(int connections) {
			return new Limits(connections, this.stopTimeout, this.active, this.recovery, this.recoveryTimeout);
		}

		Limits stopTimeout(Duration timeout) {
			return new Limits(this.maxConnections, timeout, this.active, this.recovery, this.recoveryTimeout);
		}

		Limits active(ActiveMode mode) {
			return new Limits(this.maxConnections, this.stopTimeout, mode, this.recovery, this.recoveryTimeout);
		}

		Limits recovery(Recovery what) {
			return new Limits(this.maxConnections, this.stopTimeout, this.active, what, this.recoveryTimeout);
		}

		Limits recoveryTimeout(Duration timeout) {
			return new Limits(this.maxConnections, this.stopTimeout, this.active, this.recovery, timeout);
		}

	}

}

package io.gentcp.spring.core;

import java.net.SocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import io.gentcp.PartialPackets;
import io.gentcp.SocketOptions;
import io.gentcp.transport.Backend;
import org.jspecify.annotations.Nullable;

/**
 * What a client is: where it connects to, and how it sends. Immutable: each method with a
 * parameter returns a copy with one setting changed. Any duration may be
 * {@link SocketOptions#INFINITY}.
 *
 * <pre>{@code
 * GenTcpClientSettings.of("orders", "localhost", 4000)
 *     .options(SocketOptions.defaults().backend(Backend.SOCKET).packet(PacketType.FOUR))
 *     .recovery(Recovery.MANUAL)
 * }</pre>
 */
public final class GenTcpClientSettings {

	private final Endpoint endpoint;

	private final SocketOptions options;

	private final Timeouts timeouts;

	private final @Nullable Recovery recovery;

	private final Charset charset;

	private GenTcpClientSettings(Endpoint endpoint, SocketOptions options, Timeouts timeouts,
			@Nullable Recovery recovery, Charset charset) {
		this.endpoint = endpoint;
		this.options = options;
		this.timeouts = timeouts;
		this.recovery = recovery;
		this.charset = charset;
	}

	/**
	 * Returns the settings of a client with Erlang's socket options, but the socket
	 * backend, 10 seconds to connect and to reply, {@link Recovery#RESUME} within 30
	 * seconds, and UTF-8.
	 * @param name what the client is called, in messages and meters
	 * @param host a name or a literal address
	 * @param port 1 to 65535
	 */
	public static GenTcpClientSettings of(String name, String host, int port) {
		return of(Endpoint.of(name, host, port));
	}

	/**
	 * Returns the settings of a client of a local socket, with the same defaults.
	 * @param name what the client is called, in messages and meters
	 * @param path the file that the peer has made by listening
	 */
	public static GenTcpClientSettings local(String name, Path path) {
		return of(Endpoint.of(name, path));
	}

	private static GenTcpClientSettings of(Endpoint endpoint) {
		return new GenTcpClientSettings(endpoint, SocketOptions.defaults().backend(Backend.SOCKET), Timeouts.DEFAULTS,
				null, StandardCharsets.UTF_8);
	}

	/**
	 * The options of the socket. What becomes of partial packets is up to
	 * {@link #recovery(Recovery)}: {@code partialPackets} and {@code sendTimeoutClose}
	 * are set by it. On the inet backend there are none, and nothing is closed.
	 */
	public GenTcpClientSettings options(SocketOptions options) {
		return new GenTcpClientSettings(this.endpoint, options, this.timeouts, this.recovery, this.charset);
	}

	/** How long opening a connection may take, the look-up of the name included. */
	public GenTcpClientSettings connectTimeout(Duration timeout) {
		return with(this.timeouts.connect(timeout));
	}

	/** How long a request waits for its reply once it is out. */
	public GenTcpClientSettings replyTimeout(Duration timeout) {
		return with(this.timeouts.reply(timeout));
	}

	/**
	 * How long the background may take to complete a packet after its send timeout. Not
	 * for the inet backend.
	 */
	public GenTcpClientSettings recoveryTimeout(Duration timeout) {
		return with(this.timeouts.recovery(timeout));
	}

	/**
	 * Whether the client connects when it starts, and again whenever its connection has
	 * ended; otherwise it does at first use, and at the next use after that. Sends do not
	 * wait for the delay between attempts: they make one of their own.
	 */
	public GenTcpClientSettings keepConnected(boolean keep) {
		return with(this.timeouts.reconnecting(new Reconnecting(keep, reconnectDelay(), reconnectMaxDelay())));
	}

	/**
	 * How long a client that is kept connected waits after an attempt that failed, or a
	 * connection that did not last as long as the first wait: at first so long, then
	 * twice as long each time, with a random part of a fifth.
	 * @param first at least a millisecond
	 * @param most no wait is longer
	 */
	public GenTcpClientSettings reconnectDelay(Duration first, Duration most) {
		return with(this.timeouts.reconnecting(new Reconnecting(isKeptConnected(), first, most)));
	}

	private GenTcpClientSettings with(Timeouts timeouts) {
		return new GenTcpClientSettings(this.endpoint, this.options, timeouts, this.recovery, this.charset);
	}

	/**
	 * What happens to a packet that is partly out at its send timeout. Not for the inet
	 * backend, where such a packet stays queued whole.
	 */
	public GenTcpClientSettings recovery(Recovery recovery) {
		return new GenTcpClientSettings(this.endpoint, this.options, this.timeouts, recovery, this.charset);
	}

	/** How text becomes packets, and replies become text. */
	public GenTcpClientSettings charset(Charset charset) {
		return new GenTcpClientSettings(this.endpoint, this.options, this.timeouts, this.recovery, charset);
	}

	/** Returns what the client is called. */
	public String name() {
		return this.endpoint.name();
	}

	/**
	 * Returns where it connects to: a host and port, whose name is not looked up yet, or
	 * the path of a local socket.
	 */
	public SocketAddress address() {
		return this.endpoint.address();
	}

	/**
	 * Returns the host it connects to.
	 * @throws IllegalStateException if it is a local socket, which has a path instead
	 */
	public String host() {
		return this.endpoint.host().getHostString();
	}

	/**
	 * Returns the port it connects to.
	 * @throws IllegalStateException if it is a local socket, which has a path instead
	 */
	public int port() {
		return this.endpoint.host().getPort();
	}

	/** Returns the options its sockets have, as its recovery sets them. */
	public SocketOptions options() {
		SocketOptions options = this.options.sendTimeoutClose(false);
		if (options.backend() == Backend.INET) {
			return options;
		}
		return switch (recovery()) {
			case RESUME, CLOSE -> options.partialPackets(PartialPackets.WAIT);
			case MANUAL -> options.partialPackets(PartialPackets.REFUSE);
		};
	}

	/** Returns how long opening a connection may take. */
	public Duration connectTimeout() {
		return this.timeouts.connect;
	}

	/** Returns how long a request waits for its reply once it is out. */
	public Duration replyTimeout() {
		return this.timeouts.reply;
	}

	/** Returns how long the background may take to complete a packet. */
	public Duration recoveryTimeout() {
		return (this.timeouts.recovery != null) ? this.timeouts.recovery : Timeouts.RECOVERY;
	}

	/** Returns whether the client connects by itself. */
	public boolean isKeptConnected() {
		return this.timeouts.reconnecting.byItself;
	}

	/**
	 * Returns how long a client that is kept connected waits after a failed attempt, and
	 * how long a connection must last for its end not to count as one.
	 */
	public Duration reconnectDelay() {
		return this.timeouts.reconnecting.first;
	}

	/** Returns how long it waits at most. */
	public Duration reconnectMaxDelay() {
		return this.timeouts.reconnecting.most;
	}

	/** Returns what happens to a packet that is partly out at its send timeout. */
	public Recovery recovery() {
		return (this.recovery != null) ? this.recovery : Recovery.RESUME;
	}

	/** Returns the charset of texts. */
	public Charset charset() {
		return this.charset;
	}

	/** Returns these settings, unless one of them contradicts another. */
	GenTcpClientSettings checked() {
		boolean recovers = this.recovery != null || this.timeouts.recovery != null;
		if (recovers && this.options.backend() == Backend.INET) {
			throw new IllegalArgumentException("%s: on the inet backend there is nothing to recover: ".formatted(this)
					+ "a packet that is not out at its send timeout stays queued whole, and goes out by itself. "
					+ "Leave out recovery and recoveryTimeout, or choose the socket backend");
		}
		return this;
	}

	Endpoint endpoint() {
		return this.endpoint;
	}

	/** Shows name and address, or path: {@code client orders (localhost:4000)}. */
	@Override
	public String toString() {
		return this.endpoint.toString();
	}

	private record Timeouts(Duration connect, Duration reply, @Nullable Duration recovery, Reconnecting reconnecting) {

		static final Duration RECOVERY = Duration.ofSeconds(30);

		static final Timeouts DEFAULTS = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(10), null,
				new Reconnecting(false, Duration.ofSeconds(1), Duration.ofSeconds(30)));

		Timeouts {
			checkNotNegative("connect-timeout", connect);
			checkNotNegative("reply-timeout", reply);
			checkNotNegative("recovery-timeout", (recovery != null) ? recovery : RECOVERY);
		}

		private static void checkNotNegative(String setting, Duration timeout) {
			if (timeout.isNegative()) {
				throw new IllegalArgumentException("%s is %s; it must be zero or more".formatted(setting, timeout));
			}
		}

		Timeouts connect(Duration timeout) {
			return new Timeouts(timeout, this.reply, this.recovery, this.reconnecting);
		}

		Timeouts reply(Duration timeout) {
			return new Timeouts(this.connect, timeout, this.recovery, this.reconnecting);
		}

		Timeouts recovery(Duration timeout) {
			return new Timeouts(this.connect, this.reply, timeout, this.reconnecting);
		}

		Timeouts reconnecting(Reconnecting how) {
			return new Timeouts(this.connect, this.reply, this.recovery, how);
		}

	}

	private record Reconnecting(boolean byItself, Duration first, Duration most) {

		Reconnecting {
			if (first.compareTo(Duration.ofMillis(1)) < 0 || first.compareTo(SocketOptions.INFINITY) >= 0) {
				throw new IllegalArgumentException(
						"reconnect-delay is %s; it must be 1ms or more, and not infinite".formatted(first));
			}
			if (most.compareTo(first) < 0) {
				throw new IllegalArgumentException(
						"reconnect-max-delay is %s; it must not be less than reconnect-delay, %s".formatted(most,
								first));
			}
		}

	}

}

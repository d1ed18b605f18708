package io.gentcp.spring.boot;

import java.net.InetAddress;
import java.time.Duration;

import io.gentcp.SocketOptions;
import io.gentcp.spring.core.GenTcpClientSettings;
import io.gentcp.transport.Backend;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/** One client: {@code gentcp.client.<name>}. */
@ConfigurationPropertiesSource
public class GenTcpClientProperties extends GenTcpSocketProperties {

	private static final Timeout DEFAULT_MAX_DELAY = Timeout.of("30s");

	/**
	 * Host to connect to.
	 */
	private String host = "localhost";

	/**
	 * Port to connect to. Required, unless local is set.
	 */
	private @Nullable Integer port;

	/**
	 * Path of a local socket to connect to, in place of host and port.
	 */
	private @Nullable LocalSetting local;

	/**
	 * Local address to connect from. The system's choice by default.
	 */
	private @Nullable InetAddress ip;

	/**
	 * Local port to connect from, Erlang's option port; 0 leaves it to the system.
	 */
	private int localPort = 0;

	/**
	 * Time that opening a connection may take, the look-up of the host included.
	 */
	private Timeout connectTimeout = Timeout.of("10s");

	/**
	 * Time a request waits for its reply once it is out.
	 */
	private Timeout replyTimeout = Timeout.of("10s");

	/**
	 * What happens when a send times out with a part of its packet out: the background
	 * completes it, the caller does, or the connection is closed. Only with backend
	 * socket.
	 */
	private RecoverySetting recovery = RecoverySetting.of("resume");

	/**
	 * Time the background may take to complete a packet before it closes the connection.
	 * Only with backend socket.
	 */
	private Timeout recoveryTimeout = Timeout.of("30s");

	/**
	 * Whether to connect at start-up, and again whenever the connection has ended.
	 * Otherwise the client connects at first use.
	 */
	private boolean keepConnected = false;

	/**
	 * Time a client that is kept connected waits after its first failed attempt; twice as
	 * long after each further one. A connection that ends sooner than this counts as one.
	 */
	private Timeout reconnectDelay = Timeout.of("1s");

	/**
	 * Longest time a client that is kept connected waits between attempts.
	 */
	private Timeout reconnectMaxDelay = Timeout.of("30s");

	/**
	 * TLS of the connection.
	 */
	@NestedConfigurationProperty
	private final GenTcpClientSslProperties ssl = new GenTcpClientSslProperties();

	private boolean hostIsSet;

	private boolean recoveryIsSet;

	private boolean recoveryTimeoutIsSet;

	public String getHost() {
		return this.host;
	}

	public void setHost(String host) {
		this.host = host;
		this.hostIsSet = true;
	}

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

	public @Nullable LocalSetting getLocal() {
		return this.local;
	}

	public void setLocal(@Nullable LocalSetting local) {
		this.local = local;
	}

	public @Nullable InetAddress getIp() {
		return this.ip;
	}

	public void setIp(@Nullable InetAddress ip) {
		this.ip = ip;
	}

	public int getLocalPort() {
		return this.localPort;
	}

	public void setLocalPort(int localPort) {
		this.localPort = localPort;
	}

	public Timeout getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(Timeout connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public Timeout getReplyTimeout() {
		return this.replyTimeout;
	}

	public void setReplyTimeout(Timeout replyTimeout) {
		this.replyTimeout = replyTimeout;
	}

	public RecoverySetting getRecovery() {
		return this.recovery;
	}

	public void setRecovery(RecoverySetting recovery) {
		this.recovery = recovery;
		this.recoveryIsSet = true;
	}

	public Timeout getRecoveryTimeout() {
		return this.recoveryTimeout;
	}

	public void setRecoveryTimeout(Timeout recoveryTimeout) {
		this.recoveryTimeout = recoveryTimeout;
		this.recoveryTimeoutIsSet = true;
	}

	public boolean isKeepConnected() {
		return this.keepConnected;
	}

	public void setKeepConnected(boolean keepConnected) {
		this.keepConnected = keepConnected;
	}

	public Timeout getReconnectDelay() {
		return this.reconnectDelay;
	}

	public void setReconnectDelay(Timeout reconnectDelay) {
		this.reconnectDelay = reconnectDelay;
	}

	public Timeout getReconnectMaxDelay() {
		return this.reconnectMaxDelay;
	}

	public void setReconnectMaxDelay(Timeout reconnectMaxDelay) {
		this.reconnectMaxDelay = reconnectMaxDelay;
	}

	public GenTcpClientSslProperties getSsl() {
		return this.ssl;
	}

	/** The settings of the client with this name; validates them first. */
	GenTcpClientSettings toSettings(String name, PacketTypes packetTypes, TlsBundles bundles) {
		String prefix = GenTcpProperties.CLIENT + "." + name;
		SocketOptions plain = from(prefix, toOptions(prefix, packetTypes));
		SocketOptions options = this.ssl.toOptions(prefix + ".ssl", bundles, this.local != null)
			.map(plain::tls)
			.orElse(plain);
		checkTimeout(prefix + ".connect-timeout", this.connectTimeout);
		checkTimeout(prefix + ".reply-timeout", this.replyTimeout);
		checkDelays(prefix);
		GenTcpClientSettings settings = endpoint(name, prefix).options(options)
			.connectTimeout(this.connectTimeout.duration())
			.replyTimeout(this.replyTimeout.duration())
			.keepConnected(this.keepConnected)
			.reconnectDelay(this.reconnectDelay.duration(), this.reconnectMaxDelay.duration())
			.charset(getCharset());
		if (getBackend().backend() == Backend.INET) {
			checkNothingIsRecovered(prefix, this.recoveryIsSet ? this.recovery : null,
					this.recoveryTimeoutIsSet ? this.recoveryTimeout : null);
			return settings;
		}
		return settings.recovery(this.recovery.recovery()).recoveryTimeout(this.recoveryTimeout.duration());
	}

	private static void checkTimeout(String property, Timeout timeout) {
		check(timeout.duration().isPositive(), property, timeout, "allowed: more than 0, or infinity");
	}

	private void checkDelays(String prefix) {
		Duration first = this.reconnectDelay.duration();
		check(first.compareTo(Duration.ofMillis(1)) >= 0 && first.compareTo(SocketOptions.INFINITY) < 0,
				prefix + ".reconnect-delay", this.reconnectDelay, "allowed: 1ms or more, and not infinity");
		boolean inOrder = this.reconnectMaxDelay.duration().compareTo(first) >= 0;
		// Named is one that is set: one of the two has not its default.
		if (this.reconnectMaxDelay.equals(DEFAULT_MAX_DELAY)) {
			check(inOrder, prefix + ".reconnect-delay", this.reconnectDelay,
					"at most '%s.reconnect-max-delay', which is %s; set that one too".formatted(prefix,
							this.reconnectMaxDelay));
		}
		check(inOrder, prefix + ".reconnect-max-delay", this.reconnectMaxDelay,
				"at least '%s.reconnect-delay', which is %s; set that one too".formatted(prefix, this.reconnectDelay));
	}

	private GenTcpClientSettings endpoint(String name, String prefix) {
		if (this.local != null) {
			checkNothingButLocal(prefix);
			return GenTcpClientSettings.local(name, this.local.path());
		}
		check(!this.host.isBlank(), prefix + ".host", this.host, "allowed: a name or an address");
		int port = MissingPortException.orValue(this.port, prefix, "the port to connect to");
		check(port >= 1 && port <= 0xffff, prefix + ".port", port, "allowed: 1 to 65535");
		return GenTcpClientSettings.of(name, this.host, port);
	}

	private void checkNothingButLocal(String prefix) {
		String reason = "'%s.local' is set, and a local socket has a path only; remove one of the two"
			.formatted(prefix);
		checkUnset(prefix + ".host", this.hostIsSet ? this.host : null, reason);
		checkUnset(prefix + ".port", this.port, reason);
		checkUnset(prefix + ".ip", this.ip, reason);
		check(this.localPort == 0, prefix + ".local-port", this.localPort, reason);
	}

	/** Has a client connect from its own address and port, if it has any. */
	private SocketOptions from(String prefix, SocketOptions options) {
		check(this.localPort >= 0 && this.localPort <= 0xffff, prefix + ".local-port", this.localPort,
				"allowed: 0 to 65535");
		SocketOptions from = options;
		if (this.localPort > 0) {
			// Else it cannot be had while a connection from it lingers, to whichever
			// peer.
			from = from.port(this.localPort).reuseaddr(true);
		}
		if (this.ip != null) {
			checkFamily(prefix + ".ip", this.ip);
			from = from.ip(this.ip);
		}
		return from;
	}

}

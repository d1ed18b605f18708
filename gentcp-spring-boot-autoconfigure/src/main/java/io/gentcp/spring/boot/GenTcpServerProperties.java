package io.gentcp.spring.boot;

import java.net.InetAddress;

import io.gentcp.SocketOptions;
import io.gentcp.spring.listener.GenTcpServerSettings;
import io.gentcp.transport.Backend;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/** One server: {@code gentcp.server.<name>}. */
@ConfigurationPropertiesSource
public class GenTcpServerProperties extends GenTcpSocketProperties {

	/**
	 * Port to listen on; 0 for any that is free. Required, unless local is set.
	 */
	private @Nullable Integer port;

	/**
	 * Path of a local socket to listen on, in place of port and address.
	 */
	private @Nullable LocalSetting local;

	/**
	 * Local address to listen on. All addresses by default.
	 */
	private @Nullable InetAddress address;

	/**
	 * Whether other sockets that set it too, of other processes as well, may listen on
	 * the same port; the system spreads connections over them.
	 */
	private boolean reuseport = false;

	/**
	 * Number of connections that wait in the kernel to be accepted.
	 */
	private int backlog = 1024;

	/**
	 * Number of connections at which the server stops accepting until one ends.
	 */
	private int maxConnections = 10000;

	/**
	 * How connections read: a packet when the one before it was handled (once), a number
	 * of packets ahead, or as they come (true, up to 64 ahead).
	 */
	private ActiveSetting active = ActiveSetting.of("once");

	/**
	 * What happens when a send times out with a part of its packet out: the background
	 * completes it, the sender does, or the connection is closed. Only with backend
	 * socket.
	 */
	private RecoverySetting recovery = RecoverySetting.of("close");

	/**
	 * Time the background may take to complete a packet before it closes the connection.
	 * Only with backend socket.
	 */
	private Timeout recoveryTimeout = Timeout.of("30s");

	/**
	 * TLS of the connections.
	 */
	@NestedConfigurationProperty
	private final GenTcpServerSslProperties ssl = new GenTcpServerSslProperties();

	private boolean recoveryIsSet;

	private boolean recoveryTimeoutIsSet;

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

	public @Nullable InetAddress getAddress() {
		return this.address;
	}

	public void setAddress(@Nullable InetAddress address) {
		this.address = address;
	}

	public boolean isReuseport() {
		return this.reuseport;
	}

	public void setReuseport(boolean reuseport) {
		this.reuseport = reuseport;
	}

	public int getBacklog() {
		return this.backlog;
	}

	public void setBacklog(int backlog) {
		this.backlog = backlog;
	}

	public int getMaxConnections() {
		return this.maxConnections;
	}

	public void setMaxConnections(int maxConnections) {
		this.maxConnections = maxConnections;
	}

	public ActiveSetting getActive() {
		return this.active;
	}

	public void setActive(ActiveSetting active) {
		this.active = active;
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

	public GenTcpServerSslProperties getSsl() {
		return this.ssl;
	}

	/** The settings of the server with this name; validates them first. */
	GenTcpServerSettings toSettings(String name, PacketTypes packetTypes, TlsBundles bundles) {
		String prefix = GenTcpProperties.SERVER + "." + name;
		SocketOptions plain = toOptions(prefix, packetTypes);
		SocketOptions options = this.ssl.toOptions(prefix + ".ssl", bundles).map(plain::tls).orElse(plain);
		check(this.backlog >= 1, prefix + ".backlog", this.backlog, "allowed: 1 or more");
		check(this.maxConnections >= 1, prefix + ".max-connections", this.maxConnections, "allowed: 1 or more");
		// Without reuseaddr a restart fails while connections of the last run linger.
		GenTcpServerSettings settings = place(name, prefix)
			.options(options.backlog(this.backlog).reuseaddr(true).reuseport(this.reuseport))
			.maxConnections(this.maxConnections)
			.active(this.active.mode())
			.charset(getCharset());
		if (getBackend().backend() == Backend.INET) {
			checkNothingIsRecovered(prefix, this.recoveryIsSet ? this.recovery : null,
					this.recoveryTimeoutIsSet ? this.recoveryTimeout : null);
			return settings;
		}
		return settings.recovery(this.recovery.recovery()).recoveryTimeout(this.recoveryTimeout.duration());
	}

	private GenTcpServerSettings place(String name, String prefix) {
		if (this.local != null) {
			checkNothingButLocal(prefix);
			return GenTcpServerSettings.local(name, this.local.path());
		}
		int port = MissingPortException.orValue(this.port, prefix, "the port to listen on, 0 for any");
		check(port >= 0 && port <= 0xffff, prefix + ".port", port, "allowed: 0 to 65535");
		GenTcpServerSettings settings = GenTcpServerSettings.of(name, port);
		if (this.address == null) {
			return settings;
		}
		checkFamily(prefix + ".address", this.address);
		return settings.address(this.address);
	}

	private void checkNothingButLocal(String prefix) {
		String reason = "'%s.local' is set, and a local socket has a path only; remove one of the two"
			.formatted(prefix);
		checkUnset(prefix + ".port", this.port, reason);
		checkUnset(prefix + ".address", this.address, reason);
		check(!this.reuseport, prefix + ".reuseport", this.reuseport, reason);
	}

}

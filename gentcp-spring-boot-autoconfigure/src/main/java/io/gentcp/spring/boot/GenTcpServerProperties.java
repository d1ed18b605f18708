package io.gentcp.spring.boot;

import java.net.InetAddress;

import io.gentcp.SocketOptions;
import io.gentcp.spring.listener.GenTcpServerSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesSource;

/** One server: {@code gentcp.server.<name>}. */
@ConfigurationPropertiesSource
public class GenTcpServerProperties extends GenTcpSocketProperties {

	/**
	 * Port to listen on; 0 for any that is free. Required.
	 */
	private @Nullable Integer port;

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

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
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

	/** The settings of the server with this name; validates them first. */
	GenTcpServerSettings toSettings(String name, PacketTypes packetTypes) {
		String prefix = GenTcpProperties.SERVER + "." + name;
		SocketOptions options = toOptions(prefix, packetTypes);
		int port = MissingPortException.orValue(this.port, prefix + ".port", "the port to listen on, 0 for any");
		check(port >= 0 && port <= 0xffff, prefix + ".port", port, "allowed: 0 to 65535");
		check(this.backlog >= 1, prefix + ".backlog", this.backlog, "allowed: 1 or more");
		check(this.maxConnections >= 1, prefix + ".max-connections", this.maxConnections, "allowed: 1 or more");
		if (this.address != null) {
			checkFamily(prefix + ".address", this.address);
		}
		// Without reuseaddr a restart fails while connections of the last run linger.
		GenTcpServerSettings settings = GenTcpServerSettings.of(name, port)
			.options(options.backlog(this.backlog).reuseaddr(true).reuseport(this.reuseport))
			.maxConnections(this.maxConnections)
			.active(this.active.mode())
			.charset(getCharset());
		return (this.address != null) ? settings.address(this.address) : settings;
	}

}

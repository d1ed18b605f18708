package io.gentcp.transport;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.util.LinkedHashMap;
import java.util.Map;

import jdk.net.ExtendedSocketOptions;

/**
 * What a connection asks of the operating system: the options that are the kernel's and
 * not gen_tcp's. Immutable. What was never set is the system's choice.
 *
 * @param values the options of the JDK that were set
 */
public record ChannelOptions(Map<SocketOption<?>, Object> values) {

	/** Erlang's defaults. */
	public static final ChannelOptions DEFAULTS = new ChannelOptions(Map.of()).nodelay(false)
		.keepalive(false)
		.reuseaddr(false)
		.reuseport(false)
		.linger(-1);

	public ChannelOptions {
		values = Map.copyOf(values);
	}

	/** Whether small writes leave at once: {@code TCP_NODELAY}. */
	public ChannelOptions nodelay(boolean nodelay) {
		return with(StandardSocketOptions.TCP_NODELAY, nodelay);
	}

	/** Whether an idle connection is probed: {@code SO_KEEPALIVE}. */
	public ChannelOptions keepalive(boolean keepalive) {
		return with(StandardSocketOptions.SO_KEEPALIVE, keepalive);
	}

	/** Seconds of idleness before the first probe, 0 for the system's choice. */
	public ChannelOptions keepidle(int seconds) {
		return withSize(ExtendedSocketOptions.TCP_KEEPIDLE, seconds);
	}

	/** Seconds between two probes, 0 for the system's choice. */
	public ChannelOptions keepintvl(int seconds) {
		return withSize(ExtendedSocketOptions.TCP_KEEPINTERVAL, seconds);
	}

	/** Probes without an answer that end a connection, 0 for the system's choice. */
	public ChannelOptions keepcnt(int probes) {
		return withSize(ExtendedSocketOptions.TCP_KEEPCOUNT, probes);
	}

	/** Whether a listener may bind while old connections linger: {@code SO_REUSEADDR}. */
	public ChannelOptions reuseaddr(boolean reuseaddr) {
		return with(StandardSocketOptions.SO_REUSEADDR, reuseaddr);
	}

	/** Whether several listeners may share a port: {@code SO_REUSEPORT}. */
	public ChannelOptions reuseport(boolean reuseport) {
		return with(StandardSocketOptions.SO_REUSEPORT, reuseport);
	}

	/** The kernel's send buffer in bytes, 0 for the system's choice. */
	public ChannelOptions sndbuf(int bytes) {
		return withSize(StandardSocketOptions.SO_SNDBUF, bytes);
	}

	/** The kernel's receive buffer in bytes, 0 for the system's choice. */
	public ChannelOptions recbuf(int bytes) {
		return withSize(StandardSocketOptions.SO_RCVBUF, bytes);
	}

	/** Seconds close waits for the peer, 0 to reset the connection, -1 for neither. */
	public ChannelOptions linger(int seconds) {
		return with(StandardSocketOptions.SO_LINGER, seconds);
	}

	/** The type of service in IP's header, 0 to 255. */
	public ChannelOptions tos(int octet) {
		return with(StandardSocketOptions.IP_TOS, octet);
	}

	/** Returns these with another value of an option of the JDK. */
	private <T> ChannelOptions with(SocketOption<T> option, T value) {
		Map<SocketOption<?>, Object> changed = new LinkedHashMap<>(this.values);
		changed.put(option, value);
		return new ChannelOptions(changed);
	}

	private ChannelOptions withSize(SocketOption<Integer> option, int size) {
		if (size > 0) {
			return with(option, size);
		}
		Map<SocketOption<?>, Object> changed = new LinkedHashMap<>(this.values);
		changed.remove(option);
		return new ChannelOptions(changed);
	}

	/** Returns whether small writes leave at once. */
	public boolean nodelay() {
		return isOn(StandardSocketOptions.TCP_NODELAY);
	}

	/** Returns whether an idle connection is probed. */
	public boolean keepalive() {
		return isOn(StandardSocketOptions.SO_KEEPALIVE);
	}

	/** Returns the seconds of idleness before the first probe, 0 if that is not set. */
	public int keepidle() {
		return size(ExtendedSocketOptions.TCP_KEEPIDLE);
	}

	/** Returns the seconds between two probes, 0 if that is not set. */
	public int keepintvl() {
		return size(ExtendedSocketOptions.TCP_KEEPINTERVAL);
	}

	/** Returns how many probes end a connection, 0 if that is not set. */
	public int keepcnt() {
		return size(ExtendedSocketOptions.TCP_KEEPCOUNT);
	}

	/** Returns whether a listener may bind while old connections linger. */
	public boolean reuseaddr() {
		return isOn(StandardSocketOptions.SO_REUSEADDR);
	}

	/** Returns whether several listeners may share a port. */
	public boolean reuseport() {
		return isOn(StandardSocketOptions.SO_REUSEPORT);
	}

	/** Returns the size of the kernel's send buffer that was set, 0 if none. */
	public int sndbuf() {
		return size(StandardSocketOptions.SO_SNDBUF);
	}

	/** Returns the size of the kernel's receive buffer that was set, 0 if none. */
	public int recbuf() {
		return size(StandardSocketOptions.SO_RCVBUF);
	}

	/** Returns the seconds close waits for the peer, 0 to reset, -1 for neither. */
	public int linger() {
		return (this.values.get(StandardSocketOptions.SO_LINGER) instanceof Integer seconds) ? seconds : -1;
	}

	/** Returns the type of service, 0 if that is not set. */
	public int tos() {
		return size(StandardSocketOptions.IP_TOS);
	}

	private boolean isOn(SocketOption<Boolean> option) {
		return Boolean.TRUE.equals(this.values.get(option));
	}

	private int size(SocketOption<Integer> option) {
		return (this.values.get(option) instanceof Integer size) ? size : 0;
	}

	/**
	 * Sets everything the kind of channel knows; a listener does not know all of it, and
	 * its connections get the rest when they are accepted. A local socket knows nothing
	 * of TCP.
	 */
	void applyTo(NetworkChannel channel) throws IOException {
		for (Map.Entry<SocketOption<?>, Object> option : this.values.entrySet()) {
			set(channel, option.getKey(), option.getValue());
		}
	}

	/**
	 * Sets what is not as it should be on a live channel: everything or, if the system
	 * refuses something, nothing.
	 */
	void changeOn(NetworkChannel channel) throws IOException {
		Map<SocketOption<?>, Object> before = new LinkedHashMap<>();
		try {
			for (Map.Entry<SocketOption<?>, Object> option : this.values.entrySet()) {
				Object now = read(channel, option.getKey(), option.getValue());
				if (!now.equals(option.getValue())) {
					before.put(option.getKey(), now);
					set(channel, option.getKey(), option.getValue());
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			for (Map.Entry<SocketOption<?>, Object> option : before.entrySet()) {
				set(channel, option.getKey(), option.getValue());
			}
			throw ex;
		}
	}

	/** Reads an option that the kind of channel may know. */
	static Object read(NetworkChannel channel, SocketOption<?> option, Object otherwise) throws IOException {
		return channel.supportedOptions().contains(option) ? channel.getOption(option) : otherwise;
	}

	private static <T> void set(NetworkChannel channel, SocketOption<T> option, Object value) throws IOException {
		if (channel.supportedOptions().contains(option)) {
			channel.setOption(option, option.type().cast(value));
		}
	}

}

package io.gentcp.transport;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;

/**
 * What a connection asks of the operating system.
 *
 * @param nodelay whether small writes leave at once, {@code TCP_NODELAY}
 * @param keepalive whether an idle connection is probed, {@code SO_KEEPALIVE}
 * @param reuseaddr whether a listener may bind while old connections linger,
 * {@code SO_REUSEADDR}
 * @param sndbuf size of the kernel's send buffer in bytes, 0 for the system's choice
 * @param recbuf size of the kernel's receive buffer in bytes, 0 for the system's choice
 * @param linger seconds close waits for the peer, 0 to reset the connection, -1 for
 * neither
 */
public record ChannelOptions(boolean nodelay, boolean keepalive, boolean reuseaddr, int sndbuf, int recbuf,
		int linger) {

	/**
	 * Sets everything the kind of channel knows; a listener does not know all of it, and
	 * its connections get the rest when they are accepted.
	 */
	void applyTo(NetworkChannel channel) throws IOException {
		set(channel, StandardSocketOptions.TCP_NODELAY, this.nodelay);
		set(channel, StandardSocketOptions.SO_KEEPALIVE, this.keepalive);
		set(channel, StandardSocketOptions.SO_REUSEADDR, this.reuseaddr);
		set(channel, StandardSocketOptions.SO_LINGER, this.linger);
		if (this.sndbuf > 0) {
			set(channel, StandardSocketOptions.SO_SNDBUF, this.sndbuf);
		}
		if (this.recbuf > 0) {
			set(channel, StandardSocketOptions.SO_RCVBUF, this.recbuf);
		}
	}

	private static <T> void set(NetworkChannel channel, SocketOption<T> option, T value) throws IOException {
		if (channel.supportedOptions().contains(option)) {
			channel.setOption(option, value);
		}
	}

}

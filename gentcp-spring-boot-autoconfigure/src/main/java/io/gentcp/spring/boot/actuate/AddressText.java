package io.gentcp.spring.boot.actuate;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** How addresses are shown. Has no state, and looks no name up. */
final class AddressText {

	private AddressText() {
	}

	/**
	 * Returns {@code localhost:4000}, {@code 127.0.0.1:4000}, {@code [::1]:4000}, or
	 * {@code local:/run/orders.sock}.
	 */
	static String of(SocketAddress address) {
		return (address instanceof InetSocketAddress inet) ? "%s:%d".formatted(host(inet), inet.getPort())
				: "local:" + address;
	}

	private static String host(InetSocketAddress address) {
		InetAddress known = address.getAddress();
		if (known == null) {
			return address.getHostString();
		}
		return (known instanceof Inet6Address) ? "[%s]".formatted(known.getHostAddress()) : known.getHostAddress();
	}

}

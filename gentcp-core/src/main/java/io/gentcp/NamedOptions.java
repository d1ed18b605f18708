package io.gentcp;

import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

import jdk.net.ExtendedSocketOptions;

/**
 * The options by Erlang's names: how each is set and read, which of them the kernel knows
 * better, and why some cannot be had. Immutable.
 */
final class NamedOptions {

	private static final Map<String, NamedOption> OPTIONS = new LinkedHashMap<>();

	/** What Erlang has and Java has not, and why. */
	private static final Map<String, String> REFUSED = new LinkedHashMap<>();

	static {
		add("inet_backend", SocketOptions::backend,
				(options, value) -> options.backend(OptionValue.backend("inet_backend", value)));
		add("active", SocketOptions::active, (options, value) -> options.active(OptionValue.active("active", value)));
		add("packet", SocketOptions::packet, (options, value) -> options.packet(OptionValue.packet("packet", value)));
		integer("packet_size", SocketOptions::packetSize, SocketOptions::packetSize);
		integer("line_delimiter", SocketOptions::lineDelimiter, SocketOptions::lineDelimiter);
		integer("line_length", SocketOptions::lineLength, SocketOptions::lineLength);
		integer("header", SocketOptions::header, SocketOptions::header);
		integer("buffer", SocketOptions::buffer, SocketOptions::buffer);
		add("mode", (options) -> "binary", (options, value) -> {
			OptionValue.only("mode", value, "binary");
			return options;
		});
		add("deliver", (options) -> "term", (options, value) -> {
			OptionValue.only("deliver", value, "term");
			return options;
		});
		bool("exit_on_close", SocketOptions::exitOnClose, SocketOptions::exitOnClose);
		bool("show_econnreset", SocketOptions::showEconnreset, SocketOptions::showEconnreset);
		add("send_timeout", SocketOptions::sendTimeout,
				(options, value) -> options.sendTimeout(OptionValue.timeout("send_timeout", value)));
		bool("send_timeout_close", SocketOptions::sendTimeoutClose, SocketOptions::sendTimeoutClose);
		bool("delay_send", SocketOptions::delaySend, SocketOptions::delaySend);
		integer("high_watermark", (options) -> options.watermarks().high(), SocketOptions::highWatermark);
		integer("low_watermark", (options) -> options.watermarks().low(), SocketOptions::lowWatermark);
		kernelBool("nodelay", StandardSocketOptions.TCP_NODELAY, (options) -> options.channelOptions().nodelay(),
				SocketOptions::nodelay);
		kernelBool("keepalive", StandardSocketOptions.SO_KEEPALIVE, (options) -> options.channelOptions().keepalive(),
				SocketOptions::keepalive);
		kernelInteger("keepidle", ExtendedSocketOptions.TCP_KEEPIDLE, (options) -> options.channelOptions().keepidle(),
				SocketOptions::keepidle);
		kernelInteger("keepintvl", ExtendedSocketOptions.TCP_KEEPINTERVAL,
				(options) -> options.channelOptions().keepintvl(), SocketOptions::keepintvl);
		kernelInteger("keepcnt", ExtendedSocketOptions.TCP_KEEPCOUNT, (options) -> options.channelOptions().keepcnt(),
				SocketOptions::keepcnt);
		kernelBool("reuseaddr", StandardSocketOptions.SO_REUSEADDR, (options) -> options.channelOptions().reuseaddr(),
				SocketOptions::reuseaddr);
		kernelBool("reuseport", StandardSocketOptions.SO_REUSEPORT, (options) -> options.channelOptions().reuseport(),
				SocketOptions::reuseport);
		kernelInteger("sndbuf", StandardSocketOptions.SO_SNDBUF, (options) -> options.channelOptions().sndbuf(),
				SocketOptions::sndbuf);
		kernelInteger("recbuf", StandardSocketOptions.SO_RCVBUF, (options) -> options.channelOptions().recbuf(),
				SocketOptions::recbuf);
		kernelInteger("linger", StandardSocketOptions.SO_LINGER, (options) -> options.channelOptions().linger(),
				SocketOptions::linger);
		kernelInteger("tos", StandardSocketOptions.IP_TOS, (options) -> options.channelOptions().tos(),
				SocketOptions::tos);
		integer("backlog", SocketOptions::backlog, SocketOptions::backlog);
		add("ip", SocketOptions::ipOrAny, (options, value) -> options.ip(OptionValue.address("ip", value)));
		add("ifaddr", SocketOptions::ipOrAny, (options, value) -> options.ip(OptionValue.address("ifaddr", value)));
		integer("port", SocketOptions::port, SocketOptions::port);
		family("inet", StandardProtocolFamily.INET);
		family("inet6", StandardProtocolFamily.INET6);

		String noSocketOption = "the JDK has no such socket option";
		for (String name : new String[] { "priority", "ttl", "recvtos", "recvttl", "recvtclass", "pktoptions", "nopush",
				"dontroute", "debug", "bind_to_device", "ipv6_v6only", "exclusiveaddruse", "user_timeout" }) {
			REFUSED.put(name, noSocketOption);
		}
		REFUSED.put("tclass", "the JDK sets the traffic class of IPv6 with tos; use that");
		REFUSED.put("raw", "the JDK sets no options by number");
		REFUSED.put("reuseport_lb", "on Linux it is what reuseport does; use that");
		REFUSED.put("netns", "the JDK opens sockets in its own network namespace only");
		REFUSED.put("fd", "the JDK opens its sockets itself");
		REFUSED.put("high_msgq_watermark", "senders are no messages here: they get in line at once");
		REFUSED.put("low_msgq_watermark", "senders are no messages here: they get in line at once");
		REFUSED.put("read_ahead", "what has arrived is always read; buffer limits what a raw recv returns");
		REFUSED.put("tcp_module", "there is one implementation of TCP here");
	}

	private NamedOptions() {
	}

	private static void add(String name, Function<SocketOptions, Object> get,
			BiFunction<SocketOptions, Object, SocketOptions> set) {
		OPTIONS.put(name, new NamedOption(get, set, Optional.empty()));
	}

	private static void bool(String name, Function<SocketOptions, Boolean> get,
			BiFunction<SocketOptions, Boolean, SocketOptions> set) {
		add(name, get::apply, (options, value) -> set.apply(options, OptionValue.bool(name, value)));
	}

	private static void integer(String name, Function<SocketOptions, Integer> get,
			BiFunction<SocketOptions, Integer, SocketOptions> set) {
		add(name, get::apply, (options, value) -> set.apply(options, OptionValue.integer(name, value)));
	}

	private static void kernelBool(String name, SocketOption<Boolean> kernel, Function<SocketOptions, Boolean> get,
			BiFunction<SocketOptions, Boolean, SocketOptions> set) {
		OPTIONS.put(name, new NamedOption(get::apply,
				(options, value) -> set.apply(options, OptionValue.bool(name, value)), Optional.of(kernel)));
	}

	private static void kernelInteger(String name, SocketOption<Integer> kernel, Function<SocketOptions, Integer> get,
			BiFunction<SocketOptions, Integer, SocketOptions> set) {
		OPTIONS.put(name, new NamedOption(get::apply,
				(options, value) -> set.apply(options, OptionValue.integer(name, value)), Optional.of(kernel)));
	}

	/** An option that is no pair in Erlang: {@code inet6} alone. */
	private static void family(String name, StandardProtocolFamily family) {
		add(name, (options) -> options.localFamily() == family, (options, value) -> {
			OptionValue.only(name, value, "true");
			return options.family(family);
		});
	}

	static Map<String, NamedOption> all() {
		return Collections.unmodifiableMap(OPTIONS);
	}

	static Map<String, String> refused() {
		return Collections.unmodifiableMap(REFUSED);
	}

	/**
	 * Finds an option.
	 * @throws IllegalArgumentException if there is none of this name, or it cannot be had
	 */
	static NamedOption of(String name) {
		NamedOption option = OPTIONS.get(name);
		if (option != null) {
			return option;
		}
		String reason = REFUSED.get(name);
		throw new IllegalArgumentException((reason != null) ? "option %s cannot be set: %s".formatted(name, reason)
				: "option '%s' is unknown; allowed: %s".formatted(name, String.join(", ", OPTIONS.keySet())));
	}

	/**
	 * One option.
	 *
	 * @param kernel the option of the JDK by which the kernel tells its real value
	 */
	record NamedOption(Function<SocketOptions, Object> get, BiFunction<SocketOptions, Object, SocketOptions> set,
			Optional<SocketOption<?>> kernel) {
	}

}

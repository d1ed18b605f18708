package io.gentcp.spring.boot;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.gentcp.SocketOptions;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Options of Erlang that are no properties, and why: Java cannot set them, or a client or
 * server takes care of it.
 */
final class ErlangOnly {

	/** The template or the container does it, or it has another name here. */
	private static final Map<String, String> DONE_HERE = Map.of("inet_backend", "it is called backend here",
			"exit_on_close", "clients and servers close a connection themselves, behind the packets that came before",
			"send_timeout_close",
			"with backend socket it is recovery: close, which servers have unless they set another one", "reuseaddr",
			"servers always set it, and clients that have a local-port", "mode",
			"packets are bytes, which the charset makes text", "deliver", "packets go to the listener", "ifaddr",
			"it is called ip on a client and address on a server", "inet", "it is family: inet here", "inet6",
			"it is family: inet6 here");

	private static final Map<String, String> SENTENCES = sentences();

	private ErlangOnly() {
	}

	private static Map<String, String> sentences() {
		Map<String, String> sentences = new TreeMap<>();
		SocketOptions.refused().forEach((name, reason) -> add(sentences, "cannot be set", name, reason));
		DONE_HERE.forEach((name, reason) -> add(sentences, "is no property", name, reason));
		return sentences;
	}

	private static void add(Map<String, String> sentences, String what, String name, String reason) {
		sentences.put(name.replace("_", ""), "Option %s %s: %s.".formatted(name, what, reason));
	}

	/** Says why this key is unknown, if it is an option in Erlang. */
	static Optional<String> reason(ConfigurationPropertyName unknown) {
		String key = unknown.getLastElement(ConfigurationPropertyName.Form.UNIFORM);
		return Optional.ofNullable(SENTENCES.get(key));
	}

}

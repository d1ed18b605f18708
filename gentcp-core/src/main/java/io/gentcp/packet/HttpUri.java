package io.gentcp.packet;

/**
 * What an http request asks for: one record per shape of {@code HttpUri} in
 * {@code erlang:decode_packet/3}. Nothing is decoded or checked.
 */
public sealed interface HttpUri {

	/** {@code '*'}: the server itself. */
	record Asterisk() implements HttpUri {

		static final Asterisk INSTANCE = new Asterisk();

	}

	/**
	 * {@code {abs_path, Path}}: what nearly every request has.
	 *
	 * @param path with the query
	 */
	record AbsolutePath(String path) implements HttpUri {
	}

	/**
	 * {@code {absoluteURI, Scheme, Host, Port, Path}}: what a proxy is asked for.
	 *
	 * @param scheme {@code http} or {@code https}
	 * @param host a name or an address; one of IPv6 has its brackets
	 * @param port 0 if none is given, or one that is no number
	 * @param path with the query; {@code /} if there is none
	 */
	record AbsoluteUri(String scheme, String host, int port, String path) implements HttpUri {
	}

	/**
	 * {@code {scheme, Scheme, Rest}}: a URI of any other scheme; also the host and port
	 * of {@code CONNECT}.
	 *
	 * @param scheme what is in front of the first colon
	 * @param rest what is behind it
	 */
	record OtherScheme(String scheme, String rest) implements HttpUri {
	}

	/** {@code string()}: anything else. */
	record Text(String text) implements HttpUri {
	}

}

package io.gentcp;

import java.util.Map;

import io.gentcp.transport.PosixError;

/**
 * The outcome of {@link TcpSocket#getOptions}: one record per result of
 * {@code inet:getopts/2}.
 */
public sealed interface GetOptionsResult {

	/**
	 * {@code {ok, Values}}.
	 *
	 * @param values by name, in the order in which they were asked for
	 */
	record Got(Map<String, Object> values) implements GetOptionsResult {
	}

	/** {@code {error, einval}}: the socket is closed. */
	record Failed(PosixError error) implements GetOptionsResult {
	}

}

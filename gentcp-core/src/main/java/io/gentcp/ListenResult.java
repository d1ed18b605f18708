package io.gentcp;

import io.gentcp.transport.PosixError;

/**
 * The outcome of {@link GenTcp#listen}: one record per result of
 * {@code gen_tcp:listen/2}.
 */
public sealed interface ListenResult {

	/** {@code {ok, ListenSocket}}. */
	record Listening(ListenSocket socket) implements ListenResult {
	}

	/** {@code {error, Reason}}: {@code eaddrinuse}, {@code eacces}, ... */
	record Failed(PosixError error) implements ListenResult {
	}

}

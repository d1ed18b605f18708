package io.gentcp.spring.core;

import java.util.Locale;

/** What became of a partial packet. */
public enum RecoveryOutcome {

	/** The background has sent its rest. */
	COMPLETED,

	/** Its sender has resumed it to the end. */
	RESUMED_BY_CALLER,

	/** Its rest was not out within the recovery timeout; the connection is closed. */
	ABANDONED,

	/** The connection closed before its rest was out. */
	CLOSED;

	/** Shows it as events and meters do: {@code resumed_by_caller}. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}

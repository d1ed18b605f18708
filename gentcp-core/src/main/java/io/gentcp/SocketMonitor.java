package io.gentcp;

/**
 * Watches a socket until it is closed: what {@code inet:monitor/1} returns. Any thread
 * may use it.
 */
public final class SocketMonitor {

	private final Monitors monitors;

	SocketMonitor(Monitors monitors) {
		this.monitors = monitors;
	}

	/**
	 * Gives it up: {@code inet:cancel_monitor/1}.
	 * @return whether nobody was told, nor will be
	 */
	public boolean cancel() {
		return this.monitors.remove(this);
	}

}

package io.gentcp;

import java.util.function.Consumer;

/**
 * Watches a socket until it is closed: what {@code inet:monitor/1} returns. Any thread
 * may use it.
 */
public final class SocketMonitor {

	private final Monitors monitors;

	private final Consumer<TcpSocket> down;

	SocketMonitor(Monitors monitors, Consumer<TcpSocket> down) {
		this.monitors = monitors;
		this.down = down;
	}

	/**
	 * Gives it up: {@code inet:cancel_monitor/1}.
	 * @return whether nobody was told, nor will be
	 */
	public boolean cancel() {
		return this.monitors.remove(this);
	}

	/** One that throws keeps nobody from being told, nor the socket from being closed. */
	void tell(TcpSocket socket) {
		try {
			this.down.accept(socket);
		}
		catch (RuntimeException | Error ex) {
			Thread thread = Thread.currentThread();
			thread.getUncaughtExceptionHandler().uncaughtException(thread, ex);
		}
	}

}

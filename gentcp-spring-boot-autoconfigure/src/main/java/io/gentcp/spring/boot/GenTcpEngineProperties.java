package io.gentcp.spring.boot;

import io.gentcp.transport.EngineOptions;
import org.jspecify.annotations.Nullable;

/**
 * How all clients and servers together spend processors, below {@code gentcp.engine}.
 */
public class GenTcpEngineProperties {

	static final String PREFIX = "gentcp.engine";

	static final String SPIN = PREFIX + ".spin";

	static final String ALLOWED_SPIN = "0 to 10ms, for a processor does nothing else meanwhile";

	private static final int MOST_POLLERS = 1024;

	/**
	 * Threads that watch connections. One for every two processors by default.
	 */
	private @Nullable Integer pollers;

	/**
	 * Time a thread that waits for bytes asks again before it goes to sleep, where that
	 * has paid so far; 0 for not at all. By default 200us, and 0 with one processor.
	 */
	private @Nullable Timeout spin;

	/**
	 * Whether small packets that come together may wait a millisecond or two for each
	 * other; with backend socket only those that are begun on the socket itself.
	 */
	private boolean cork = true;

	public @Nullable Integer getPollers() {
		return this.pollers;
	}

	public void setPollers(@Nullable Integer pollers) {
		this.pollers = pollers;
	}

	public @Nullable Timeout getSpin() {
		return this.spin;
	}

	public void setSpin(@Nullable Timeout spin) {
		this.spin = spin;
	}

	public boolean isCork() {
		return this.cork;
	}

	public void setCork(boolean cork) {
		this.cork = cork;
	}

	/** The options of the engine; validates them. */
	EngineOptions toOptions() {
		EngineOptions options = EngineOptions.defaults().cork(this.cork);
		if (this.pollers != null) {
			GenTcpKernelProperties.check(this.pollers > 0 && this.pollers <= MOST_POLLERS, PREFIX + ".pollers",
					this.pollers, "allowed: 1 to %d".formatted(MOST_POLLERS));
			options = options.pollers(this.pollers);
		}
		if (this.spin != null) {
			GenTcpKernelProperties.check(this.spin.duration().compareTo(EngineOptions.LONGEST_SPIN) <= 0, SPIN,
					this.spin, "allowed: " + ALLOWED_SPIN);
			options = options.spin(this.spin.duration());
		}
		return options;
	}

}

package io.gentcp;

import java.time.Duration;

import io.gentcp.transport.Watermarks;

/**
 * How packets are sent: what the options {@code send_timeout},
 * {@code send_timeout_close}, {@code delay_send} and the watermarks say, and what a send
 * meets behind a partial packet.
 */
record SendOptions(Duration timeout, boolean timeoutClose, PartialPackets partialPackets, Watermarks watermarks,
		boolean delay) {

	static final SendOptions DEFAULTS = new SendOptions(SocketOptions.INFINITY, false, PartialPackets.REFUSE,
			Watermarks.DEFAULTS, false);

	SendOptions withTimeout(Duration timeout) {
		return new SendOptions(timeout, this.timeoutClose, this.partialPackets, this.watermarks, this.delay);
	}

	SendOptions withTimeoutClose(boolean timeoutClose) {
		return new SendOptions(this.timeout, timeoutClose, this.partialPackets, this.watermarks, this.delay);
	}

	SendOptions withPartialPackets(PartialPackets partialPackets) {
		return new SendOptions(this.timeout, this.timeoutClose, partialPackets, this.watermarks, this.delay);
	}

	SendOptions withWatermarks(Watermarks watermarks) {
		return new SendOptions(this.timeout, this.timeoutClose, this.partialPackets, watermarks, this.delay);
	}

	SendOptions withDelay(boolean delay) {
		return new SendOptions(this.timeout, this.timeoutClose, this.partialPackets, this.watermarks, delay);
	}

}

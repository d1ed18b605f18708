package io.gentcp.sample;

import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.gentcp.spring.core.GenTcpException;
import io.gentcp.spring.core.SendTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one packet. The counts are those at the end of its send: a recovery
 * that goes on afterwards does not change them.
 *
 * @param id its number, in the order of the requests
 * @param size its bytes, without the header
 * @param checksum of the bytes that were sent
 * @param outcome of the send
 * @param bytesOut how many bytes the kernel had taken, header included
 * @param bytesTotal how many bytes it has, header included
 * @param completion of the packet in the background, if there is one
 * @param received whether the server has received a packet of this size and checksum
 * @param detail what the library said, if the packet was not sent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({ "id", "size", "checksum", "outcome", "bytesOut", "bytesTotal", "rest", "recovery" })
record SentPacket(long id, int size, String checksum, Outcome outcome, long bytesOut, long bytesTotal,
		@JsonIgnore @Nullable CompletableFuture<Void> completion, boolean received, @Nullable String detail) {

	/** What {@code packet: 4} puts in front of each packet. */
	private static final int HEADER = 4;

	static SentPacket sending(long id, int size, String checksum) {
		return new SentPacket(id, size, checksum, Outcome.SENDING, 0, (long) HEADER + size, null, false, null);
	}

	SentPacket sent() {
		return ended(Outcome.SENT, this.bytesTotal, null, null);
	}

	SentPacket timedOut(SendTimeoutException timeout) {
		return ended(Outcome.TIMED_OUT, timeout.bytesOut(), timeout.isRecovering() ? timeout.recovery() : null,
				timeout.getMessage());
	}

	SentPacket failed(GenTcpException failure) {
		return ended(Outcome.FAILED, failure.bytesOut(), null, failure.getMessage());
	}

	private SentPacket ended(Outcome outcome, long bytesOut, @Nullable CompletableFuture<Void> completion,
			@Nullable String detail) {
		return new SentPacket(this.id, this.size, this.checksum, outcome, bytesOut, this.bytesTotal, completion,
				this.received, detail);
	}

	SentPacket arrived() {
		return new SentPacket(this.id, this.size, this.checksum, this.outcome, this.bytesOut, this.bytesTotal,
				this.completion, true, this.detail);
	}

	/** The bytes that were not out. */
	@JsonProperty
	long rest() {
		return this.bytesTotal - this.bytesOut;
	}

	/** What has become of the rest by now. */
	@JsonProperty
	Recovery recovery() {
		if (this.completion == null) {
			return Recovery.NONE;
		}
		return switch (this.completion.state()) {
			case RUNNING -> Recovery.RUNNING;
			case SUCCESS -> Recovery.COMPLETED;
			case FAILED, CANCELLED -> Recovery.FAILED;
		};
	}

	/** Whether it may be the packet that the server has just received. */
	boolean mayBe(int size, String checksum) {
		boolean takenBack = this.outcome != Outcome.SENDING && this.bytesOut == 0;
		return !this.received && !takenBack && this.size == size && this.checksum.equals(checksum);
	}

	/** How a send ends. */
	enum Outcome {

		@JsonProperty("sending")
		SENDING,

		@JsonProperty("sent")
		SENT,

		@JsonProperty("timed out")
		TIMED_OUT,

		@JsonProperty("failed")
		FAILED

	}

	/** What becomes of a packet that was partly out at its send timeout. */
	enum Recovery {

		@JsonProperty("none")
		NONE,

		@JsonProperty("running")
		RUNNING,

		@JsonProperty("completed")
		COMPLETED,

		@JsonProperty("failed")
		FAILED

	}

}

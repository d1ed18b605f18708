package io.gentcp;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import static org.awaitility.Awaitility.await;

/** A call that is expected to wait, on a virtual thread of its own. */
public final class WaitingCall<T> {

	private final CompletableFuture<T> result = new CompletableFuture<>();

	private final Thread thread;

	private volatile boolean interrupted;

	private WaitingCall(Callable<T> call) {
		this.thread = Thread.ofVirtual().unstarted(() -> run(call));
	}

	/** Starts the call. */
	public static <T> WaitingCall<T> of(Callable<T> call) {
		WaitingCall<T> waiting = new WaitingCall<>(call);
		waiting.thread.start();
		return waiting;
	}

	/** Starts the call on a thread whose interrupt flag is set. */
	static <T> WaitingCall<T> ofInterrupted(Callable<T> call) {
		return of(() -> {
			Thread.currentThread().interrupt();
			return call.call();
		});
	}

	private void run(Callable<T> call) {
		try {
			T value = call.call();
			this.interrupted = Thread.interrupted();
			this.result.complete(value);
		}
		catch (Throwable ex) {
			this.interrupted = Thread.interrupted();
			this.result.completeExceptionally(ex);
		}
	}

	/** Returns when the call waits. */
	@CanIgnoreReturnValue
	public WaitingCall<T> parked() {
		await().atMost(Connected.PATIENCE)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> isParked() || this.result.isDone());
		if (this.result.isDone()) {
			throw new AssertionError("it does not wait: " + this.result);
		}
		return this;
	}

	private boolean isParked() {
		Thread.State state = this.thread.getState();
		return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
	}

	void interrupt() {
		this.thread.interrupt();
	}

	/** Returns the result, which is to come soon. */
	@CanIgnoreReturnValue
	public T result() {
		return this.result.orTimeout(Connected.PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
	}

	/** Returns the future of the result. */
	CompletableFuture<T> future() {
		return this.result;
	}

	/** Returns whether the interrupt flag was set when the call returned. */
	boolean leftTheInterruptFlagSet() {
		return this.interrupted;
	}

}

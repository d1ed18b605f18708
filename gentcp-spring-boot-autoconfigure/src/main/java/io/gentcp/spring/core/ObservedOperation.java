package io.gentcp.spring.core;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * One operation that an {@link OperationObserver} is told of, from its beginning to its
 * end. Any thread may call it; must not wait.
 */
public interface ObservedOperation {

	/** An operation that nobody is told of. */
	ObservedOperation NONE = new ObservedOperation() {

		@Override
		public void on(GenTcpConnection connection) {
		}

		@Override
		public Scope open() {
			return Scope.NONE;
		}

		@Override
		public void failed(Throwable failure) {
		}

		@Override
		public void end() {
		}

	};

	/** It is done on this connection. */
	void on(GenTcpConnection connection);

	/**
	 * Makes it the current operation of the calling thread: what begins there is part of
	 * it.
	 * @return what ends that, on the same thread
	 */
	Scope open();

	/** It is about to end with this. */
	void failed(Throwable failure);

	/** It has ended. Ending it again does nothing. */
	void end();

	/** Does what the operation is, and ends it. */
	default void run(Runnable work) {
		var unused = this.<@Nullable Object>call(() -> {
			work.run();
			return null;
		});
	}

	/** Does what the operation is, ends it, and returns what came of it. */
	default <T extends @Nullable Object> T call(Supplier<T> work) {
		try {
			return work.get();
		}
		catch (Throwable ex) {
			failed(ex);
			throw ex;
		}
		finally {
			end();
		}
	}

	/** A stretch of a thread in which an operation is current. */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		/** Nothing was made current. */
		Scope NONE = () -> {
		};

		@Override
		void close();

	}

}

package io.gentcp.spring.core;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Stands between clients and servers and their {@link OperationObserver}: what that
 * throws is logged, and changes nothing of what it is told of. An operation whose
 * beginning failed is told to nobody. Has no state.
 */
final class GuardedObserver implements OperationObserver {

	private static final Log logger = LogFactory.getLog(GenTcpConnections.class);

	private final OperationObserver observer;

	GuardedObserver(OperationObserver observer) {
		this.observer = observer;
	}

	@Override
	@SuppressWarnings("ReferenceEquality") // nobody is told of this one, and of none else
	public ObservedOperation begin(Operation operation, ConnectionSettings endpoint, long packetSize) {
		try {
			ObservedOperation begun = this.observer.begin(operation, endpoint, packetSize);
			return (begun == ObservedOperation.NONE) ? begun : new Guarded(begun, endpoint);
		}
		catch (Throwable ex) {
			failed(ex, endpoint);
			return ObservedOperation.NONE;
		}
	}

	private static void guard(Runnable call, ConnectionSettings endpoint) {
		try {
			call.run();
		}
		catch (Throwable ex) {
			failed(ex, endpoint);
		}
	}

	private static void failed(Throwable failure, ConnectionSettings endpoint) {
		logger.warn("%s: an observer failed".formatted(endpoint.description()), failure);
	}

	private record Guarded(ObservedOperation operation, ConnectionSettings endpoint) implements ObservedOperation {

		@Override
		public void on(GenTcpConnection connection) {
			guard(() -> this.operation.on(connection), this.endpoint);
		}

		@Override
		public Scope open() {
			try {
				Scope scope = this.operation.open();
				return () -> guard(scope::close, this.endpoint);
			}
			catch (Throwable ex) {
				GuardedObserver.failed(ex, this.endpoint);
				return Scope.NONE;
			}
		}

		@Override
		public void failed(Throwable failure) {
			guard(() -> this.operation.failed(failure), this.endpoint);
		}

		@Override
		public void end() {
			guard(this.operation::end, this.endpoint);
		}

	}

}

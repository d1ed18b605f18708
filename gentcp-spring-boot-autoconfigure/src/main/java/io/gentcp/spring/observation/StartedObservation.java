package io.gentcp.spring.observation;

import java.util.concurrent.atomic.AtomicBoolean;

import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.ObservedOperation;
import io.micrometer.observation.Observation;

/**
 * An operation that is observed: an observation which is stopped once. Its state is
 * whether that has been done.
 */
final class StartedObservation implements ObservedOperation {

	private final Observation observation;

	private final GenTcpOperation operation;

	private final AtomicBoolean ended = new AtomicBoolean();

	StartedObservation(Observation observation, GenTcpOperation operation) {
		this.observation = observation;
		this.operation = operation;
	}

	@Override
	public void on(GenTcpConnection connection) {
		this.operation.on(connection);
	}

	@Override
	public Scope open() {
		Observation.Scope scope = this.observation.openScope();
		return scope::close;
	}

	@Override
	public void failed(Throwable failure) {
		if (!this.ended.get()) {
			this.observation.error(failure);
		}
	}

	@Override
	public void end() {
		if (this.ended.compareAndSet(false, true)) {
			this.observation.stop();
		}
	}

}

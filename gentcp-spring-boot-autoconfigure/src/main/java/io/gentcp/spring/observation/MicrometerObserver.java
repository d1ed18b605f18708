package io.gentcp.spring.observation;

import io.gentcp.spring.core.ConnectionSettings;
import io.gentcp.spring.core.ObservedOperation;
import io.gentcp.spring.core.Operation;
import io.gentcp.spring.core.OperationObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Makes an observation of each operation: a part of the calling thread's current one, if
 * it has one. Immutable.
 */
public final class MicrometerObserver implements OperationObserver {

	private final ObservationRegistry registry;

	private final GenTcpConventions conventions;

	private final boolean packets;

	/**
	 * Makes the observer.
	 * @param registry where the observations are made
	 * @param conventions how they are called, and what their keys are
	 * @param packets whether packets are observed, each of them, and not only the opening
	 * of connections
	 */
	public MicrometerObserver(ObservationRegistry registry, GenTcpConventions conventions, boolean packets) {
		this.registry = registry;
		this.conventions = conventions;
		this.packets = packets;
	}

	@Override
	public ObservedOperation begin(Operation operation, ConnectionSettings endpoint, long packetSize) {
		if ((!this.packets && operation != Operation.CONNECT) || this.registry.isNoop()) {
			return ObservedOperation.NONE;
		}
		GenTcpOperation observed = new GenTcpOperation(operation, endpoint, packetSize);
		Observation observation = observation(observed);
		return observation.isNoop() ? ObservedOperation.NONE : new StartedObservation(observation.start(), observed);
	}

	private Observation observation(GenTcpOperation operation) {
		return switch (operation.kind()) {
			case CONNECT -> GenTcpObservation.CONNECT.observation(this.conventions.connect(),
					GenTcpConnectConvention.DEFAULT, () -> new GenTcpConnectContext(operation), this.registry);
			case SEND -> GenTcpObservation.SEND.observation(this.conventions.send(), GenTcpSendConvention.DEFAULT,
					() -> new GenTcpSendContext(operation), this.registry);
			case REQUEST -> GenTcpObservation.REQUEST.observation(this.conventions.request(),
					GenTcpRequestConvention.DEFAULT, () -> new GenTcpRequestContext(operation), this.registry);
			case RECEIVE -> GenTcpObservation.RECEIVE.observation(this.conventions.receive(),
					GenTcpReceiveConvention.DEFAULT, () -> new GenTcpReceiveContext(operation), this.registry);
		};
	}

}

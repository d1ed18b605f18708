package io.gentcp.spring.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;

/** What is known of the handling of a packet while it is observed. */
public final class GenTcpReceiveContext extends ReceiverContext<GenTcpOperation> implements GenTcpContext {

	private final GenTcpOperation operation;

	GenTcpReceiveContext(GenTcpOperation operation) {
		// A packet is the application's, and nothing of ours is put into it.
		super((carrier, key) -> null, Kind.CONSUMER);
		this.operation = operation;
		setCarrier(operation);
	}

	@Override
	public GenTcpOperation operation() {
		return this.operation;
	}

}

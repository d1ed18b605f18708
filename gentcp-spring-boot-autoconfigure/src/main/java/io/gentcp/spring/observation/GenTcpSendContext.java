package io.gentcp.spring.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;

/** What is known of the sending of a packet while it is observed. */
public final class GenTcpSendContext extends SenderContext<GenTcpOperation> implements GenTcpContext {

	private final GenTcpOperation operation;

	GenTcpSendContext(GenTcpOperation operation) {
		// A packet is the application's, and nothing of ours is put into it.
		super((carrier, key, value) -> {
		}, Kind.PRODUCER);
		this.operation = operation;
		setCarrier(operation);
	}

	@Override
	public GenTcpOperation operation() {
		return this.operation;
	}

}

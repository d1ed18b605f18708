package io.gentcp.spring.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;

/** What is known of a request and its reply while it is observed. */
public final class GenTcpRequestContext extends SenderContext<GenTcpOperation> implements GenTcpContext {

	private final GenTcpOperation operation;

	GenTcpRequestContext(GenTcpOperation operation) {
		// A packet is the application's, and nothing of ours is put into it.
		super((carrier, key, value) -> {
		}, Kind.CLIENT);
		this.operation = operation;
		setCarrier(operation);
	}

	@Override
	public GenTcpOperation operation() {
		return this.operation;
	}

}

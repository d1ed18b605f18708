package io.gentcp;

import io.gentcp.transport.Backend;

/** The backends on which the suites run, each on every wire. */
enum TestBackend {

	INET(Backend.INET, TestWire.PLAIN),

	SOCKET(Backend.SOCKET, TestWire.PLAIN),

	INET_HOLDING(Backend.INET, TestWire.HOLDING),

	SOCKET_HOLDING(Backend.SOCKET, TestWire.HOLDING),

	INET_TLS(Backend.INET, TestWire.TLS),

	SOCKET_TLS(Backend.SOCKET, TestWire.TLS);

	private final Backend backend;

	private final TestWire wire;

	TestBackend(Backend backend, TestWire wire) {
		this.backend = backend;
		this.wire = wire;
	}

	TestWire wire() {
		return this.wire;
	}

	GenTcp open() {
		return this.wire.open();
	}

	/** Whether what the kernel does not take is queued. */
	boolean queues() {
		return this.backend == Backend.INET;
	}

	SocketOptions of(SocketOptions options) {
		return this.wire.of(options.backend(this.backend));
	}

}

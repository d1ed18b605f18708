package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A wire over plain TCP that does one thing in another way, which its class says. */
interface OverPlainWire extends Wire {

	/** Returns what does everything else. */
	Wire plain();

	@Override
	default int read(ByteBuffer target) throws IOException {
		return plain().read(target);
	}

	@Override
	default int write(ByteBuffer source) throws IOException {
		return plain().write(source);
	}

	@Override
	default boolean flush() throws IOException {
		return plain().flush();
	}

	@Override
	default void shutdownOutput() throws IOException {
		plain().shutdownOutput();
	}

	@Override
	default void shutdownInput() throws IOException {
		plain().shutdownInput();
	}

	@Override
	default void close() throws IOException {
		plain().close();
	}

}

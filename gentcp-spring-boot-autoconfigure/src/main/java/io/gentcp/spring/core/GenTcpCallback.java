package io.gentcp.spring.core;

import io.gentcp.TcpSocket;
import org.jspecify.annotations.Nullable;

/**
 * What {@link GenTcpOperations#execute} does with the socket.
 *
 * @param <T> what it returns
 */
@FunctionalInterface
public interface GenTcpCallback<T extends @Nullable Object> {

	/** Uses the socket, and leaves it open. Runs on the thread that executes it. */
	T doWithSocket(TcpSocket socket);

}

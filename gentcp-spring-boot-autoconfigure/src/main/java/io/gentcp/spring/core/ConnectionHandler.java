package io.gentcp.spring.core;

/**
 * What a server does with a whole connection, in place of handling its packets: for
 * protocols whose packets only the application can tell apart.
 */
@FunctionalInterface
public interface ConnectionHandler {

	/**
	 * Serves one connection, from when it is accepted: receives from its
	 * {@link GenTcpConnection#socket() socket} and sends. Runs on the virtual thread of
	 * the connection, so it may block. When it returns the connection is closed. When the
	 * server stops, the stream of the peer ends, and it has until the stop timeout to
	 * return; then the connection is closed and the thread interrupted.
	 * @throws Exception is logged, and the connection is closed
	 */
	void onConnection(GenTcpConnection connection) throws Exception;

}

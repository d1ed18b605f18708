package io.gentcp.benchmarks.tls;

/**
 * A library that is measured: it is server and client at once, in this process, with TLS
 * 1.3, the same certificate and the same cipher as the others.
 */
interface Contender extends AutoCloseable {

	/** Whom a client connects to, and whom the certificate is for. */
	String HOST = "localhost";

	String PROTOCOL = "TLSv1.3";

	String CIPHER = "TLS_AES_256_GCM_SHA384";

	/** As Erlang's packet 4: each packet has its length in front. */
	int HEADER = 4;

	/**
	 * Connects with a full handshake, and closes.
	 * @throws IllegalStateException if there is no connection, or another cipher
	 */
	void connectOnce() throws Exception;

	/**
	 * Sends packets on one connection, each of them flushed, and returns when the server
	 * has received the last.
	 * @throws IllegalStateException if they do not arrive
	 */
	void send(int packetSize, int packets) throws Exception;

	@Override
	void close();

}

package io.gentcp.spring.sidebyside;

/** A flow that sends requests and waits for their replies. */
interface Requester extends AutoCloseable {

	/** Sends a request and waits for its reply, on this thread. */
	byte[] exchange(byte[] request);

	@Override
	void close();

}

package io.gentcp.benchmarks.peer;

import java.util.concurrent.ThreadFactory;

/**
 * The client's side of a system, in the form in which its users write one: threads that
 * send and receive ({@link CallingClient}), code that is called for each packet that
 * comes ({@link EventClient}), or threads that send a request and get its reply
 * ({@link RequestClient}).
 */
public sealed interface Client permits CallingClient, EventClient, RequestClient {

	/** The threads that call it; virtual ones by default. */
	default ThreadFactory threads() {
		return Thread.ofVirtual().factory();
	}

}

package io.gentcp.spring.core;

/**
 * Whoever is told of each {@link Operation} of a client or server as it begins: traces
 * and timers are made of that. Called by any thread, the one that asked for the
 * operation; must not wait. What it throws is logged, and changes nothing.
 */
@FunctionalInterface
public interface OperationObserver {

	/** Nobody who has to be told. */
	OperationObserver NONE = (operation, endpoint, packetSize) -> ObservedOperation.NONE;

	/**
	 * An operation begins on the calling thread.
	 * @param operation what is done
	 * @param endpoint the client or server that does it
	 * @param packetSize the bytes of the packet, without what the packet type adds; 0 if
	 * there is no packet
	 * @return what is told how it goes on; {@link ObservedOperation#NONE} if nobody is to
	 * be told
	 */
	ObservedOperation begin(Operation operation, ConnectionSettings endpoint, long packetSize);

}

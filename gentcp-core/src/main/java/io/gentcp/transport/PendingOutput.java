package io.gentcp.transport;

/**
 * What a connection has not brought out yet, though no sender waits for it.
 *
 * @param queued bytes in the queue of the inet backend; 0 on the socket backend
 * @param tornOut bytes that are out of a packet whose rest nobody sends now; only on the
 * socket backend
 * @param tornRest bytes of that rest; 0 if there is none
 */
public record PendingOutput(long queued, long tornOut, long tornRest) {
}

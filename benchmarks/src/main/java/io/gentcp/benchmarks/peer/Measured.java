package io.gentcp.benchmarks.peer;

/**
 * What a client has done in a round.
 *
 * @param packets how many came back, or arrived at the receiver
 * @param nanos the time that took
 */
record Measured(long packets, long nanos) {
}

package io.gentcp.benchmarks.comparison;

/**
 * What a connection that does nothing costs a server.
 *
 * @param system the name of the system
 * @param connections how many were open
 * @param heap bytes of heap in use for each, after a collection; -1 if there is no heap
 * @param resident bytes of memory for each, as the system counts them
 * @param note why it was not measured; empty if it was
 */
record IdleCost(String system, int connections, double heap, double resident, String note) {
}

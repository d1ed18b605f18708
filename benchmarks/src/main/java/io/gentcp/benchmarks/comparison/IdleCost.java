package io.gentcp.benchmarks.comparison;

/**
 * What a connection that does nothing costs a server.
 *
 * @param system the name of the system
 * @param connections how many were open
 * @param heap bytes of heap in use for each, after a collection; -1 if there is no heap
 * @param resident bytes of memory for each, as the system counts them
 * @param use what the heap holds for each, if there is a heap
 * @param note why it was not measured; empty if it was
 */
record IdleCost(String system, int connections, double heap, double resident, HeapUse use, String note) {

	static IdleCost failed(String system, int connections, String note) {
		return new IdleCost(system, connections, -1, -1, HeapUse.NONE, note);
	}

}

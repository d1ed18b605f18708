package io.gentcp.benchmarks.comparison;

/**
 * Where the processor time of a system went in one workload.
 *
 * @param system the name of the system
 * @param workload the name of the workload
 * @param perSecond packets a second while it was profiled, which slows it down
 * @param server of the server's process
 * @param client of the client's process
 * @param note why it could not be profiled; empty if it was
 */
record Profile(String system, String workload, double perSecond, ProcessorTime server, ProcessorTime client,
		String note) {

	static Profile failed(String system, String workload, String note) {
		return new Profile(system, workload, 0, ProcessorTime.NONE, ProcessorTime.NONE, note);
	}

}

package io.gentcp.benchmarks.tls;

/**
 * How much is measured.
 *
 * @param rounds how many times each contender has its turn, after one that does not count
 * @param handshakes how many connections in each turn
 * @param small how many packets of 64 bytes in each turn
 * @param large how many packets of 16 KB in each turn
 */
record Amounts(int rounds, int handshakes, int small, int large) {

	/** Two minutes or so, on two cores. */
	static final Amounts DEFAULTS = new Amounts(7, 1_000, 200_000, 20_000);

}

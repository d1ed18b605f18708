package io.gentcp.benchmarks.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Handshakes in a second, and packets in a second on one connection, of gentcp and of
 * Netty. They take turns in one run, so that whatever else the machine does meets both.
 */
final class TlsBenchmark {

	/** So many clients connect at the same time. */
	private static final int CLIENTS = 4;

	private static final int SMALL = 64;

	private static final int LARGE = 16 * 1024;

	private final Contender gentcp;

	private final Contender netty;

	private TlsBenchmark(Contender gentcp, Contender netty) {
		this.gentcp = gentcp;
		this.netty = netty;
	}

	/** Runs for about two minutes and prints a table. */
	public static void main(String[] args) throws Exception {
		System.out.println(Figures.header());
		run(Amounts.DEFAULTS).forEach(System.out::println);
	}

	/** Measures; nothing else should run on the machine. */
	static List<Figures> run(Amounts amounts) throws Exception {
		Certificates certificates = Certificates.create();
		try (Contender gentcp = new GentcpContender(certificates); Contender netty = new NettyContender(certificates)) {
			TlsBenchmark benchmark = new TlsBenchmark(gentcp, netty);
			return List.of(
					benchmark.measure("full handshakes", amounts.rounds(), amounts.handshakes(),
							(contender) -> connect(contender, amounts.handshakes())),
					benchmark.measure("packets of 64 bytes", amounts.rounds(), amounts.small(),
							(contender) -> contender.send(SMALL, amounts.small())),
					benchmark.measure("packets of 16 KB", amounts.rounds(), amounts.large(),
							(contender) -> contender.send(LARGE, amounts.large())));
		}
	}

	private Figures measure(String what, int rounds, int amount, Work work) throws Exception {
		Figures figures = new Figures(what);
		perSecond(this.gentcp, amount, work);
		perSecond(this.netty, amount, work);
		for (int round = 0; round < rounds; round++) {
			// Who goes first has no advantage over all rounds.
			boolean first = round % 2 == 0;
			double one = perSecond(first ? this.gentcp : this.netty, amount, work);
			double other = perSecond(first ? this.netty : this.gentcp, amount, work);
			figures.add(first ? one : other, first ? other : one);
		}
		return figures;
	}

	private static double perSecond(Contender contender, int amount, Work work) throws Exception {
		long start = System.nanoTime();
		work.of(contender);
		return amount / ((System.nanoTime() - start) / 1e9);
	}

	private static void connect(Contender contender, int connections) throws Exception {
		List<Future<?>> clients = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
			for (int client = 0; client < CLIENTS; client++) {
				int share = (connections + client) / CLIENTS;
				clients.add(threads.submit(() -> {
					for (int i = 0; i < share; i++) {
						contender.connectOnce();
					}
					return null;
				}));
			}
		}
		for (Future<?> client : clients) {
			client.get();
		}
	}

	/** What is measured, done once. */
	private interface Work {

		void of(Contender contender) throws Exception;

	}

}

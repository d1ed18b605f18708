package io.gentcp.spring.load;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;

import io.gentcp.ConnectResult;
import io.gentcp.GenTcp;
import io.gentcp.SocketOptions;
import io.gentcp.packet.PacketType;

/**
 * The second process: what {@link ClientProcess} starts. It does what the lines of its
 * standard input say, answers each with a line, and ends with its input, so it does not
 * outlive whoever started it.
 */
final class LoadClient {

	static final Duration PATIENCE = Duration.ofSeconds(60);

	/** How many connect at the same time; less than the server's backlog. */
	private static final int CONNECTING = 64;

	private final GenTcp genTcp;

	private final int port;

	private final TalkingConnection[] connections;

	private final int talking;

	private final List<Thread> talkers = new ArrayList<>();

	private final LongAdder packets = new LongAdder();

	private final LongAdder requestBytes = new LongAdder();

	private final LongAdder replyBytes = new LongAdder();

	private final AtomicReference<Throwable> failure = new AtomicReference<>();

	private volatile boolean quiet;

	private LoadClient(GenTcp genTcp, int port, int connections, int talking) {
		this.genTcp = genTcp;
		this.port = port;
		this.connections = new TalkingConnection[connections];
		this.talking = talking;
	}

	/** Takes the server's port, the number of connections and how many of them talk. */
	public static void main(String[] args) throws Exception {
		try (GenTcp genTcp = GenTcp.open();
				BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			LoadClient client = new LoadClient(genTcp, Integer.parseInt(args[0]), Integer.parseInt(args[1]),
					Integer.parseInt(args[2]));
			String line = lines.readLine();
			while (line != null) {
				System.out.println(client.answer(Order.valueOf(line)));
				line = lines.readLine();
			}
		}
	}

	private String answer(Order order) throws InterruptedException {
		switch (order) {
			case CONNECT -> inParallel(CONNECTING, this::connectEvery);
			case TALK -> startToTalk();
			case BE_QUIET -> stopToTalk();
			case LET_THE_IDLE_SPEAK -> inParallel(this.connections.length - this.talking,
					(idle) -> exchange(this.connections[this.talking + idle]));
		}
		Throwable failure = this.failure.get();
		if (failure != null) {
			return ClientProcess.FAILED + failure;
		}
		return ClientProcess.DONE + new Tally(this.packets.sum(), this.requestBytes.sum(), this.replyBytes.sum());
	}

	private void connectEvery(int first) {
		SocketOptions options = SocketOptions.defaults().packet(PacketType.FOUR).nodelay(true).sendTimeout(PATIENCE);
		for (int i = first; i < this.connections.length; i += CONNECTING) {
			this.connections[i] = switch (this.genTcp.connect("127.0.0.1", this.port, options, PATIENCE)) {
				case ConnectResult.Connected connected -> new TalkingConnection(i, connected.socket());
				case ConnectResult.HandshakeFailed failed ->
					throw new IllegalStateException("%d: %s".formatted(i, failed));
				case ConnectResult.TimedOut timedOut ->
					throw new IllegalStateException("%d: %s".formatted(i, timedOut));
				case ConnectResult.Failed failed -> throw new IllegalStateException("%d: %s".formatted(i, failed));
			};
		}
	}

	private void startToTalk() {
		this.talkers.addAll(start(this.talking, (talker) -> {
			while (!this.quiet) {
				exchange(this.connections[talker]);
			}
		}));
	}

	private void stopToTalk() throws InterruptedException {
		this.quiet = true;
		join(this.talkers);
	}

	private void exchange(TalkingConnection connection) {
		Tally exchanged = connection.exchange();
		this.packets.add(exchanged.packets());
		this.requestBytes.add(exchanged.requestBytes());
		this.replyBytes.add(exchanged.replyBytes());
	}

	private void inParallel(int count, IntConsumer action) throws InterruptedException {
		join(start(count, action));
	}

	/** Starts the action with 0, 1, ...; keeps the first failure. */
	private List<Thread> start(int count, IntConsumer action) {
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int number = i;
			threads.add(Thread.ofVirtual().start(() -> {
				try {
					action.accept(number);
				}
				catch (Throwable ex) {
					this.failure.compareAndSet(null, ex);
				}
			}));
		}
		return threads;
	}

	private static void join(List<Thread> threads) throws InterruptedException {
		for (Thread thread : threads) {
			thread.join();
		}
	}

	/** A line of the standard input. */
	enum Order {

		CONNECT, TALK, BE_QUIET, LET_THE_IDLE_SPEAK

	}

}

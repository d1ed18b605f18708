package io.gentcp.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Resolves host names on a few platform threads of its own: the system's resolver blocks,
 * and would hold the carrier of a virtual thread.
 */
final class Resolver implements AutoCloseable {

	private static final int THREADS = 8;

	private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

	private final ThreadPoolExecutor executor;

	private final Set<FutureTask<?>> pending = ConcurrentHashMap.newKeySet();

	Resolver(String name) {
		ThreadFactory threads = Thread.ofPlatform().daemon().name(name + "-resolver-", 1).factory();
		this.executor = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				threads);
		this.executor.allowCoreThreadTimeOut(true);
	}

	/**
	 * Returns all addresses of a host, in the order in which to try them.
	 * @throws TimeoutException if the deadline passed
	 * @throws InterruptedException if the thread was interrupted
	 * @throws RejectedExecutionException if this is closed
	 * @throws CancellationException if this was closed meanwhile
	 */
	InetAddress[] resolve(String host, Deadline deadline)
			throws UnknownHostException, TimeoutException, InterruptedException {
		if (LITERAL.matcher(host).matches()) {
			return InetAddress.getAllByName(host);
		}
		FutureTask<InetAddress[]> addresses = new FutureTask<>(() -> InetAddress.getAllByName(host));
		this.pending.add(addresses);
		try {
			this.executor.execute(addresses);
			return addresses.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof UnknownHostException unknown) {
				throw unknown;
			}
			throw new IllegalStateException("resolving '%s' failed".formatted(host), ex.getCause());
		}
		finally {
			addresses.cancel(false);
			this.pending.remove(addresses);
		}
	}

	/** Ends the threads, those apart whose look-up hangs; nobody waits for them. */
	@Override
	public void close() {
		this.executor.shutdownNow();
		this.pending.forEach((addresses) -> addresses.cancel(false));
	}

}

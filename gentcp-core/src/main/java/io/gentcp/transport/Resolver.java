package io.gentcp.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
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
	 */
	InetAddress[] resolve(String host, Deadline deadline)
			throws UnknownHostException, TimeoutException, InterruptedException {
		if (LITERAL.matcher(host).matches()) {
			return InetAddress.getAllByName(host);
		}
		Callable<InetAddress[]> lookup = () -> InetAddress.getAllByName(host);
		Future<InetAddress[]> addresses = this.executor.submit(lookup);
		try {
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
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}

package io.gentcp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The system's resolver, and some hosts below {@code .test}, so that no test depends on
 * the names of the machine it runs on.
 */
public final class TestHosts extends InetAddressResolverProvider {

	/** Has the addresses 127.0.0.2 and 127.0.0.1, in this order. */
	static final String TWO_ADDRESSES = "two-addresses.test";

	/** Does not exist. */
	static final String UNKNOWN = "unknown.test";

	/** Hosts whose look-up hangs, as with a name server that does not answer. */
	private static final String STUCK = "stuck.test";

	private static volatile CountDownLatch stuck = new CountDownLatch(0);

	/** Returns a host whose look-up hangs until the latch lets it go, and then fails. */
	static String stuckUntil(CountDownLatch released) {
		stuck = released;
		// Look-ups are remembered, so each is of a host of its own.
		return System.nanoTime() + "." + STUCK;
	}

	@Override
	public InetAddressResolver get(Configuration configuration) {
		InetAddressResolver system = configuration.builtinResolver();
		return new InetAddressResolver() {

			@Override
			public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
				return host.endsWith(".test") ? lookup(host) : system.lookupByName(host, policy);
			}

			@Override
			public String lookupByAddress(byte[] address) throws UnknownHostException {
				return system.lookupByAddress(address);
			}

		};
	}

	private static Stream<InetAddress> lookup(String host) throws UnknownHostException {
		if (host.equals(TWO_ADDRESSES)) {
			return Stream.of(loopback(2), loopback(1));
		}
		if (host.endsWith(STUCK)) {
			awaitUninterruptibly(stuck);
		}
		throw new UnknownHostException(host);
	}

	private static InetAddress loopback(int last) throws UnknownHostException {
		return InetAddress.getByAddress(new byte[] { 127, 0, 0, (byte) last });
	}

	/** The system's resolver does not know interrupts either. */
	private static void awaitUninterruptibly(CountDownLatch latch) {
		while (true) {
			try {
				latch.await();
				return;
			}
			catch (InterruptedException ex) {
				// Look-ups go on.
			}
		}
	}

	@Override
	public String name() {
		return "hosts of the tests";
	}

}

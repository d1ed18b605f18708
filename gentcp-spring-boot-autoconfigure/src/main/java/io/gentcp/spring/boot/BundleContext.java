package io.gentcp.spring.boot;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * The keys and the trust of an SSL bundle as they are now: each handshake asks for them.
 * When the bundle was reloaded those that follow have the new ones; if these are of no
 * use, which is logged, they go on with the old ones. Reading takes no lock; reloading
 * takes the only one.
 */
final class BundleContext implements Supplier<SSLContext> {

	private static final Log logger = LogFactory.getLog(BundleContext.class);

	private final BundleUse use;

	private final SslBundles bundles;

	private final ReentrantLock lock = new ReentrantLock();

	/** What the context was made of; belongs to the lock. */
	private SslBundle bundle;

	private volatile SSLContext context;

	private BundleContext(BundleUse use, SslBundles bundles) {
		this.use = use;
		this.bundles = bundles;
		this.bundle = bundles.getBundle(use.name());
		this.context = use.context(this.bundle);
	}

	/**
	 * Returns the context of a bundle, which is told of its changes from now on.
	 * @throws UnusableSslException if it is of no use
	 */
	static BundleContext of(BundleUse use, SslBundles bundles) {
		BundleContext context = new BundleContext(use, bundles);
		bundles.addBundleUpdateHandler(use.name(), (changed) -> context.reload());
		// It may have changed before it was known that somebody wants to be told.
		context.reload();
		return context;
	}

	@Override
	public SSLContext get() {
		return this.context;
	}

	/** Takes the bundle that there is now: the updates of two threads may overtake. */
	private void reload() {
		this.lock.lock();
		try {
			SslBundle now = this.bundles.getBundle(this.use.name());
			if (!now.equals(this.bundle)) {
				this.bundle = now;
				replace(now);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void replace(SslBundle changed) {
		try {
			this.context = this.use.context(changed);
			logger.info("GenTCP: SSL bundle '%s' of '%s.bundle' has changed; new connections go on with it"
				.formatted(this.use.name(), this.use.prefix()));
		}
		catch (UnusableSslException ex) {
			logger.error("GenTCP: SSL bundle '%s' has changed, but new connections go on with what it had: %s. %s"
				.formatted(this.use.name(), ex.problem(), ex.remedy()), ex);
		}
	}

}

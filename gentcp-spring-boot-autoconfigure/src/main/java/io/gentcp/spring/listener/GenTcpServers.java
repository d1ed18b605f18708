package io.gentcp.spring.listener;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import io.gentcp.GenTcp;
import org.jspecify.annotations.Nullable;

/**
 * The servers that are configured, by name, each with its listener container. Any thread
 * may call any method.
 */
public final class GenTcpServers {

	private final GenTcp genTcp;

	private final Executor virtualThreads;

	private final Map<String, GenTcpServerSettings> configured = new LinkedHashMap<>();

	private final Map<String, GenTcpListenerContainer> containers = new ConcurrentHashMap<>();

	/**
	 * Makes the registry; no server starts yet.
	 * @param genTcp what the servers listen with; it is not closed with them
	 * @param virtualThreads runs every task at once, on a virtual thread of its own
	 * @param configured the servers, each with a name of its own
	 * @throws IllegalArgumentException if two have one name
	 */
	public GenTcpServers(GenTcp genTcp, Executor virtualThreads, Collection<GenTcpServerSettings> configured) {
		this.genTcp = genTcp;
		this.virtualThreads = virtualThreads;
		for (GenTcpServerSettings settings : configured) {
			if (this.configured.put(settings.name(), settings) != null) {
				throw new IllegalArgumentException("Two servers are called " + settings.name());
			}
		}
	}

	/** Returns the names of the servers. */
	public Set<String> names() {
		return Collections.unmodifiableSet(this.configured.keySet());
	}

	/**
	 * Returns the container of a server; the same one for the same name.
	 * @throws IllegalArgumentException if there is no such server
	 */
	public GenTcpListenerContainer container(String name) {
		return this.containers.computeIfAbsent(name, this::newContainer);
	}

	private GenTcpListenerContainer newContainer(String name) {
		@Nullable GenTcpServerSettings settings = this.configured.get(name);
		if (settings == null) {
			throw new IllegalArgumentException(
					"There is no server %s; configured: %s".formatted(name, String.join(", ", names())));
		}
		return new GenTcpListenerContainer(this.genTcp, settings, this.virtualThreads);
	}

}

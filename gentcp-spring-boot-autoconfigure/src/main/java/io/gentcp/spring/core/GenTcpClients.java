package io.gentcp.spring.core;

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
 * The clients that are configured, by name, each with its template. Any thread may call
 * any method. Whoever asks for a template closes it; in a Spring application the template
 * beans are made here, and closed with their context.
 */
public final class GenTcpClients {

	private final GenTcp genTcp;

	private final Executor virtualThreads;

	private final Map<String, GenTcpClientSettings> configured = new LinkedHashMap<>();

	private final Map<String, GenTcpTemplate> templates = new ConcurrentHashMap<>();

	/**
	 * Makes the registry; no client connects yet.
	 * @param genTcp what opens the connections; it is not closed with the clients
	 * @param virtualThreads runs every task at once, on a virtual thread of its own
	 * @param configured the clients, each with a name of its own
	 * @throws IllegalArgumentException if two have one name
	 */
	public GenTcpClients(GenTcp genTcp, Executor virtualThreads, Collection<GenTcpClientSettings> configured) {
		this.genTcp = genTcp;
		this.virtualThreads = virtualThreads;
		for (GenTcpClientSettings settings : configured) {
			if (this.configured.put(settings.name(), settings) != null) {
				throw new IllegalArgumentException("Two clients are called " + settings.name());
			}
		}
	}

	/** Returns the names of the clients. */
	public Set<String> names() {
		return Collections.unmodifiableSet(this.configured.keySet());
	}

	/**
	 * Returns the template of a client; the same one for the same name.
	 * @throws IllegalArgumentException if there is no such client
	 */
	public GenTcpTemplate template(String name) {
		return this.templates.computeIfAbsent(name, this::newTemplate);
	}

	private GenTcpTemplate newTemplate(String name) {
		@Nullable GenTcpClientSettings settings = this.configured.get(name);
		if (settings == null) {
			throw new IllegalArgumentException(
					"There is no client %s; configured: %s".formatted(name, String.join(", ", names())));
		}
		return new GenTcpTemplate(this.genTcp, settings, this.virtualThreads);
	}

}

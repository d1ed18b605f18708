package io.gentcp.spring.core;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.util.ClassUtils;

/**
 * What every line says that is logged on the thread of a connection: the connection's id
 * and the name of its client or server, in SLF4J's MDC. Without SLF4J it does nothing.
 * Belongs to the thread that entered it.
 */
public final class LogContext implements AutoCloseable {

	/** The MDC key of the connection's id. */
	public static final String CONNECTION = "gentcp.connection";

	/** The MDC key of the name of the client or server. */
	public static final String NAME = "gentcp.name";

	private static final boolean AVAILABLE = ClassUtils.isPresent("org.slf4j.MDC", LogContext.class.getClassLoader());

	private final Map<String, String> before;

	private final Map<String, String> values;

	private LogContext(@Nullable Map<String, String> before, GenTcpConnection connection) {
		this.before = (before != null) ? before : Map.of();
		this.values = new HashMap<>(this.before);
		this.values.put(CONNECTION, connection.id());
		this.values.put(NAME, connection.name());
	}

	/** Makes the calling thread log for this connection, until it is closed. */
	public static LogContext enter(GenTcpConnection connection) {
		LogContext context = new LogContext(AVAILABLE ? MDC.getCopyOfContextMap() : null, connection);
		context.renew();
		return context;
	}

	/**
	 * Returns the context of a connection for threads that it does not have for itself,
	 * which {@link #renew} it for each packet.
	 */
	public static LogContext of(GenTcpConnection connection) {
		return new LogContext(null, connection);
	}

	/** Forgets what somebody else's code has put there since, or taken away. */
	public void renew() {
		if (AVAILABLE) {
			MDC.setContextMap(this.values);
		}
	}

	/** Makes the thread log as it did before. */
	@Override
	public void close() {
		if (AVAILABLE) {
			MDC.setContextMap(this.before);
		}
	}

}

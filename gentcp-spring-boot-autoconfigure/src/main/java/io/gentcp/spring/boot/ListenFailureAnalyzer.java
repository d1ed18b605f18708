package io.gentcp.spring.boot;

import io.gentcp.spring.listener.GenTcpListenException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why a server cannot listen, and what would let it. */
class ListenFailureAnalyzer extends AbstractFailureAnalyzer<GenTcpListenException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, GenTcpListenException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", action(cause), cause);
	}

	private static String action(GenTcpListenException cause) {
		String properties = "%s.%s".formatted(GenTcpProperties.SERVER, cause.server());
		int port = cause.address().getPort();
		return switch (cause.error()) {
			case EADDRINUSE ->
				"Stop what listens on port %d, or set '%s.port' to another one.".formatted(port, properties);
			case EACCES ->
				"Set '%s.port' to 1024 or more, or let this process use port %d.".formatted(properties, port);
			case EADDRNOTAVAIL -> "Set '%s.address' to an address of this host.".formatted(properties);
			default -> "Check '%s.port' and '%s.address'.".formatted(properties, properties);
		};
	}

}

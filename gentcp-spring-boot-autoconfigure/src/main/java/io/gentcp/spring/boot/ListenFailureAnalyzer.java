package io.gentcp.spring.boot;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

import io.gentcp.spring.listener.GenTcpListenException;
import io.gentcp.transport.PosixError;

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
		return (cause.address() instanceof UnixDomainSocketAddress local)
				? ofPath(cause.error(), local.getPath().toAbsolutePath(), properties)
				: ofPort(cause.error(), ((InetSocketAddress) cause.address()).getPort(), properties);
	}

	private static String ofPort(PosixError error, int port, String properties) {
		return switch (error) {
			case EADDRINUSE ->
				"Stop what listens on port %d, or set '%s.port' to another one.".formatted(port, properties);
			case EACCES ->
				"Set '%s.port' to 1024 or more, or let this process use port %d.".formatted(properties, port);
			case EADDRNOTAVAIL -> "Set '%s.address' to an address of this host.".formatted(properties);
			default -> "Check '%s.port' and '%s.address'.".formatted(properties, properties);
		};
	}

	private static String ofPath(PosixError error, Path path, String properties) {
		return switch (error) {
			case EADDRINUSE ->
				"Stop what listens on %s, or set '%s.local' to another path.".formatted(path, properties);
			case ENOTSOCK -> "There is a file that is no socket. Delete %s, or set '%s.local' to another path."
				.formatted(path, properties);
			case ENOENT, ENOTDIR ->
				"Create the folder %s, or set '%s.local' to another path.".formatted(path.getParent(), properties);
			case EACCES -> "Let this process write to the folder %s, or set '%s.local' to another path."
				.formatted(path.getParent(), properties);
			default -> "Check '%s.local'.".formatted(properties);
		};
	}

}

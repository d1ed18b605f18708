package io.gentcp.spring.boot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which port is not set. */
class MissingPortFailureAnalyzer extends AbstractFailureAnalyzer<MissingPortException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MissingPortException cause) {
		return new FailureAnalysis("Property '%s.port' is not set.".formatted(cause.prefix()),
				"Set '%1$s.port': %2$s; or '%1$s.local': the path of a local socket.".formatted(cause.prefix(),
						cause.meaning()),
				cause);
	}

}

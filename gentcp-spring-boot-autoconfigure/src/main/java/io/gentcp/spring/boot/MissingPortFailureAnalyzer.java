package io.gentcp.spring.boot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which port is not set. */
class MissingPortFailureAnalyzer extends AbstractFailureAnalyzer<MissingPortException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MissingPortException cause) {
		return new FailureAnalysis("Property '%s' is not set.".formatted(cause.property()),
				"Set '%s': %s.".formatted(cause.property(), cause.meaning()), cause);
	}

}

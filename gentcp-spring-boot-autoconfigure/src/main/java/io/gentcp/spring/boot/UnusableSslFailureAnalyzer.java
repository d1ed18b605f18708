package io.gentcp.spring.boot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why a client or server cannot speak TLS, and what would let it. */
class UnusableSslFailureAnalyzer extends AbstractFailureAnalyzer<UnusableSslException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnusableSslException cause) {
		return new FailureAnalysis(cause.problem() + ".", cause.remedy(), cause);
	}

}

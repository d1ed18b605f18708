package io.gentcp.spring.boot;

import io.gentcp.spring.annotation.InvalidGenTcpListenerException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which method cannot be a listener, and what is allowed. */
class InvalidListenerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidGenTcpListenerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidGenTcpListenerException cause) {
		return new FailureAnalysis(cause.problem() + ".", cause.remedy(), cause);
	}

}

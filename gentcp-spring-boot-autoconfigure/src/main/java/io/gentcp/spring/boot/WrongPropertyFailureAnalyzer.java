package io.gentcp.spring.boot;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says what a property below {@code gentcp} may be, where Spring Boot's own analyzer says
 * which conversion failed; so it comes before that one.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class WrongPropertyFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		if (!AllowedValues.covers(cause.getName())
				|| findCause(cause, UnboundConfigurationPropertiesException.class) != null) {
			return null;
		}
		ConfigurationProperty property = cause.getProperty();
		String subject = (property != null) ? describe(property) : "Property '%s'".formatted(cause.getName());
		return new FailureAnalysis(subject + " cannot be used.",
				"Allowed: %s.".formatted(AllowedValues.of(cause.getName(), cause.getTarget())), cause);
	}

	/** Shows name, value and, where it is known, file and line. */
	static String describe(ConfigurationProperty property) {
		String origin = (property.getOrigin() != null) ? " (%s)".formatted(property.getOrigin()) : "";
		return "Property '%s' with value '%s'%s".formatted(property.getName(), property.getValue(), origin);
	}

}

package io.gentcp.spring.boot;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says what a property below {@code gentcp} may be, where Spring Boot's own analyzer says
 * which conversion failed; so it comes before that one.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class WrongPropertyFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private final Environment environment;

	WrongPropertyFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		if (!AllowedValues.covers(cause.getName())
				|| findCause(cause, UnboundConfigurationPropertiesException.class) != null) {
			return null;
		}
		String subject = Optional.ofNullable(cause.getProperty())
			.or(() -> find(cause.getName()))
			.map(WrongPropertyFailureAnalyzer::describe)
			.orElseGet(() -> "Property '%s'".formatted(cause.getName()));
		String action = AllowedValues.missingName(cause.getName())
			.orElseGet(() -> "Allowed: %s.".formatted(AllowedValues.of(cause.getName(), cause.getTarget())));
		return new FailureAnalysis(subject + " cannot be used.", action, cause);
	}

	/**
	 * What should have others below it is not converted, so nobody has said its value.
	 */
	private Optional<ConfigurationProperty> find(ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return Optional.of(property);
			}
		}
		return Optional.empty();
	}

	/** Shows name, value and, where it is known, file and line. */
	static String describe(ConfigurationProperty property) {
		String origin = (property.getOrigin() != null) ? " (%s)".formatted(property.getOrigin()) : "";
		return "Property '%s' with value '%s'%s".formatted(property.getName(), property.getValue(), origin);
	}

}

package io.gentcp.spring.boot;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Names the keys that are known where one below {@code gentcp} is not, and says why it is
 * not if Erlang has such an option.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
		List<ConfigurationProperty> unknown = cause.getUnboundProperties()
			.stream()
			.filter((property) -> AllowedValues.covers(property.getName()))
			.toList();
		if (unknown.isEmpty()) {
			return null;
		}
		return new FailureAnalysis(lines(unknown.stream().map(UnknownPropertyFailureAnalyzer::unknown).toList()),
				lines(unknown.stream().map(UnknownPropertyFailureAnalyzer::allowed).distinct().toList()), cause);
	}

	private static String allowed(ConfigurationProperty property) {
		return "Allowed %s.".formatted(AllowedValues.beside(property.getName()));
	}

	private static String unknown(ConfigurationProperty property) {
		String subject = WrongPropertyFailureAnalyzer.describe(property);
		return ErlangOnly.reason(property.getName())
			.map((reason) -> "%s cannot be used. %s".formatted(subject, reason))
			.orElseGet(() -> "%s is unknown.".formatted(subject));
	}

	private static String lines(List<String> sentences) {
		return sentences.stream().collect(Collectors.joining(System.lineSeparator()));
	}

}

package io.gentcp.spring.boot;

import java.util.Set;

import io.gentcp.spring.annotation.GenTcpClient;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Names the configured clients where a {@link GenTcpClient} is not one of them; Spring
 * Boot's own analyzer, which it comes before, knows only of beans.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnknownClientFailureAnalyzer extends AbstractFailureAnalyzer<UnsatisfiedDependencyException> {

	private final Environment environment;

	UnknownClientFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnsatisfiedDependencyException cause) {
		UnsatisfiedDependencyException innermost = cause;
		while (innermost.getCause() instanceof UnsatisfiedDependencyException inner) {
			innermost = inner;
		}
		InjectionPoint injectionPoint = innermost.getInjectionPoint();
		if (injectionPoint == null || !(innermost.getCause() instanceof NoSuchBeanDefinitionException)) {
			return null;
		}
		GenTcpClient client = injectionPoint.getAnnotation(GenTcpClient.class);
		Set<String> clients = NamedBeans.clients(this.environment);
		if (client == null || clients.contains(client.value())) {
			return null;
		}
		return new FailureAnalysis(
				"@GenTcpClient(\"%s\") in %s, %s, is not configured.".formatted(client.value(),
						injectionPoint.getMember().getDeclaringClass().getName(), injectionPoint),
				clients.isEmpty() ? "No client is configured; set 'gentcp.client.%s.port'.".formatted(client.value())
						: "Configured: %s.".formatted(String.join(", ", clients)),
				cause);
	}

}

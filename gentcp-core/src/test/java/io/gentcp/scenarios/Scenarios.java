package io.gentcp.scenarios;

import io.gentcp.transport.Backend;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test its {@link Scenario}, and all classes together one {@link Tally}. */
final class Scenarios implements BeforeAllCallback, ParameterResolver {

	@Override
	public void beforeAll(ExtensionContext context) {
		for (NotApplicable one : context.getRequiredTestClass().getAnnotationsByType(NotApplicable.class)) {
			for (Backend backend : Backend.values()) {
				tally(context).notApplicable(one.id(), backend);
			}
		}
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Scenario.class;
	}

	@Override
	public Scenario resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return new Scenario(context.getRequiredTestMethod(), tally(context));
	}

	private static Tally tally(ExtensionContext context) {
		return context.getRoot()
			.getStore(ExtensionContext.Namespace.create(Scenarios.class))
			.computeIfAbsent(Tally.class, (type) -> new Tally(), Tally.class);
	}

}

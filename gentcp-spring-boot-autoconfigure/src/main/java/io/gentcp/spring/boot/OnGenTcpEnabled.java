package io.gentcp.spring.boot;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether {@code gentcp.enabled} is true, not set or an empty text. It is read as every
 * property below {@code gentcp} is: a value that is neither true nor false stops
 * start-up.
 */
class OnGenTcpEnabled extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		BindHandler handler = new EmptyTextIsUnset().apply(BindHandler.DEFAULT);
		boolean enabled = Binder.get(context.getEnvironment())
			.bind(GenTcpProperties.ENABLED, Bindable.of(Boolean.class), handler)
			.orElse(true);
		return new ConditionOutcome(enabled, ConditionMessage.forCondition("GenTCP")
			.because("%s is %s".formatted(GenTcpProperties.ENABLED, enabled)));
	}

}

package io.gentcp.spring.boot;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Has each client and server start from the values at the top of {@code gentcp}: they are
 * bound to a fresh object, on which the map binder then binds the entry itself.
 */
class InheritedDefaults implements ConfigurationPropertiesBindHandlerAdvisor {

	@Override
	public BindHandler apply(BindHandler bindHandler) {
		return new AbstractBindHandler(bindHandler) {

			@Override
			public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target,
					BindContext context) {
				Bindable<T> start = super.onStart(name, target, context);
				return (start != null && isEndpoint(target)) ? startingFromDefaults(start, context) : start;
			}

		};
	}

	private static boolean isEndpoint(Bindable<?> target) {
		Class<?> type = target.getType().resolve(Object.class);
		return type == GenTcpClientProperties.class || type == GenTcpServerProperties.class;
	}

	private static <T> Bindable<T> startingFromDefaults(Bindable<T> target, BindContext context) {
		BindHandler handler = new EmptyTextIsUnset().apply(BindHandler.DEFAULT);
		T defaults = context.getBinder().bindOrCreate(GenTcpProperties.PREFIX, Bindable.of(target.getType()), handler);
		return target.withSuppliedValue(() -> defaults);
	}

}

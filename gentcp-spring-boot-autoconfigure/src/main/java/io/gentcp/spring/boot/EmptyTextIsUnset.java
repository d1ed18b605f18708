package io.gentcp.spring.boot;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;

/**
 * Takes an empty text below {@code gentcp}, such as an environment variable without a
 * value, as if the property were not set; it is known all the same. Nothing but white
 * space is empty too, except where white space may be the value: as what ends a line.
 */
class EmptyTextIsUnset implements ConfigurationPropertiesBindHandlerAdvisor {

	@Override
	public BindHandler apply(BindHandler bindHandler) {
		return new AbstractBindHandler(bindHandler) {

			@Override
			public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target,
					BindContext context) {
				Bindable<T> start = super.onStart(name, target, context);
				if (start == null || !AllowedValues.covers(name) || !isEmptyText(name, target, context)) {
					return start;
				}
				super.onSuccess(name, target, context, "");
				return null;
			}

		};
	}

	private static boolean isEmptyText(ConfigurationPropertyName name, Bindable<?> target, BindContext context) {
		for (ConfigurationPropertySource source : context.getSources()) {
			if (source.getConfigurationProperty(name) != null) {
				// Once more with its placeholders resolved.
				return context.getBinder()
					.bind(name, Bindable.of(String.class))
					.map((text) -> isEmpty(text, target))
					.orElse(false);
			}
		}
		return false;
	}

	private static boolean isEmpty(String text, Bindable<?> target) {
		boolean mayBeBlank = target.getType().resolve(Object.class) == LineDelimiterSetting.class;
		return mayBeBlank ? text.isEmpty() : text.isBlank();
	}

}

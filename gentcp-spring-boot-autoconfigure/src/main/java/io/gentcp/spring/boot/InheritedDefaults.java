package io.gentcp.spring.boot;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Has each client and server start from the values at the top of {@code gentcp}: they are
 * bound to a fresh object, on which the map binder then binds the entry itself. Only what
 * clients and servers have in common is looked for there: {@code gentcp.port} is nothing
 * of ours, though the environment may have a {@code GENTCP_PORT}, which is Kubernetes'
 * for a service of that name.
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
		BindHandler handler = new EmptyTextIsUnset().apply(new SharedOnly());
		T defaults = context.getBinder().bindOrCreate(GenTcpProperties.PREFIX, Bindable.of(target.getType()), handler);
		return target.withSuppliedValue(() -> defaults);
	}

	/** Binds nothing but what clients and servers have in common. */
	private static final class SharedOnly extends AbstractBindHandler {

		private static final ConfigurationPropertyName TOP = ConfigurationPropertyName.of(GenTcpProperties.PREFIX);

		private static final Set<ConfigurationPropertyName> SHARED = Stream
			.of(BeanUtils.getPropertyDescriptors(GenTcpSocketProperties.class))
			.map((property) -> TOP.append(DataObjectPropertyName.toDashedForm(property.getName())))
			.collect(Collectors.toUnmodifiableSet());

		@Override
		public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target,
				BindContext context) {
			boolean isOther = TOP.isParentOf(name) && !SHARED.contains(name);
			return isOther ? null : super.onStart(name, target, context);
		}

	}

}

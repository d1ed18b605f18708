package io.gentcp.spring.boot;

import io.gentcp.packet.PacketType;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The packet types that a property may name: Erlang's, and the beans of the application.
 * Erlang's come first, so that no bean changes what {@code packet: 4} is.
 */
final class PacketTypes {

	private final ListableBeanFactory beans;

	PacketTypes(ListableBeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * The packet type that a property names.
	 * @param property the property, for whoever got its value wrong
	 * @throws InvalidConfigurationPropertyValueException if there is none of this name,
	 * with those there are
	 */
	PacketType get(String property, PacketSetting packet) {
		return packet.erlangs().orElseGet(() -> bean(property, packet.name()));
	}

	private PacketType bean(String property, String name) {
		if (this.beans.containsBean(name) && this.beans.isTypeMatch(name, PacketType.class)) {
			return this.beans.getBean(name, PacketType.class);
		}
		throw new InvalidConfigurationPropertyValueException(property, name, "allowed: " + allowed());
	}

	private String allowed() {
		String[] names = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beans, PacketType.class);
		return (names.length > 0) ? "%s: %s".formatted(PacketSetting.ALLOWED, String.join(", ", names))
				: "%s. There is no such bean; a @Bean method that returns an %s adds one"
					.formatted(PacketSetting.ALLOWED, PacketType.class.getName());
	}

}

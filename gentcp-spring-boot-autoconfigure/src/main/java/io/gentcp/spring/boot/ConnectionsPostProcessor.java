package io.gentcp.spring.boot;

import java.util.function.Consumer;

import io.gentcp.spring.core.GenTcpConnections;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Does something with the connections of every client and server that is a bean, before
 * it is used: those of the application's own making included.
 */
final class ConnectionsPostProcessor implements BeanPostProcessor {

	private final Consumer<GenTcpConnections> action;

	ConnectionsPostProcessor(Consumer<GenTcpConnections> action) {
		this.action = action;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean instanceof GenTcpTemplate client) {
			this.action.accept(client.connections());
		}
		else if (bean instanceof GenTcpListenerContainer server) {
			this.action.accept(server.connections());
		}
		return bean;
	}

}

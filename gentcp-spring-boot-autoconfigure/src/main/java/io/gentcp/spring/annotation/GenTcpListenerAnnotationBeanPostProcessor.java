package io.gentcp.spring.annotation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.gentcp.spring.listener.GenTcpListenerContainer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.StringValueResolver;

/**
 * Finds the {@link GenTcpListener} methods of beans and gives each to the container of
 * its server, before the containers start. A bean that is made later than that brings its
 * server up when it is made.
 * <p>
 * Beans may be made by several threads; what was found is guarded by one lock.
 */
public final class GenTcpListenerAnnotationBeanPostProcessor implements BeanPostProcessor, SmartInitializingSingleton,
		BeanFactoryAware, EmbeddedValueResolverAware, Ordered {

	private static final Log logger = LogFactory.getLog(GenTcpListenerAnnotationBeanPostProcessor.class);

	private final Set<Class<?>> withoutListeners = ConcurrentHashMap.newKeySet(64);

	private final ReentrantLock lock = new ReentrantLock();

	/** What was found before the containers were known. */
	private final List<Found> waiting = new ArrayList<>();

	/** The listener of each server, from when the containers are known. */
	private final Map<String, ListenerMethod> listeners = new LinkedHashMap<>();

	private boolean containersKnown;

	private @Nullable BeanFactory beanFactory;

	private @Nullable StringValueResolver placeholders;

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public void setEmbeddedValueResolver(StringValueResolver resolver) {
		this.placeholders = resolver;
	}

	/** Comes after everything that may put a proxy around the bean. */
	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (isInfrastructure(bean, beanName)) {
			return bean;
		}
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		if (this.withoutListeners.contains(type)) {
			return bean;
		}
		Map<Method, GenTcpListener> methods = listenerMethods(type);
		if (methods.isEmpty()) {
			this.withoutListeners.add(type);
		}
		methods.forEach((method, listener) -> found(new Found(bean, method, serverOf(listener), listener.inline())));
		return bean;
	}

	/** Of a scoped bean, the proxy that stands for it is the one to call. */
	private static boolean isInfrastructure(Object bean, String beanName) {
		return ScopedProxyUtils.isScopedTarget(beanName)
				|| (bean instanceof AopInfrastructureBean && !(bean instanceof ScopedObject));
	}

	private static Map<Method, GenTcpListener> listenerMethods(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, GenTcpListener.class)) {
			return Map.of();
		}
		MethodIntrospector.MetadataLookup<GenTcpListener> lookup = (method) -> AnnotatedElementUtils
			.findMergedAnnotation(method, GenTcpListener.class);
		return MethodIntrospector.selectMethods(type, lookup);
	}

	/** Returns whether a bean of this type has a method that is a listener. */
	public static boolean hasListener(Class<?> type) {
		return !listenerMethods(type).isEmpty();
	}

	private String serverOf(GenTcpListener listener) {
		String server = listener.value();
		String resolved = (this.placeholders != null) ? this.placeholders.resolveStringValue(server) : server;
		return (resolved != null) ? resolved.strip() : "";
	}

	private void found(Found listener) {
		GenTcpListenerContainer late = null;
		this.lock.lock();
		try {
			if (!this.containersKnown) {
				this.waiting.add(listener);
				return;
			}
			late = assign(listener, containers());
		}
		finally {
			this.lock.unlock();
		}
		late.start();
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.lock.lock();
		try {
			Map<String, GenTcpListenerContainer> containers = containers();
			this.containersKnown = true;
			this.waiting.forEach((listener) -> assign(listener, containers));
			this.waiting.clear();
			containers.values()
				.stream()
				.filter((container) -> !container.hasHandler())
				.forEach((container) -> logger
					.warn("GenTCP %s is not started: no method is annotated with @GenTcpListener(\"%s\")"
						.formatted(container, container.name())));
		}
		finally {
			this.lock.unlock();
		}
	}

	private Map<String, GenTcpListenerContainer> containers() {
		Map<String, GenTcpListenerContainer> containers = new LinkedHashMap<>();
		if (this.beanFactory != null) {
			this.beanFactory.getBeanProvider(GenTcpListenerContainer.class)
				.orderedStream()
				.forEach((container) -> containers.put(container.name(), container));
		}
		return containers;
	}

	private GenTcpListenerContainer assign(Found found, Map<String, GenTcpListenerContainer> containers) {
		String server = found.server.isEmpty() ? onlyServer(found, containers) : found.server;
		GenTcpListenerContainer container = containers.get(server);
		if (container == null) {
			throw new InvalidGenTcpListenerException(
					"%s listens to server '%s', which is not configured".formatted(found, server),
					configured(containers));
		}
		ListenerMethod method = found.toListenerMethod(container);
		ListenerMethod other = this.listeners.putIfAbsent(server, method);
		if (other != null) {
			throw new InvalidGenTcpListenerException(
					"Server '%s' has two listeners: %s and %s".formatted(server, other, method),
					"Allowed is one listener for each server.");
		}
		if (container.hasHandler()) {
			throw new InvalidGenTcpListenerException(
					"Server '%s' has somebody for its packets, and a listener: %s".formatted(server, method),
					"Allowed is one listener, or one endpoint of Spring Integration, for each server.");
		}
		if (found.inline) {
			container.setInlinePacketHandler(method);
		}
		else {
			container.setPacketHandler(method);
		}
		return container;
	}

	private static String onlyServer(Found found, Map<String, GenTcpListenerContainer> containers) {
		if (containers.size() != 1) {
			throw new InvalidGenTcpListenerException(
					"%s does not say which server it listens to, and there is not exactly one".formatted(found),
					configured(containers));
		}
		return containers.keySet().iterator().next();
	}

	private static String configured(Map<String, GenTcpListenerContainer> containers) {
		return containers.isEmpty() ? "No server is configured; set gentcp.server.<name>.port."
				: "Configured: %s.".formatted(String.join(", ", containers.keySet()));
	}

	/** An annotated method of a bean, before its server is known. */
	private record Found(Object bean, Method method, String server, boolean inline) {

		ListenerMethod toListenerMethod(GenTcpListenerContainer container) {
			return new ListenerMethod(this.bean, this.method, container.settings());
		}

		@Override
		public String toString() {
			return "@GenTcpListener method " + ListenerMethod.describe(this.method);
		}

	}

}

package io.gentcp.spring.boot;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.gentcp.spring.annotation.GenTcpClient;
import io.gentcp.spring.core.GenTcpClients;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.spring.listener.GenTcpServers;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.StringUtils;

/**
 * Registers a template for each configured client and a listener container for each
 * configured server, unless the application has a bean of that name.
 */
class NamedBeans implements ImportBeanDefinitionRegistrar {

	private static final String ONLY_TEMPLATE = "genTcpTemplate";

	private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{IsAlphabetic}\\p{IsDigit}]+");

	private final Environment environment;

	NamedBeans(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importingClass, BeanDefinitionRegistry registry) {
		Map<String, GenTcpClientProperties> clients = clientProperties(this.environment);
		Map<String, String> templates = beanNames(clients.keySet(), "GenTcpTemplate");
		templates.forEach((beanName, name) -> register(registry, beanName,
				templateDefinition(name, isKeptConnected(clients.get(name)))));
		if (templates.size() == 1 && !registry.isBeanNameInUse(ONLY_TEMPLATE)) {
			registry.registerAlias(templates.keySet().iterator().next(), ONLY_TEMPLATE);
		}
		beanNames(servers(this.environment), "GenTcpListenerContainer")
			.forEach((beanName, name) -> register(registry, beanName, containerDefinition(name)));
	}

	private static boolean isKeptConnected(@Nullable GenTcpClientProperties client) {
		return client != null && client.isKeepConnected();
	}

	/** Returns the names of the configured clients. */
	static Set<String> clients(Environment environment) {
		return clientProperties(environment).keySet();
	}

	private static Map<String, GenTcpClientProperties> clientProperties(Environment environment) {
		return properties(environment, GenTcpProperties.CLIENT, GenTcpClientProperties.class);
	}

	private static Set<String> servers(Environment environment) {
		return properties(environment, GenTcpProperties.SERVER, GenTcpServerProperties.class).keySet();
	}

	private static <T> Map<String, T> properties(Environment environment, String prefix, Class<T> type) {
		BindHandler handler = new EmptyTextIsUnset().apply(BindHandler.DEFAULT);
		return Binder.get(environment).bind(prefix, Bindable.mapOf(String.class, type), handler).orElseGet(Map::of);
	}

	private static Map<String, String> beanNames(Collection<String> names, String suffix) {
		Map<String, String> beanNames = new LinkedHashMap<>();
		for (String name : names) {
			String other = beanNames.put(camelCase(name) + suffix, name);
			if (other != null) {
				throw new IllegalStateException("'%s' and '%s' would both be the bean %s; rename one of them"
					.formatted(other, name, camelCase(name) + suffix));
			}
		}
		return beanNames;
	}

	/** Turns {@code payment-switch} into {@code paymentSwitch}. */
	private static String camelCase(String name) {
		return StringUtils
			.uncapitalize(BETWEEN_WORDS.splitAsStream(name).map(StringUtils::capitalize).collect(Collectors.joining()));
	}

	private static void register(BeanDefinitionRegistry registry, String beanName, RootBeanDefinition definition) {
		if (!registry.containsBeanDefinition(beanName)) {
			registry.registerBeanDefinition(beanName, definition);
		}
	}

	/** Even in an application that is lazy, a client that is kept connected connects. */
	private static RootBeanDefinition templateDefinition(String name, boolean isKeptConnected) {
		RootBeanDefinition definition = definition("template", GenTcpTemplate.class, name);
		if (isKeptConnected) {
			definition.setLazyInit(false);
		}
		AutowireCandidateQualifier qualifier = new AutowireCandidateQualifier(GenTcpClient.class, name);
		// Equal are qualifiers with equal attributes, and of these AOT keeps only one.
		qualifier.setAttribute("client", name);
		definition.addQualifier(qualifier);
		return definition;
	}

	/** Even in an application that is lazy, a server starts with it. */
	private static RootBeanDefinition containerDefinition(String name) {
		RootBeanDefinition definition = definition("container", GenTcpListenerContainer.class, name);
		definition.setLazyInit(false);
		return definition;
	}

	/** The registry is found by its type, because the application may have its own. */
	private static RootBeanDefinition definition(String factoryMethod, Class<?> type, String name) {
		RootBeanDefinition definition = new RootBeanDefinition(NamedBeans.class);
		definition.setFactoryMethodName(factoryMethod);
		definition.setTargetType(type);
		definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(1, name);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
		return definition;
	}

	static GenTcpTemplate template(GenTcpClients clients, String name) {
		return clients.template(name);
	}

	static GenTcpListenerContainer container(GenTcpServers servers, String name) {
		return servers.container(name);
	}

}

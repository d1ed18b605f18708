package io.gentcp.spring.boot.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.gentcp.spring.boot.GenTcpAutoConfiguration;
import io.gentcp.spring.boot.GenTcpProperties;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of GenTCP clients and servers: {@code gentcp}, and
 * below it {@code client} and {@code server}, each with the names that are configured.
 */
@AutoConfiguration(after = GenTcpAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnEnabledHealthIndicator("gentcp")
@ConditionalOnBean(GenTcpProperties.class)
public final class GenTcpHealthContributorAutoConfiguration {

	/** Its name, without what it is, is what it is called in the answer. */
	@Bean
	@ConditionalOnMissingBean(name = { "gentcpHealthIndicator", "gentcpHealthContributor" })
	CompositeHealthContributor gentcpHealthContributor(ObjectProvider<GenTcpTemplate> clients,
			ObjectProvider<GenTcpListenerContainer> servers) {
		Map<String, HealthContributor> roles = new LinkedHashMap<>();
		put(roles, "client", byName(clients.orderedStream(), GenTcpTemplate::name, ClientHealthIndicator::new));
		put(roles, "server",
				byName(servers.orderedStream(), GenTcpListenerContainer::name, ServerHealthIndicator::new));
		return CompositeHealthContributor.fromMap(roles);
	}

	private static void put(Map<String, HealthContributor> roles, String role, Map<String, HealthIndicator> health) {
		if (!health.isEmpty()) {
			roles.put(role, CompositeHealthContributor.fromMap(health));
		}
	}

	private static <T> Map<String, HealthIndicator> byName(Stream<T> beans, Function<T, @Nullable String> name,
			Function<T, HealthIndicator> health) {
		Map<String, HealthIndicator> byName = new LinkedHashMap<>();
		beans.forEach((bean) -> {
			String called = name.apply(bean);
			// A mock that a test has put in its place has no name, nor a health.
			if (called != null) {
				// A slash is what parts the names in the path of an indicator.
				byName.put(called.replace('/', '-'), health.apply(bean));
			}
		});
		return byName;
	}

}

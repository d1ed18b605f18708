package io.gentcp.spring.boot.actuate;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.gentcp.GenTcp;
import io.gentcp.spring.boot.GenTcpAutoConfiguration;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.ScriptedPeer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jmx.JmxEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** When there is an endpoint, and what it is over JMX. */
class GenTcpEndpointAutoConfigurationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=gentcp";

	private static final FilteredClassLoader WITHOUT_ACTUATOR = new FilteredClassLoader(
			"org.springframework.boot.actuate", "org.springframework.boot.health");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GenTcpAutoConfiguration.class, GenTcpEndpointAutoConfiguration.class));

	@Test
	void thereIsNoneUnlessItIsExposed() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GenTcpEndpoint.class));
		this.runner.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(GenTcpEndpoint.class)
				.hasSingleBean(GenTcpEndpointWebExtension.class));
	}

	@Test
	void accessOrTheWholeOfGenTcpSwitchesItOff() {
		for (String property : List.of("management.endpoint.gentcp.access=NONE", "gentcp.enabled=false")) {
			this.runner.withPropertyValues(EXPOSED, property)
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GenTcpEndpoint.class));
		}
	}

	@Test
	void oneOfTheApplicationReplacesOurs() {
		this.runner.withPropertyValues(EXPOSED)
			.withUserConfiguration(OwnEndpoint.class)
			.run((context) -> assertThat(context).getBean(GenTcpEndpoint.class)
				.isSameAs(context.getBean("ownEndpoint")));
	}

	@Test
	void withoutTheActuatorEverythingElseWorks() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			// As an application starts: what is not there is seen before it is loaded.
			new ApplicationContextRunner().withUserConfiguration(Application.class)
				.withPropertyValues(EXPOSED, "gentcp.client.orders.port=" + peer.port())
				.withClassLoader(WITHOUT_ACTUATOR)
				.run((context) -> {
					assertThat(context).hasNotFailed().doesNotHaveBean(GenTcpEndpoint.class);
					context.getBean(GenTcpTemplate.class).send("hello");
					peer.accept().awaitReceived(5, Duration.ofSeconds(30));
				});
		}
	}

	@Test
	void overJmxItShowsAndClosesTheSame() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			this.runner
				.withConfiguration(AutoConfigurations.of(JmxAutoConfiguration.class, EndpointAutoConfiguration.class,
						JmxEndpointAutoConfiguration.class, JacksonAutoConfiguration.class))
				.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=gentcp",
						"management.endpoints.jmx.domain=io.gentcp.test", "gentcp.client.orders.host=127.0.0.1",
						"gentcp.client.orders.port=" + peer.port())
				.run((context) -> {
					assertThat(context).doesNotHaveBean(GenTcpEndpointWebExtension.class);
					GenTcpTemplate client = context.getBean(GenTcpTemplate.class);
					client.send("hello");
					String id = client.connections().all().iterator().next().id();
					MBeanServer server = context.getBean(MBeanServer.class);
					assertThat(invoke(server, "socketsOf", "orders")).extracting("clients")
						.asInstanceOf(InstanceOfAssertFactories.LIST)
						.singleElement()
						.extracting("state")
						.isEqualTo("connected");
					assertThat(invoke(server, "sockets")).asInstanceOf(InstanceOfAssertFactories.MAP)
						.containsOnlyKeys("clients", "servers", "others");
					assertThat(invoke(server, "close", "orders", "another")).isEqualTo(Map.of("closed", false));
					assertThat(invoke(server, "close", "orders", id)).isEqualTo(Map.of("closed", true));
					assertThat(client.isConnected()).isFalse();
				});
		}
	}

	private static Object invoke(MBeanServer server, String operation, Object... arguments) throws Exception {
		String[] types = new String[arguments.length];
		Arrays.fill(types, String.class.getName());
		return server.invoke(new ObjectName("io.gentcp.test:type=Endpoint,name=Gentcp"), operation, arguments, types);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ GenTcpAutoConfiguration.class, GenTcpEndpointAutoConfiguration.class,
			GenTcpHealthContributorAutoConfiguration.class })
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEndpoint {

		@Bean
		GenTcpEndpoint ownEndpoint(ObjectProvider<GenTcpTemplate> clients,
				ObjectProvider<GenTcpListenerContainer> servers, ObjectProvider<GenTcp> runtimes) {
			return new GenTcpEndpoint(clients, servers, runtimes);
		}

	}

}

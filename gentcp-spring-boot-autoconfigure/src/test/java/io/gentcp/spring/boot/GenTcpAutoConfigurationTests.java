package io.gentcp.spring.boot;

import java.util.List;
import java.util.concurrent.Executor;

import io.gentcp.GenTcp;
import io.gentcp.spring.annotation.GenTcpClient;
import io.gentcp.spring.annotation.GenTcpListenerAnnotationBeanPostProcessor;
import io.gentcp.spring.core.GenTcpClientSettings;
import io.gentcp.spring.core.GenTcpClients;
import io.gentcp.spring.core.GenTcpOperations;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.spring.listener.GenTcpServerSettings;
import io.gentcp.spring.listener.GenTcpServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.core.task.VirtualThreadTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class GenTcpAutoConfigurationTests {

	private final ApplicationContextRunner runner = ConfiguredContext.runner();

	private final ApplicationContextRunner oneClient = this.runner.withPropertyValues("gentcp.client.orders.port=1");

	private final ApplicationContextRunner twoClients = this.oneClient
		.withPropertyValues("gentcp.client.payment-switch.port=2");

	private final ApplicationContextRunner oneServer = this.runner
		.withPropertyValues("gentcp.server.edge-router.port=0");

	@Test
	void withoutPropertiesThereAreNoClientsAndServersAndNoThreads() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed()
				.doesNotHaveBean(GenTcpTemplate.class)
				.doesNotHaveBean(GenTcpListenerContainer.class);
			assertThat(context.getBeanFactory().containsSingleton("genTcp")).isFalse();
		});
	}

	@Test
	void theRuntimeIsClosedWithItsContext() {
		GenTcp[] runtime = new GenTcp[1];
		this.oneClient.run((context) -> runtime[0] = context.getBean(GenTcp.class));
		assertThat(runtime[0]).extracting("closed").isEqualTo(true);
	}

	@Test
	void switchedOffThereIsNothing() {
		this.twoClients.withPropertyValues("gentcp.server.edge.port=0", "gentcp.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(GenTcpTemplate.class)
				.doesNotHaveBean(GenTcpListenerContainer.class)
				.doesNotHaveBean(GenTcp.class)
				.doesNotHaveBean(GenTcpClients.class)
				.doesNotHaveBean(GenTcpServers.class)
				.doesNotHaveBean(GenTcpProperties.class)
				.doesNotHaveBean(ConfigurationPropertiesBindHandlerAdvisor.class)
				.doesNotHaveBean(GenTcpListenerAnnotationBeanPostProcessor.class)
				.doesNotHaveBean(GenTcpAutoConfiguration.EXECUTOR));
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "", "  ", "${GENTCP_ENABLED:}" })
	void switchedOnExplicitlyOrSetToAnEmptyTextItIsOn(String value) {
		this.oneClient.withPropertyValues("gentcp.enabled=" + value)
			.run((context) -> assertThat(context).hasSingleBean(GenTcpTemplate.class));
	}

	@Test
	void theOnlyClientIsInjectedByTypeAndAlsoCalledGenTcpTemplate() {
		this.oneClient.run((context) -> {
			assertThat(context).hasSingleBean(GenTcpTemplate.class).hasSingleBean(GenTcpOperations.class);
			assertThat(context.getBean("ordersGenTcpTemplate")).isSameAs(context.getBean("genTcpTemplate"))
				.isSameAs(context.getBean(GenTcpOperations.class))
				.isSameAs(context.getBean(GenTcpClients.class).template("orders"));
		});
	}

	@Test
	void severalClientsAreToldApartByNameAndQualifier() {
		this.twoClients.withUserConfiguration(Users.class).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean("genTcpTemplate");
			Users.ByAnnotation byAnnotation = context.getBean(Users.ByAnnotation.class);
			assertThat(byAnnotation.orders()).isSameAs(context.getBean("ordersGenTcpTemplate"));
			assertThat(byAnnotation.paymentSwitch()).isSameAs(context.getBean("paymentSwitchGenTcpTemplate"));
			Users.ByQualifier byQualifier = context.getBean(Users.ByQualifier.class);
			assertThat(byQualifier.orders()).isSameAs(byAnnotation.orders());
			assertThat(byQualifier.paymentSwitch()).isSameAs(byAnnotation.paymentSwitch());
			assertThat(context.getBean(Users.ByName.class).ordersGenTcpTemplate()).isSameAs(byAnnotation.orders());
			assertThat(context.getBean(GenTcpClients.class).names()).containsExactlyInAnyOrder("orders",
					"payment-switch");
			assertThat(context.getBeanProvider(GenTcpTemplate.class).stream()).hasSize(2);
			assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
				.isThrownBy(() -> context.getBeanFactory().getBean(GenTcpOperations.class));
		});
	}

	@Test
	void aTemplateIsClosedWithItsContext() {
		GenTcpTemplate[] template = new GenTcpTemplate[1];
		this.oneClient.run((context) -> template[0] = context.getBean(GenTcpTemplate.class));
		assertThatIllegalStateException().isThrownBy(() -> template[0].send("x"));
	}

	@Test
	void eachServerHasAContainer() {
		this.oneServer.withPropertyValues("gentcp.server.admin.port=0").run((context) -> {
			assertThat(context).hasBean("edgeRouterGenTcpListenerContainer").hasBean("adminGenTcpListenerContainer");
			assertThat(context.getBean("edgeRouterGenTcpListenerContainer"))
				.isSameAs(context.getBean(GenTcpServers.class).container("edge-router"));
		});
	}

	@Test
	void namesThatWouldBeOneBeanStopTheStart() {
		this.runner.withPropertyValues("gentcp.client.big-one.port=1", "gentcp.client.[big.one].port=2")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.hasMessageContaining("big-one")
				.hasMessageContaining("big.one")
				.hasMessageContaining("bigOneGenTcpTemplate"));
	}

	@Test
	void aTemplateOfTheApplicationWithTheNameOfOursReplacesIt() {
		this.twoClients.withUserConfiguration(OwnTemplate.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean("ordersGenTcpTemplate", GenTcpTemplate.class).settings().port()).isEqualTo(99);
			assertThat(context.getBean("paymentSwitchGenTcpTemplate", GenTcpTemplate.class).settings().port())
				.isEqualTo(2);
		});
	}

	@Test
	void aBeanCalledGenTcpTemplateStaysTheApplications() {
		this.oneClient.withUserConfiguration(OwnDefaultTemplate.class).run((context) -> {
			assertThat(context).hasNotFailed().hasBean("ordersGenTcpTemplate");
			assertThat(context.getBean("genTcpTemplate", GenTcpTemplate.class).settings().port()).isEqualTo(99);
		});
	}

	@Test
	void aContainerOfTheApplicationWithTheNameOfOursReplacesIt() {
		this.oneServer.withUserConfiguration(OwnContainer.class).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(GenTcpListenerContainer.class);
			assertThat(context.getBean(GenTcpListenerContainer.class).settings().maxConnections()).isEqualTo(99);
		});
	}

	@Test
	void theRuntimeAndTheRegistriesMayBeTheApplications() {
		this.oneClient.withPropertyValues("gentcp.server.edge.port=0")
			.withUserConfiguration(OwnRegistries.class)
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.hasSingleBean(GenTcp.class)
					.hasBean("myGenTcp")
					.hasSingleBean(GenTcpClients.class)
					.hasBean("myClients")
					.hasSingleBean(GenTcpServers.class)
					.hasBean("myServers");
				assertThat(context.getBean("ordersGenTcpTemplate", GenTcpTemplate.class).settings().port())
					.isEqualTo(77);
				assertThat(context.getBean("edgeGenTcpListenerContainer", GenTcpListenerContainer.class)
					.settings()
					.maxConnections()).isEqualTo(78);
			});
	}

	@Test
	void theExecutorHasVirtualThreadsAndLeavesSpringBootsOwnInPlace() {
		this.oneClient.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class)).run((context) -> {
			assertThat(context.getBean(GenTcpAutoConfiguration.EXECUTOR)).isInstanceOf(VirtualThreadTaskExecutor.class);
			assertThat(context).hasBean("applicationTaskExecutor");
			assertThat(context.getBeanProvider(Executor.class).getIfUnique())
				.isSameAs(context.getBean("applicationTaskExecutor"));
		});
	}

	@Test
	void anExecutorOfTheApplicationWithTheNameOfOursReplacesIt() {
		this.oneClient.withUserConfiguration(OwnExecutor.class)
			.run((context) -> assertThat(context.getBean(GenTcpAutoConfiguration.EXECUTOR))
				.isInstanceOf(SyncTaskExecutor.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		ByAnnotation byAnnotation(@GenTcpClient("orders") GenTcpOperations orders,
				@GenTcpClient("payment-switch") GenTcpTemplate paymentSwitch) {
			return new ByAnnotation(orders, paymentSwitch);
		}

		@Bean
		ByQualifier byQualifier(@Qualifier("orders") GenTcpOperations orders,
				@Qualifier("payment-switch") GenTcpTemplate paymentSwitch) {
			return new ByQualifier(orders, paymentSwitch);
		}

		@Bean
		ByName byName(GenTcpOperations ordersGenTcpTemplate) {
			return new ByName(ordersGenTcpTemplate);
		}

		record ByAnnotation(GenTcpOperations orders, GenTcpOperations paymentSwitch) {
		}

		record ByQualifier(GenTcpOperations orders, GenTcpOperations paymentSwitch) {
		}

		record ByName(GenTcpOperations ordersGenTcpTemplate) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTemplate {

		@Bean
		@GenTcpClient("orders")
		GenTcpTemplate ordersGenTcpTemplate(GenTcp genTcp) {
			return new GenTcpTemplate(genTcp, GenTcpClientSettings.of("orders", "localhost", 99), Runnable::run);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDefaultTemplate {

		@Bean
		GenTcpTemplate genTcpTemplate(GenTcp genTcp) {
			return new GenTcpTemplate(genTcp, GenTcpClientSettings.of("own", "localhost", 99), Runnable::run);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnContainer {

		@Bean
		GenTcpListenerContainer edgeRouterGenTcpListenerContainer(GenTcp genTcp) {
			return new GenTcpListenerContainer(genTcp, GenTcpServerSettings.of("edge-router", 0).maxConnections(99),
					Thread::startVirtualThread);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRegistries {

		@Bean
		GenTcp myGenTcp() {
			return GenTcp.open();
		}

		@Bean
		GenTcpClients myClients(GenTcp genTcp) {
			return new GenTcpClients(genTcp, Runnable::run,
					List.of(GenTcpClientSettings.of("orders", "localhost", 77)));
		}

		@Bean
		GenTcpServers myServers(GenTcp genTcp) {
			return new GenTcpServers(genTcp, Thread::startVirtualThread,
					List.of(GenTcpServerSettings.of("edge", 0).maxConnections(78)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnExecutor {

		@Bean
		SyncTaskExecutor genTcpExecutor() {
			return new SyncTaskExecutor();
		}

	}

}

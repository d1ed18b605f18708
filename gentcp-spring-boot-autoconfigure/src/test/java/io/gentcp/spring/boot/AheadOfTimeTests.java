package io.gentcp.spring.boot;

import java.beans.PropertyDescriptor;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.gentcp.packet.PacketType;
import io.gentcp.spring.annotation.GenTcpClient;
import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.GenTcpOperations;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** What Spring generates at build time for an application that uses us. */
class AheadOfTimeTests {

	private static final TestPropertyValues PROPERTIES = TestPropertyValues.of("gentcp.client.orders.port=1",
			"gentcp.client.payment-switch.port=2", "gentcp.client.payment-switch.packet=pipePacket",
			"gentcp.server.edge.port=0", "gentcp.server.edge.address=127.0.0.1");

	private final TestGenerationContext generation = new TestGenerationContext();

	@Test
	@CompileWithForkedClassLoader
	void theGeneratedApplicationHasItsClientsAndServers() {
		run((context) -> {
			Users users = context.getBean(Users.class);
			assertThat(users.orders()).isSameAs(context.getBean("ordersGenTcpTemplate"));
			assertThat(users.paymentSwitch()).isSameAs(context.getBean("paymentSwitchGenTcpTemplate"));
			assertThat(context.getBean("paymentSwitchGenTcpTemplate", GenTcpTemplate.class).settings().port())
				.isEqualTo(2);
			assertThat(context.getBean(GenTcpListenerContainer.class).isRunning()).isTrue();
		});
	}

	@Test
	@CompileWithForkedClassLoader
	void theGeneratedApplicationHasItsOwnPacketType() {
		run((context) -> {
			GenTcpTemplate template = context.getBean("paymentSwitchGenTcpTemplate", GenTcpTemplate.class);
			assertThat(template.settings().options().packet()).isSameAs(context.getBean("pipePacket"));
		});
	}

	@Test
	void listenerMethodsCanBeCalledByReflection() throws Exception {
		generate();
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Application.class.getDeclaredMethod("onPacket", String.class)))
			.accepts(this.generation.getRuntimeHints());
	}

	@Test
	void propertiesCanBeBoundByReflection() {
		generate();
		assertThat(RuntimeHintsPredicates.reflection().onType(GenTcpClientProperties.class))
			.accepts(this.generation.getRuntimeHints());
		assertThat(RuntimeHintsPredicates.reflection().onType(GenTcpServerProperties.class))
			.accepts(this.generation.getRuntimeHints());
	}

	/** Every property type of ours that the binder makes with a method of its own. */
	@Test
	void valuesOfPropertiesCanBeMadeOfTextByReflection() {
		generate();
		Set<Class<?>> settings = new LinkedHashSet<>();
		Stream
			.of(GenTcpClientProperties.class, GenTcpServerProperties.class, GenTcpEngineProperties.class,
					GenTcpClientSslProperties.class, GenTcpServerSslProperties.class)
			.flatMap((properties) -> Stream.of(BeanUtils.getPropertyDescriptors(properties)))
			.map(PropertyDescriptor::getPropertyType)
			.filter((type) -> ReflectionUtils.findMethod(type, "of", String.class) != null)
			.filter((type) -> type.getPackage().equals(Timeout.class.getPackage()))
			.forEach(settings::add);
		assertThat(settings).containsExactlyInAnyOrderElementsOf(SettingHints.SETTINGS).allSatisfy((setting) -> {
			Method of = setting.getMethod("of", String.class);
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(of))
				.accepts(this.generation.getRuntimeHints());
		});
	}

	@SuppressWarnings("unchecked")
	private void run(Consumer<GenericApplicationContext> test) {
		generate();
		TestCompiler.forSystem().with(this.generation).compile((compiled) -> {
			GenericApplicationContext context = new GenericApplicationContext();
			PROPERTIES.applyTo(context);
			compiled.getInstance(ApplicationContextInitializer.class).initialize(context);
			try (context) {
				context.refresh();
				test.accept(context);
			}
		});
	}

	private void generate() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			PROPERTIES.applyTo(context);
			context.register(Application.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, this.generation);
			this.generation.writeGeneratedContent();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(GenTcpAutoConfiguration.class)
	static class Application {

		@Bean
		Users users(@Qualifier("orders") GenTcpOperations orders,
				@GenTcpClient("payment-switch") GenTcpOperations paymentSwitch) {
			return new Users(orders, paymentSwitch);
		}

		@Bean
		PacketType pipePacket() {
			return new PipePacketType();
		}

		@GenTcpListener("edge")
		String onPacket(String packet) {
			return packet;
		}

	}

	record Users(GenTcpOperations orders, GenTcpOperations paymentSwitch) {
	}

}

package io.gentcp.spring.boot;

import java.util.concurrent.Executor;

import io.gentcp.GenTcp;
import io.gentcp.spring.annotation.GenTcpListenerAnnotationBeanPostProcessor;
import io.gentcp.spring.core.GenTcpClients;
import io.gentcp.spring.listener.GenTcpServers;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Auto-configuration of GenTCP clients and servers. The template of each client and the
 * listener container of each server are registered by {@link NamedBeans}; what they share
 * is here, and is made when the first of them needs it.
 */
@AutoConfiguration
@Conditional(OnGenTcpEnabled.class)
@EnableConfigurationProperties(GenTcpProperties.class)
@Import(NamedBeans.class)
@ImportRuntimeHints(SettingHints.class)
public final class GenTcpAutoConfiguration {

	/** The name of the executor whose threads do what must wait. */
	public static final String EXECUTOR = "genTcpExecutor";

	@Bean
	static InheritedDefaults genTcpInheritedDefaults() {
		return new InheritedDefaults();
	}

	@Bean
	static EmptyTextIsUnset genTcpEmptyTextIsUnset() {
		return new EmptyTextIsUnset();
	}

	/** Wrong properties stop a lazy application as well, and its servers start. */
	@Bean
	static LazyInitializationExcludeFilter genTcpLazyInitializationExcludeFilter() {
		return (beanName, definition, type) -> type == GenTcpSettings.class
				|| GenTcpListenerAnnotationBeanPostProcessor.hasListener(type);
	}

	@Bean
	@ConditionalOnMissingBean
	static GenTcpListenerAnnotationBeanPostProcessor genTcpListenerAnnotationBeanPostProcessor() {
		return new GenTcpListenerAnnotationBeanPostProcessor();
	}

	@Bean
	GenTcpSettings genTcpSettings(GenTcpProperties properties, ListableBeanFactory beans,
			ObjectProvider<SslBundles> bundles) {
		return properties.toSettings(new PacketTypes(beans), new TlsBundles(bundles));
	}

	@Bean
	LocalPorts genTcpLocalPorts(ConfigurableEnvironment environment) {
		return new LocalPorts(environment);
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	GenTcp genTcp(GenTcpProperties properties) {
		return GenTcp.open(properties.getEngine().toOptions());
	}

	/** Not for others, lest Spring Boot's own executor back off. */
	@Bean(name = EXECUTOR, defaultCandidate = false)
	@ConditionalOnMissingBean(name = EXECUTOR)
	VirtualThreadTaskExecutor genTcpExecutor() {
		return new VirtualThreadTaskExecutor("gentcp-");
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	GenTcpClients genTcpClients(GenTcp genTcp, @Qualifier(EXECUTOR) Executor virtualThreads, GenTcpSettings settings) {
		return new GenTcpClients(genTcp, virtualThreads, settings.clients());
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	GenTcpServers genTcpServers(GenTcp genTcp, @Qualifier(EXECUTOR) Executor virtualThreads, GenTcpSettings settings) {
		return new GenTcpServers(genTcp, virtualThreads, settings.servers());
	}

}

package io.gentcp.spring.boot;

import io.gentcp.spring.core.OperationObserver;
import io.gentcp.spring.observation.GenTcpConnectConvention;
import io.gentcp.spring.observation.GenTcpConventions;
import io.gentcp.spring.observation.GenTcpReceiveConvention;
import io.gentcp.spring.observation.GenTcpRequestConvention;
import io.gentcp.spring.observation.GenTcpSendConvention;
import io.gentcp.spring.observation.MicrometerObserver;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the observations of GenTCP clients and servers. */
@AutoConfiguration(after = GenTcpAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ ObservationRegistry.class, GenTcpProperties.class })
public final class GenTcpObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	GenTcpConventions genTcpConventions(ObjectProvider<GenTcpConnectConvention> connect,
			ObjectProvider<GenTcpSendConvention> send, ObjectProvider<GenTcpRequestConvention> request,
			ObjectProvider<GenTcpReceiveConvention> receive) {
		return new GenTcpConventions(connect.getIfUnique(), send.getIfUnique(), request.getIfUnique(),
				receive.getIfUnique());
	}

	@Bean
	@ConditionalOnMissingBean
	OperationObserver genTcpOperationObserver(ObservationRegistry registry, GenTcpConventions conventions,
			GenTcpProperties properties) {
		return new MicrometerObserver(registry, conventions, properties.getObservation().isPackets());
	}

	/**
	 * The observer is made with the first client or server, for its makings need much.
	 */
	@Bean
	static ConnectionsPostProcessor genTcpObservationPostProcessor(ObjectProvider<OperationObserver> observer) {
		return new ConnectionsPostProcessor((connections) -> observer.ifUnique(connections::observeWith));
	}

}

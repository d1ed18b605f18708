package io.gentcp.spring.boot;

import io.gentcp.spring.annotation.GenTcpListener;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application that has nothing but a server. It prints its port, its main thread ends,
 * and the packet {@code stop} closes it.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(GenTcpAutoConfiguration.class)
class KeptAliveApplication {

	private final ApplicationContext context;

	KeptAliveApplication(ApplicationContext context) {
		this.context = context;
	}

	@GenTcpListener
	String onPacket(String packet) {
		if (packet.equals("stop\n")) {
			Thread.ofPlatform().daemon().start(() -> SpringApplication.exit(this.context));
		}
		return packet;
	}

	public static void main(String[] args) {
		ApplicationContext context = new SpringApplicationBuilder(KeptAliveApplication.class)
			.web(WebApplicationType.NONE)
			.properties("gentcp.packet=line", "gentcp.server.edge.port=0", "gentcp.server.edge.address=127.0.0.1")
			.run(args);
		System.out.println("port " + context.getEnvironment().getProperty("local.gentcp.edge.port"));
	}

}

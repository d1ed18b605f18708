package io.gentcp.spring.load;

import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.listener.GenTcpListenerContainer;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A Spring Boot application with a listener, as its user writes it. It has room for no
 * more connections than there will be, so accepting pauses when all are there.
 */
final class ApplicationServer implements LoadedServer {

	private final ConfigurableApplicationContext context;

	private final GenTcpListenerContainer container;

	private ApplicationServer(ConfigurableApplicationContext context) {
		this.context = context;
		this.container = context.getBean(GenTcpListenerContainer.class);
	}

	static ApplicationServer start(LoadSize size, ServedPackets packets) {
		return new ApplicationServer(new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.initializers((context) -> context.getBeanFactory().registerSingleton("packets", packets))
			.run("--gentcp.packet=4", "--gentcp.server.edge.port=0", "--gentcp.server.edge.address=127.0.0.1",
					"--gentcp.server.edge.max-connections=" + size.connections()));
	}

	@Override
	public int port() {
		return this.container.port();
	}

	@Override
	public int connections() {
		return this.container.activeConnections();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		private final ServedPackets packets;

		Application(ServedPackets packets) {
			this.packets = packets;
		}

		@GenTcpListener
		byte[] onPacket(byte[] packet) {
			return this.packets.replyTo(packet);
		}

	}

}

package io.gentcp.spring.boot;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.gentcp.packet.PacketType;
import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.GenTcpClients;
import io.gentcp.spring.core.GenTcpOperations;
import io.gentcp.spring.listener.GenTcpServers;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** An application's own packet type is a bean, which {@code packet} names. */
@ParameterizedClass
@ValueSource(booleans = { false, true })
class PacketTypeBeanTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Parameter
	boolean lazy;

	private ApplicationContextRunner application(String yaml) {
		return ConfiguredContext.runner().withInitializer(ConfiguredContext.yaml(yaml)).withInitializer((context) -> {
			if (this.lazy) {
				context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
			}
		}).withUserConfiguration(OwnPacketTypes.class);
	}

	@Test
	void oneClientOrServerMayHaveIt() {
		application("""
				gentcp:
				  packet: 4
				  client:
				    plain: { port: 1 }
				    own: { port: 1, packet: pipePacket }
				  server:
				    plain: { port: 0 }
				    own: { port: 0, packet: pipePacket }
				""").run((context) -> {
			assertThat(context).hasNotFailed();
			PacketType pipe = context.getBean("pipePacket", PacketType.class);
			assertThat(client(context, "own")).isSameAs(pipe);
			assertThat(server(context, "own")).isSameAs(pipe);
			assertThat(client(context, "plain")).isSameAs(PacketType.FOUR);
			assertThat(server(context, "plain")).isSameAs(PacketType.FOUR);
		});
	}

	@Test
	void allMayHaveIt() {
		application("""
				gentcp:
				  packet: pipePacket
				  client:
				    plain: { port: 1 }
				    other: { port: 1, packet: line }
				  server:
				    plain: { port: 0 }
				""").run((context) -> {
			assertThat(context).hasNotFailed();
			PacketType pipe = context.getBean("pipePacket", PacketType.class);
			assertThat(client(context, "plain")).isSameAs(pipe);
			assertThat(server(context, "plain")).isSameAs(pipe);
			assertThat(client(context, "other")).isSameAs(PacketType.LINE);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "pipe-packet", "alias_of.it" })
	void itsNameIsTakenAsItIs(String name) {
		application("gentcp: { client: { own: { port: 1, packet: %s } } }".formatted(name))
			.run((context) -> assertThat(client(context, "own")).isSameAs(context.getBean(name)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "line", "LINE", "4", "http" })
	void whatErlangHasIsNeverABean(String name) {
		application("gentcp: { packet: %1$s, client: { own: { port: 1, packet: %1$s } } }".formatted(name))
			.run((context) -> assertThat(client(context, "own")).isSameAs(PacketType.of(name)));
	}

	@Test
	void aTypeThatNobodyNamesIsLeftAlone() {
		application("gentcp: { client: { own: { port: 1, packet: pipePacket } } }")
			.withBean("broken", PacketType.class, () -> {
				throw new IllegalStateException("made though nobody names it");
			}, (definition) -> definition.setLazyInit(true))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@EnumSource
	void itsPacketsGoOverTheWire(Backend backend) {
		application("gentcp: { packet: pipePacket, server: { edge: { port: 0, address: 127.0.0.1 } } }")
			.withPropertyValues("gentcp.backend=" + backend)
			.withBean(Greeter.class)
			.run((context) -> {
				int port = context.getBean(GenTcpServers.class).container("edge").port();
				try (PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", port)) {
					peer.readAll();
					peer.send("you|and me|".getBytes(StandardCharsets.UTF_8));
					peer.awaitReceived(23, PATIENCE);
					assertThat(peer.received()).asString(StandardCharsets.UTF_8).isEqualTo("hello you|hello and me|");
				}
				application("gentcp: { client: { own: { host: 127.0.0.1, port: %d, packet: pipePacket } } }"
					.formatted(port)).withPropertyValues("gentcp.backend=" + backend)
					.run((client) -> assertThat(client.getBean(GenTcpOperations.class).sendAndReceive("you"))
						.isEqualTo("hello you"));
			});
	}

	private static PacketType client(ApplicationContext context, String name) {
		return context.getBean(GenTcpClients.class).template(name).settings().options().packet();
	}

	private static PacketType server(ApplicationContext context, String name) {
		return context.getBean(GenTcpServers.class).container(name).settings().options().packet();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPacketTypes {

		@Bean
		PacketType pipePacket() {
			return new PipePacketType();
		}

		@Bean({ "pipe-packet", "alias_of.it" })
		PipePacketType otherPipe() {
			return new PipePacketType();
		}

		@Bean({ "line", "LINE", "4", "http" })
		PacketType shadow() {
			return new PipePacketType();
		}

	}

	static class Greeter {

		@GenTcpListener("edge")
		String greet(String packet) {
			return "hello " + packet;
		}

	}

}

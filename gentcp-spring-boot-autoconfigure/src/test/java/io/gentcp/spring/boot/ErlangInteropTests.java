package io.gentcp.spring.boot;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;

import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.SendTimeoutException;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.ErlangNode;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A Spring application with a real Erlang, on each of its backends, at the other end. */
@ParameterizedClass
@ValueSource(strings = { "inet", "socket" })
@Tag("interop")
@Timeout(120)
class ErlangInteropTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@Parameter
	String backend;

	private ErlangNode erlang;

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GenTcpAutoConfiguration.class))
		.withPropertyValues("gentcp.packet=4");

	@BeforeEach
	void startErlang() {
		assumeTrue(ErlangNode.isInstalled(), ErlangNode.HOW_TO_INSTALL);
		this.erlang = ErlangNode.start();
	}

	@AfterEach
	void endErlang() {
		if (this.erlang != null) {
			this.erlang.close();
		}
	}

	@ParameterizedTest
	@EnumSource
	void anErlangClientTalksToAListener(Backend ours) {
		this.application.withUserConfiguration(Echo.class)
			.withPropertyValues("gentcp.server.edge.port=0", "gentcp.server.edge.address=127.0.0.1",
					"gentcp.backend=" + ours)
			.run((context) -> {
				int port = context.getBean(GenTcpListenerContainer.class).port();
				this.erlang.eval("""
						{ok, S} = gen_tcp:connect({127,0,0,1}, %d, [%s binary, {packet, 4}, {active, false}])"""
					.formatted(port, backendOption()));
				assertThat(this.erlang.eval("""
						lists:foreach(fun(N) ->
						    Packet = rand:bytes(N * 7),
						    ok = gen_tcp:send(S, Packet),
						    {ok, Packet} = gen_tcp:recv(S, 0, 10000)
						end, lists:seq(0, 999))""")).isEqualTo("ok");
			});
	}

	/** Starts an Erlang server, which does not accept yet; returns its port. */
	private int listenInErlang() {
		return this.erlang.evalInt("""
				{ok, L} = gen_tcp:listen(0, [%s binary, {packet, 4}, {active, false},
				                             {recbuf, 8192}, {ip, {127,0,0,1}}]),
				{ok, Port} = inet:port(L), Port""".formatted(backendOption()));
	}

	@Test
	void onTheInetBackendAnErlangServerGetsWhatStayedQueued() {
		int port = listenInErlang();
		this.application
			.withPropertyValues("gentcp.client.orders.port=" + port, "gentcp.client.orders.host=127.0.0.1",
					"gentcp.backend=inet", "gentcp.client.orders.sndbuf=16KB", "gentcp.client.orders.send_timeout=300")
			.run((context) -> {
				GenTcpTemplate template = context.getBean(GenTcpTemplate.class);
				byte[] large = new byte[3_000_000];
				new Random(1).nextBytes(large);

				template.send(large);
				SendTimeoutException timeout = catchThrowableOfType(SendTimeoutException.class,
						() -> template.send("queued"));

				assertThat(timeout.isQueued()).isTrue();
				assertThat(timeout.queued()).isNotDone();
				assertThat(this.erlang.eval("""
						{ok, S} = gen_tcp:accept(L), {ok, P} = gen_tcp:recv(S, 0), erlang:crc32(P)"""))
					.isEqualTo(Long.toString(checksum(large)));
				assertThat(timeout.queued()).succeedsWithin(PATIENCE);
				assertThat(this.erlang.eval("{ok, Next} = gen_tcp:recv(S, 0), binary_to_list(Next)"))
					.isEqualTo("\"queued\"");
			});
	}

	@Test
	void theTemplateCompletesItsPacketWhenAnErlangServerReadsAgain() {
		int port = listenInErlang();
		this.application
			.withPropertyValues("gentcp.client.orders.port=" + port, "gentcp.client.orders.host=127.0.0.1",
					"gentcp.client.orders.sndbuf=16KB", "gentcp.client.orders.send_timeout=300")
			.run((context) -> {
				GenTcpTemplate template = context.getBean(GenTcpTemplate.class);
				byte[] large = new byte[3_000_000];
				new Random(1).nextBytes(large);

				SendTimeoutException timeout = catchThrowableOfType(SendTimeoutException.class,
						() -> template.send(large));

				assertThat(timeout.bytesOut()).isBetween(1L, 3_000_003L);
				assertThat(timeout.bytesTotal()).isEqualTo(3_000_004);
				CompletableFuture<Void> recovery = timeout.recovery();
				assertThat(recovery).isNotDone();
				assertThat(this.erlang.eval("""
						{ok, S} = gen_tcp:accept(L), {ok, P} = gen_tcp:recv(S, 0), erlang:crc32(P)"""))
					.isEqualTo(Long.toString(checksum(large)));
				assertThat(recovery).succeedsWithin(PATIENCE);
				template.send("after");
				assertThat(this.erlang.eval("{ok, Next} = gen_tcp:recv(S, 0), binary_to_list(Next)"))
					.isEqualTo("\"after\"");
			});
	}

	private String backendOption() {
		return "{inet_backend, %s},".formatted(this.backend);
	}

	private static long checksum(byte[] bytes) {
		CRC32 checksum = new CRC32();
		checksum.update(bytes);
		return checksum.getValue();
	}

	@Configuration(proxyBeanMethods = false)
	static class Echo {

		@Bean
		EchoListener echoListener() {
			return new EchoListener();
		}

	}

	static class EchoListener {

		@GenTcpListener("edge")
		byte[] echo(byte[] packet) {
			return packet;
		}

	}

}

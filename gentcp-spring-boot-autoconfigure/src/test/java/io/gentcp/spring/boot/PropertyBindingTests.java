package io.gentcp.spring.boot;

import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

import io.gentcp.ActiveMode;
import io.gentcp.SocketOptions;
import io.gentcp.packet.PacketType;
import io.gentcp.spring.core.GenTcpClientSettings;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.Recovery;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.spring.listener.GenTcpServerSettings;
import io.gentcp.transport.Backend;
import io.gentcp.transport.Watermarks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

import static io.gentcp.spring.boot.ConfiguredContext.environmentVariables;
import static io.gentcp.spring.boot.ConfiguredContext.yaml;
import static org.assertj.core.api.Assertions.assertThat;

class PropertyBindingTests {

	@Test
	void aPortIsAllThatMustBeSet() {
		run(yaml("gentcp: { client: { orders: { port: 4000 } }, server: { edge: { port: 4001 } } }"), (context) -> {
			GenTcpClientSettings client = client(context, "orders");
			assertThat(client.host()).isEqualTo("localhost");
			assertThat(client.port()).isEqualTo(4000);
			assertThat(client.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
			assertThat(client.replyTimeout()).isEqualTo(Duration.ofSeconds(10));
			assertThat(client.recovery()).isEqualTo(Recovery.RESUME);
			assertThat(client.recoveryTimeout()).isEqualTo(Duration.ofSeconds(30));
			assertThat(client.charset()).isEqualTo(StandardCharsets.UTF_8);
			assertDefaults(client.options());
			GenTcpServerSettings server = server(context, "edge");
			assertThat(server.address()).isEqualTo(new InetSocketAddress(4001));
			assertThat(server.maxConnections()).isEqualTo(10000);
			assertThat(server.active()).isEqualTo(ActiveMode.ONCE);
			assertThat(server.charset()).isEqualTo(StandardCharsets.UTF_8);
			assertThat(server.options().backlog()).isEqualTo(1024);
			assertThat(server.options().channelOptions().reuseaddr()).isTrue();
			assertDefaults(server.options());
		});
	}

	private static void assertDefaults(SocketOptions options) {
		assertThat(options.backend()).isEqualTo(Backend.SOCKET);
		assertThat(options.packet()).isEqualTo(PacketType.RAW);
		assertThat(options.packetSize()).isEqualTo(1024 * 1024);
		assertThat(options.lineDelimiter()).isEqualTo('\n');
		assertThat(options.lineLength()).isZero();
		assertThat(options.header()).isZero();
		assertThat(options.sendTimeout()).isEqualTo(Duration.ofSeconds(30));
		assertThat(options.watermarks()).isEqualTo(new Watermarks(8 * 1024, 4 * 1024, 64 * 1024 * 1024));
		assertThat(options.channelOptions().sndbuf()).isZero();
		assertThat(options.channelOptions().recbuf()).isZero();
		assertThat(options.channelOptions().nodelay()).isTrue();
		assertThat(options.channelOptions().keepalive()).isTrue();
		assertThat(options.channelOptions().keepidle()).isZero();
		assertThat(options.channelOptions().keepintvl()).isZero();
		assertThat(options.channelOptions().keepcnt()).isZero();
		assertThat(options.channelOptions().linger()).isEqualTo(-1);
		assertThat(options.channelOptions().values()).doesNotContainKey(StandardSocketOptions.IP_TOS);
		assertThat(options.channelOptions().reuseport()).isFalse();
		assertThat(options.buffer()).isZero();
		assertThat(options.delaySend()).isFalse();
		assertThat(options.showEconnreset()).isFalse();
		assertThat(options.port()).isZero();
		assertThat(options.get("inet")).isEqualTo(false);
		assertThat(options.get("inet6")).isEqualTo(false);
	}

	@Test
	void everyKeyOfTheReferenceBinds() {
		run(yaml("""
				gentcp:
				  packet: 4
				  send_timeout: 5000
				  client:
				    orders:
				      host: example.com
				      port: 4000
				      connect-timeout: 11s
				      reply-timeout: 12s
				      recovery: manual
				      recovery-timeout: 31s
				      backend: socket
				      packet: line
				      packet-size: 0
				      line-delimiter: 0x03
				      line-length: 1KB
				      header: 2
				      send-timeout: 6s
				      sndbuf: 16KB
				      recbuf: 32768
				      nodelay: false
				      keepalive: false
				      keepidle: 60
				      keepintvl: 2m
				      keepcnt: 3
				      linger: 5
				      tos: 16
				      family: inet6
				      buffer: 4KB
				      show-econnreset: true
				      ip: ::1
				      local-port: 4004
				      charset: ISO-8859-1
				  server:
				    edge:
				      port: 0
				      address: 127.0.0.1
				      backlog: 7
				      max-connections: 8
				      active: 5
				      reuseport: true
				      delay-send: true
				      family: inet
				      linger: 0
				      packet-size: 64KB
				      charset: US-ASCII
				      backend: inet
				      high-watermark: 128KB
				      low-watermark: 0
				      max-pending: 3GB
				"""), (context) -> {
			GenTcpClientSettings client = client(context, "orders");
			assertThat(client.host()).isEqualTo("example.com");
			assertThat(client.connectTimeout()).isEqualTo(Duration.ofSeconds(11));
			assertThat(client.replyTimeout()).isEqualTo(Duration.ofSeconds(12));
			assertThat(client.recovery()).isEqualTo(Recovery.MANUAL);
			assertThat(client.recoveryTimeout()).isEqualTo(Duration.ofSeconds(31));
			assertThat(client.charset()).isEqualTo(StandardCharsets.ISO_8859_1);
			SocketOptions options = client.options();
			assertThat(options.packet()).isEqualTo(PacketType.LINE);
			assertThat(options.packetSize()).isZero();
			assertThat(options.lineDelimiter()).isEqualTo(3);
			assertThat(options.lineLength()).isEqualTo(1024);
			assertThat(options.header()).isEqualTo(2);
			assertThat(options.sendTimeout()).isEqualTo(Duration.ofSeconds(6));
			assertThat(options.channelOptions().sndbuf()).isEqualTo(16 * 1024);
			assertThat(options.channelOptions().recbuf()).isEqualTo(32 * 1024);
			assertThat(options.channelOptions().nodelay()).isFalse();
			assertThat(options.channelOptions().keepalive()).isFalse();
			assertThat(options.channelOptions().keepidle()).isEqualTo(60);
			assertThat(options.channelOptions().keepintvl()).isEqualTo(120);
			assertThat(options.channelOptions().keepcnt()).isEqualTo(3);
			assertThat(options.channelOptions().linger()).isEqualTo(5);
			assertThat(options.channelOptions().tos()).isEqualTo(16);
			assertThat(options.get("inet6")).isEqualTo(true);
			assertThat(options.buffer()).isEqualTo(4096);
			assertThat(options.showEconnreset()).isTrue();
			assertThat(options.get("ip")).hasToString("/0:0:0:0:0:0:0:1");
			assertThat(options.port()).isEqualTo(4004);
			GenTcpServerSettings server = server(context, "edge");
			assertThat(server.address()).hasToString("/127.0.0.1:0");
			assertThat(server.maxConnections()).isEqualTo(8);
			assertThat(server.active()).isEqualTo(ActiveMode.count(5));
			assertThat(server.charset()).isEqualTo(StandardCharsets.US_ASCII);
			assertThat(server.options().backlog()).isEqualTo(7);
			assertThat(server.options().channelOptions().reuseport()).isTrue();
			assertThat(server.options().channelOptions().linger()).isZero();
			assertThat(server.options().delaySend()).isTrue();
			assertThat(server.options().get("inet")).isEqualTo(true);
			assertThat(server.options().packet()).isEqualTo(PacketType.FOUR);
			assertThat(server.options().packetSize()).isEqualTo(64 * 1024);
			assertThat(server.options().sendTimeout()).isEqualTo(Duration.ofSeconds(5));
			assertThat(server.options().backend()).isEqualTo(Backend.INET);
			assertThat(server.options().watermarks()).isEqualTo(new Watermarks(128 * 1024, 0, 3L << 30));
		});
	}

	@Test
	void theInetBackendIsInheritedAndNeedsNothingElse() {
		run(yaml("""
				gentcp:
				  backend: inet
				  max_pending: 0
				  client:
				    plain: { port: 1, recovery: '' }
				    own: { port: 1, backend: socket, recovery: close, high_watermark: 16384 }
				  server:
				    edge: { port: 0 }
				"""), (context) -> {
			assertThat(client(context, "plain").options().backend()).isEqualTo(Backend.INET);
			assertThat(client(context, "plain").options().watermarks()).isEqualTo(new Watermarks(8192, 4096, 0));
			assertThat(client(context, "own").options().backend()).isEqualTo(Backend.SOCKET);
			assertThat(client(context, "own").options().watermarks()).isEqualTo(new Watermarks(16384, 4096, 0));
			assertThat(client(context, "own").recovery()).isEqualTo(Recovery.CLOSE);
			assertThat(server(context, "edge").options().backend()).isEqualTo(Backend.INET);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "send_timeout: 5000", "send-timeout: 5000", "sendTimeout: 5000", "send-timeout: '5000'",
			"send-timeout: 5s", "send_timeout: 5s", "send-timeout: 5000ms", "send-timeout: PT5S",
			"send-timeout: ' 5s '" })
	void aTimeoutMayBeWrittenInAnySpellingOnEitherLevel(String line) {
		Consumer<AssertableApplicationContext> fiveSeconds = (context) -> {
			assertThat(client(context, "a").options().sendTimeout()).isEqualTo(Duration.ofSeconds(5));
			assertThat(server(context, "b").options().sendTimeout()).isEqualTo(Duration.ofSeconds(5));
		};
		run(yaml("gentcp: { %s, client: { a: { port: 1 } }, server: { b: { port: 0 } } }".formatted(line)),
				fiveSeconds);
		run(yaml("gentcp: { client: { a: { port: 1, %1$s } }, server: { b: { port: 0, %1$s } } }".formatted(line)),
				fiveSeconds);
	}

	@ParameterizedTest
	@ValueSource(strings = { "infinity", "Infinity", "'infinity'" })
	void infinityIsForEver(String infinity) {
		run(yaml("gentcp: { client: { a: { port: 1, send-timeout: %1$s, reply-timeout: %1$s } } }".formatted(infinity)),
				(context) -> {
					assertThat(client(context, "a").options().sendTimeout()).isEqualTo(SocketOptions.INFINITY);
					assertThat(client(context, "a").replyTimeout()).isEqualTo(SocketOptions.INFINITY);
				});
	}

	@Test
	void millisecondsMayBeMoreThanAnInteger() {
		run(yaml("gentcp: { client: { a: { port: 1, send-timeout: 3000000000 } } }"),
				(context) -> assertThat(client(context, "a").options().sendTimeout()).hasMillis(3_000_000_000L));
	}

	@ParameterizedTest
	@CsvSource({ "4, 4", "'4', 4", "2, 2", "1, 1", "0, raw", "raw, raw", "line, line", "LINE, line", "asn1, asn1",
			"sunrm, sunrm", "cdr, cdr", "fcgi, fcgi", "tpkt, tpkt", "http, http", "http_bin, http_bin", "httph, httph",
			"httph_bin, httph_bin", "ssl_tls, ssl_tls" })
	void aPacketTypeMayBeANumberOrAName(String written, String name) {
		run(yaml("gentcp: { packet: %s, client: { a: { port: 1 } } }".formatted(written)),
				(context) -> assertThat(client(context, "a").options().packet()).isEqualTo(PacketType.of(name)));
		run(yaml("gentcp: { packet: '%s', server: { a: { port: 0 } } }".formatted(written)),
				(context) -> assertThat(server(context, "a").options().packet()).isEqualTo(PacketType.of(name)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			line-delimiter: 3 | 3
			line-delimiter: 0x03 | 3
			line_delimiter: '0x03' | 3
			line-delimiter: '0XfF' | 255
			line-delimiter: 0 | 0
			lineDelimiter: ; | 59
			line-delimiter: ' ; ' | 59
			line-delimiter: x | 120
			line-delimiter: ' ' | 32
			line-delimiter: "\\t" | 9
			line-delimiter: "\\0" | 0
			line-delimiter: '' | 10
			""")
	void aLineEndsWithANumberOrACharacter(String line, int octet) {
		run(yaml("gentcp: { %s, client: { a: { port: 1 } } }".formatted(line)),
				(context) -> assertThat(client(context, "a").options().lineDelimiter()).isEqualTo(octet));
		run(yaml("gentcp: { server: { a: { port: 0, %s } } }".formatted(line)),
				(context) -> assertThat(server(context, "a").options().lineDelimiter()).isEqualTo(octet));
	}

	@Test
	void linesAndHeadersAreSpelledAsInErlangToo() {
		run(yaml("gentcp: { packet: line, line_delimiter: 0, line_length: 80, header: 4, server: { a: { port: 0 } } }"),
				(context) -> {
					SocketOptions options = server(context, "a").options();
					assertThat(options.lineDelimiter()).isZero();
					assertThat(options.lineLength()).isEqualTo(80);
					assertThat(options.header()).isEqualTo(4);
				});
		run(environmentVariables("GENTCP_LINE_DELIMITER=0x1e", "GENTCP_CLIENT_A_PORT=1",
				"GENTCP_CLIENT_A_LINELENGTH=80", "GENTCP_CLIENT_A_HEADER=4"), (context) -> {
					SocketOptions options = client(context, "a").options();
					assertThat(options.lineDelimiter()).isEqualTo(0x1e);
					assertThat(options.lineLength()).isEqualTo(80);
					assertThat(options.header()).isEqualTo(4);
				});
	}

	@Test
	void whatKubernetesSaysOfAServiceCalledGentcpIsNobodysDefault() {
		run(environmentVariables("GENTCP_PORT=tcp://10.0.0.1:4000", "GENTCP_SERVICE_HOST=10.0.0.1",
				"GENTCP_SERVICE_PORT=4000", "GENTCP_HOST=elsewhere", "GENTCP_LOCAL=/tmp/x", "GENTCP_BACKLOG=many",
				"GENTCP_RECOVERY=manual", "GENTCP_SSL_BUNDLE=none", "GENTCP_PACKET=4", "GENTCP_CLIENT_A_PORT=1",
				"GENTCP_SERVER_A_PORT=0"), (context) -> {
					GenTcpClientSettings client = client(context, "a");
					assertThat(client.address()).hasToString("localhost/<unresolved>:1");
					assertThat(client.recovery()).isEqualTo(Recovery.RESUME);
					assertThat(client.options().packet()).isEqualTo(PacketType.FOUR);
					assertThat(server(context, "a").options().packet()).isEqualTo(PacketType.FOUR);
				});
	}

	@Test
	void optionsOfTheKernelAreSpelledAsInErlangToo() {
		run(yaml("gentcp: { show_econnreset: true, delay_send: true, keepidle: 60s, linger: -1, "
				+ "client: { a: { port: 1, local_port: 4004, keepidle: PT90S } }, server: { a: { port: 0 } } }"),
				(context) -> {
					SocketOptions options = client(context, "a").options();
					assertThat(options.showEconnreset()).isTrue();
					assertThat(options.delaySend()).isTrue();
					assertThat(options.port()).isEqualTo(4004);
					assertThat(options.channelOptions().reuseaddr()).isTrue();
					assertThat(options.channelOptions().keepidle()).isEqualTo(90);
					assertThat(server(context, "a").options().channelOptions().keepidle()).isEqualTo(60);
				});
		run(environmentVariables("GENTCP_CLIENT_A_PORT=1", "GENTCP_CLIENT_A_LOCALPORT=4004", "GENTCP_KEEPINTVL=5",
				"GENTCP_SHOW_ECONNRESET=true", "GENTCP_CLIENT_A_DELAYSEND=true", "GENTCP_FAMILY=inet"), (context) -> {
					SocketOptions options = client(context, "a").options();
					assertThat(options.port()).isEqualTo(4004);
					assertThat(options.channelOptions().keepintvl()).isEqualTo(5);
					assertThat(options.showEconnreset()).isTrue();
					assertThat(options.delaySend()).isTrue();
					assertThat(options.get("inet")).isEqualTo(true);
				});
	}

	@Test
	void aPathTakesThePlaceOfHostAndPort() {
		run(yaml("""
				gentcp:
				  family: inet6
				  client:
				    a: { local: /run/orders.sock, host: '', port: '' }
				  server:
				    b: { local: orders.sock }
				"""), (context) -> {
			assertThat(client(context, "a").address()).isEqualTo(UnixDomainSocketAddress.of("/run/orders.sock"));
			assertThat(client(context, "a")).hasToString("client a (/run/orders.sock)");
			assertThat(server(context, "b").address()).isEqualTo(UnixDomainSocketAddress.of("orders.sock"));
			assertThat(server(context, "b")).hasToString("server b (orders.sock)");
		});
		run(environmentVariables("GENTCP_CLIENT_A_LOCAL=/run/orders.sock", "GENTCP_SERVER_A_PORT=0",
				"GENTCP_SERVER_A_LOCAL="), (context) -> {
					assertThat(client(context, "a")).hasToString("client a (/run/orders.sock)");
					assertThat(server(context, "a").address()).isEqualTo(new InetSocketAddress(0));
				});
	}

	@ParameterizedTest
	@ValueSource(strings = { "resume", "RESUME", "manual", "close" })
	void recoveryIsAName(String recovery) {
		run(yaml("gentcp: { client: { a: { port: 1, recovery: %s } } }".formatted(recovery)),
				(context) -> assertThat(client(context, "a").recovery().name()).isEqualToIgnoringCase(recovery));
	}

	@Test
	void environmentVariablesBindOnEitherLevel() {
		run(environmentVariables("GENTCP_PACKET=4", "GENTCP_SEND_TIMEOUT=7s", "GENTCP_CLIENT_A_PORT=1",
				"GENTCP_CLIENT_B_PORT=2", "GENTCP_CLIENT_B_SEND_TIMEOUT=8000", "GENTCP_CLIENT_C_PORT=3",
				"GENTCP_CLIENT_C_SENDTIMEOUT=infinity", "GENTCP_SERVER_EDGE_PORT=0",
				"GENTCP_SERVER_EDGE_MAX_CONNECTIONS=9"), (context) -> {
					assertThat(client(context, "a").options().packet()).isEqualTo(PacketType.FOUR);
					assertThat(client(context, "a").options().sendTimeout()).isEqualTo(Duration.ofSeconds(7));
					assertThat(client(context, "b").options().sendTimeout()).isEqualTo(Duration.ofSeconds(8));
					assertThat(client(context, "c").options().sendTimeout()).isEqualTo(SocketOptions.INFINITY);
					assertThat(server(context, "edge").maxConnections()).isEqualTo(9);
				});
	}

	@ParameterizedTest
	@ValueSource(strings = { "GENTCP_CLIENT_PAYMENTSWITCH_SENDTIMEOUT", "GENTCP_CLIENT_PAYMENT_SWITCH_SEND_TIMEOUT" })
	void anEnvironmentVariableOverridesTheFile(String variable) {
		ConfiguredContext.runner()
			.withInitializer(
					yaml("gentcp: { send_timeout: 1s, client: { payment-switch: { port: 1, send-timeout: 2s } } }"))
			.withInitializer(environmentVariables(variable + "=3s"))
			.run((context) -> assertThat(client(context, "paymentSwitch").options().sendTimeout())
				.isEqualTo(Duration.ofSeconds(3)));
	}

	@Test
	void whereBothSpellingsAreOnOneLevelKebabWins() {
		run(yaml("gentcp: { client: { a: { port: 1, send_timeout: 1s, send-timeout: 2s } } }"),
				(context) -> assertThat(client(context, "a").options().sendTimeout()).isEqualTo(Duration.ofSeconds(2)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "send-timeout", "packet", "recovery", "host", "backend", "charset", "sndbuf", "nodelay",
			"high-watermark", "max-pending", "line-delimiter", "line-length", "header", "buffer", "keepidle", "linger",
			"tos", "family", "ip", "local", "local-port", "delay-send", "show-econnreset" })
	void emptyTextIsAsIfItWereNotSet(String key) {
		run(yaml("gentcp: { client: { a: { port: 1, %s: '' } } }".formatted(key)), (context) -> {
			assertThat(client(context, "a").recovery()).isEqualTo(Recovery.RESUME);
			assertThat(client(context, "a").host()).isEqualTo("localhost");
			assertDefaults(client(context, "a").options());
		});
	}

	@Test
	void emptyTextOnTheTopLevelIsAsIfItWereNotSet() {
		run(yaml("gentcp: { send-timeout: '', packet: '${PACKET:}', nodelay: '', client: { a: { port: 1 } } }"),
				(context) -> assertDefaults(client(context, "a").options()));
		run(environmentVariables("GENTCP_SEND_TIMEOUT=", "GENTCP_CLIENT_A_PORT=1", "GENTCP_CLIENT_A_PACKET="),
				(context) -> assertDefaults(client(context, "a").options()));
	}

	@Test
	void emptyTextInheritsToo() {
		run(yaml("gentcp: { send-timeout: 5s, client: { a: { port: 1, send-timeout: '' } } }"),
				(context) -> assertThat(client(context, "a").options().sendTimeout()).isEqualTo(Duration.ofSeconds(5)));
	}

	@Test
	void eachClientAndServerInheritsAndMayOverride() {
		run(yaml("""
				gentcp:
				  packet: 4
				  sndbuf: 16KB
				  nodelay: false
				  client:
				    plain: { port: 1 }
				    payment-switch: { port: 2, packet: 2, nodelay: true }
				    Big_One: { port: 3, sndbuf: 0 }
				  server:
				    plain: { port: 0 }
				    own: { port: 0, packet: line }
				"""), (context) -> {
			assertThat(client(context, "plain").options().packet()).isEqualTo(PacketType.FOUR);
			assertThat(client(context, "plain").options().channelOptions().sndbuf()).isEqualTo(16 * 1024);
			assertThat(client(context, "plain").options().channelOptions().nodelay()).isFalse();
			assertThat(client(context, "paymentSwitch").options().packet()).isEqualTo(PacketType.TWO);
			assertThat(client(context, "paymentSwitch").options().channelOptions().nodelay()).isTrue();
			assertThat(client(context, "paymentSwitch").name()).isEqualTo("payment-switch");
			assertThat(client(context, "bigOne").options().packet()).isEqualTo(PacketType.FOUR);
			assertThat(client(context, "bigOne").options().channelOptions().sndbuf()).isZero();
			assertThat(client(context, "bigOne").name()).isEqualTo("Big_One");
			assertThat(server(context, "plain").options().packet()).isEqualTo(PacketType.FOUR);
			assertThat(server(context, "own").options().packet()).isEqualTo(PacketType.LINE);
		});
	}

	@Test
	void settingsShowWhatTheyAre() {
		assertThat(Timeout.of("5s")).hasToString("5s");
		assertThat(Timeout.of("PT1M")).hasToString("1m");
		assertThat(Timeout.of("90m")).hasToString("90m");
		assertThat(Timeout.of(1500)).hasToString("1500ms");
		assertThat(Timeout.of("200us")).hasToString("200us");
		assertThat(Timeout.of("0")).hasToString("0s");
		assertThat(Timeout.of("infinity")).hasToString("infinity");
		assertThat(PacketSetting.of(4)).hasToString("4");
		assertThat(LineDelimiterSetting.of(";")).hasToString("0x3b");
		assertThat(LineDelimiterSetting.of("0x3b")).isEqualTo(LineDelimiterSetting.of(59));
		assertThat(BackendSetting.of("SOCKET")).hasToString("socket");
		assertThat(BackendSetting.of("Inet")).hasToString("inet");
		assertThat(RecoverySetting.of("Close")).hasToString("close");
		assertThat(LocalSetting.of("a.sock")).hasToString("a.sock");
		assertThat(FamilySetting.of("INET6")).hasToString("inet6");
	}

	private static void run(ApplicationContextInitializer<ConfigurableApplicationContext> source,
			Consumer<AssertableApplicationContext> assertions) {
		ConfiguredContext.runner().withInitializer(source).run((context) -> {
			assertThat(context).hasNotFailed();
			assertions.accept(context);
		});
	}

	private static GenTcpClientSettings client(AssertableApplicationContext context, String camelCaseName) {
		return context.getBean(camelCaseName + "GenTcpTemplate", GenTcpTemplate.class).settings();
	}

	private static GenTcpServerSettings server(AssertableApplicationContext context, String camelCaseName) {
		return context.getBean(camelCaseName + "GenTcpListenerContainer", GenTcpListenerContainer.class).settings();
	}

}

package io.gentcp.spring.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.gentcp.packet.PacketType;
import io.gentcp.spring.annotation.GenTcpClient;
import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.GenTcpOperations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What an application that cannot start says, whether its beans are made early or late.
 */
@ParameterizedClass
@ValueSource(booleans = { false, true })
@ExtendWith(OutputCaptureExtension.class)
class StartUpFailureTests {

	@Parameter
	boolean lazy;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gentcp.pakcet | 4 | Allowed below 'gentcp': backend, buffer, charset, client, delay-send, enabled, engine
			gentcp.port | 4 | Allowed below 'gentcp': backend
			gentcp.engine.pollerz | 2 | Allowed below 'gentcp.engine': cork, pollers, spin.
			gentcp.metrics.packet-sizes | true | Allowed below 'gentcp.metrics': packet-size.
			gentcp.observation.packet | true | Allowed below 'gentcp.observation': packets.
			gentcp.client.a.prot | 4 | Allowed below 'gentcp.client.a': backend, buffer, charset, connect-timeout
			gentcp.client.b.sendtimout | 4 | Allowed below 'gentcp.client.b': backend
			gentcp.server.a.prot | 4 | Allowed below 'gentcp.server.a': active, address, backend, backlog
			gentcp.sever.a.port | 4 | Allowed below 'gentcp': backend, buffer, charset, client
			gentcp.server.a.active | false | Allowed: once, true, or a number of packets, 1 to 32767.
			gentcp.server.a.active | 0 | Allowed: once, true, or a number of packets, 1 to 32767.
			gentcp.server.a.active | twice | Allowed: once, true, or a number of packets, 1 to 32767.
			gentcp.line-delimiter | 256 | Allowed: a byte as a number, 0 to 255 or 0x00 to 0xff
			gentcp.client.a.line-delimiter | 0x100 | Allowed: a byte as a number
			gentcp.server.a.line_delimiter | -1 | Allowed: a byte as a number
			gentcp.server.a.line-delimiter | ;; | or one ASCII character that is no digit.
			gentcp.line-delimiter | é | or one ASCII character that is no digit.
			gentcp.line-delimiter | 0x | or one ASCII character that is no digit.
			gentcp.line-length | short | Allowed: bytes such as 65536
			gentcp.client.a.header | two | Allowed: a whole number.
			gentcp.backend | epoll | Allowed: inet, socket.
			gentcp.client.a.backend | 0 | Allowed: inet, socket.
			gentcp.client.a.recovery | never | Allowed: resume, manual, close.
			gentcp.client.a.recovery | 1 | Allowed: resume, manual, close.
			gentcp.send-timeout | soon | Allowed: milliseconds such as 5000
			gentcp.send_timeout | -1 | Allowed: milliseconds such as 5000
			gentcp.server.a.send-timeout | 5 apples | Allowed: milliseconds such as 5000
			gentcp.client.a.reply-timeout | -5s | Allowed: milliseconds such as 5000
			gentcp.client.a.port | http | Allowed: a whole number.
			gentcp.nodelay | maybe | Allowed: true, false.
			gentcp.enabled | maybe | Allowed: true, false.
			gentcp.engine.spin | soon | Allowed: 0 to 10ms
			gentcp.engine.spin | -1 | Allowed: 0 to 10ms
			gentcp.charset | UTF-99 | Allowed: the name of a charset such as UTF-8.
			gentcp.sndbuf | much | Allowed: bytes such as 65536
			gentcp.server.a.address | 1.2.3  .4 | Allowed: an IP address
			gentcp.client.a.ip | 1.2.3  .4 | Allowed: an IP address
			gentcp.client.a.local-port | http | Allowed: a whole number.
			gentcp.server.a.reuseport | often | Allowed: true, false.
			gentcp.local | /run/a.sock | Allowed below 'gentcp': backend
			gentcp.family | ipv4 | Allowed: inet, inet6.
			gentcp.server.a.family | unix | Allowed: inet, inet6.
			gentcp.buffer | much | Allowed: bytes such as 65536
			gentcp.keepidle | long | Allowed: seconds such as 60, or a duration such as 60s or 2m.
			gentcp.client.a.linger | false | Allowed: seconds such as 60, or a duration such as 60s or 2m.
			gentcp.client.a.keepcnt | some | Allowed: a whole number.
			gentcp.server.a.delay_send | 1s | Allowed: true, false.
			gentcp.show-econnreset | maybe | Allowed: true, false.
			""")
	void anUnknownKeyOrAWrongValueIsNamedWithWhatIsAllowed(String property, String value, String allowed,
			CapturedOutput output) {
		assertFails(Application.class, "gentcp.client.a.port=1", "gentcp.server.a.port=0", property + "=" + value);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property '%s' with value '%s'".formatted(property.replace("_", "-"), value))
			.contains(allowed)
			.doesNotContain("Started ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gentcp.priority | Option priority cannot be set: the JDK has no such socket option.
			gentcp.client.a.ttl | Option ttl cannot be set: the JDK has no such socket option.
			gentcp.server.a.bind_to_device | Option bind_to_device cannot be set: the JDK has no such
			gentcp.server.a.tcp-module | Option tcp_module cannot be set: there is one implementation
			gentcp.tclass | Option tclass cannot be set: the JDK sets the traffic class of IPv6 with tos
			gentcp.exit_on_close | Option exit_on_close is no property: clients and servers close
			gentcp.client.a.send_timeout_close | Option send_timeout_close is no property: with backend socket it is
			gentcp.inet_backend | Option inet_backend is no property: it is called backend here.
			gentcp.client.a.inet6 | Option inet6 is no property: it is family: inet6 here.
			""")
	void anOptionOfErlangsThatIsNoPropertyIsNamedWithTheReason(String property, String reason, CapturedOutput output) {
		assertFails(Application.class, "gentcp.client.a.port=1", "gentcp.server.a.port=0", property + "=3");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("with value '3' (\"%s\" from ".formatted(property))
			.contains("cannot be used. " + reason)
			.contains("Allowed below 'gentcp")
			.doesNotContain("Started ");
	}

	@ParameterizedTest
	@CsvSource({ "gentcp.family=inet6, gentcp.client.a.ip, 127.0.0.1",
			"gentcp.family=inet, gentcp.server.a.address, ::1" })
	void anAddressOfAnotherFamilyIsSaid(String family, String property, String address, CapturedOutput output) {
		assertFails(Application.class, "gentcp.client.a.port=1", "gentcp.server.a.port=0", family,
				property + "=" + address);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("configuration property '%s'".formatted(property))
			.contains("and this is no address of it")
			.doesNotContain("Started ");
	}

	@Test
	void aValueWhereOthersBelongIsNamedWithThose(CapturedOutput output) {
		assertFails(Application.class, "gentcp.client.orders=4000");
		assertThat(output).contains("Property 'gentcp.client.orders' with value '4000' (")
			.contains("Allowed: only what is below it: backend, buffer, charset, connect-timeout, delay-send, family");
	}

	@ParameterizedTest
	@CsvSource({ "gentcp.server.port, 4000, A server needs a name: gentcp.server.<name>.port.",
			"gentcp.client.send-timeout, 5s, A client needs a name: gentcp.client.<name>.send-timeout.",
			"gentcp.client, orders, A client needs a name: gentcp.client.<name>.port." })
	void aNameThatIsForgottenIsAskedFor(String property, String value, String said, CapturedOutput output) {
		assertFails(Application.class, property + "=" + value);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property '%s' with value '%s' (\"%s\" from property source".formatted(property, value, property))
			.contains(said)
			.doesNotContain("Started ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gentcp.client.a.port | 0 | allowed: 1 to 65535
			gentcp.client.a.port | 70000 | allowed: 1 to 65535
			gentcp.server.a.port | -1 | allowed: 0 to 65535
			gentcp.server.a.backlog | 0 | allowed: 1 or more
			gentcp.server.a.max-connections | 0 | allowed: 1 or more
			gentcp.packet | 3 | allowed: raw (or 0), 1, 2, 4, asn1, sunrm, cdr, fcgi, tpkt, line, http, http_bin, httph
			gentcp.client.a.packet | lines | httph_bin, ssl_tls, or the name of a PacketType bean. There is no such bean
			gentcp.server.a.packet | lines | a @Bean method that returns an io.gentcp.packet.PacketType adds one
			gentcp.engine.pollers | 0 | allowed: 1 to 1024
			gentcp.engine.spin | 20ms | allowed: 0 to 10ms
			gentcp.engine.spin | infinity | allowed: 0 to 10ms
			gentcp.packet-size | -1 | allowed: 0 to 2147483647 bytes
			gentcp.client.a.packet-size | 3GB | allowed: 0 to 2147483647 bytes
			gentcp.server.a.recbuf | -5B | allowed: 0 to 2147483647 bytes
			gentcp.line-length | -1 | allowed: 0 to 2147483647 bytes
			gentcp.client.a.line-length | 2GB | allowed: 0 to 2147483647 bytes
			gentcp.server.a.header | -1 | allowed: 0 or more
			gentcp.high-watermark | 2GB | allowed: 0 to 2147483647 bytes
			gentcp.client.a.low-watermark | -1 | allowed: 0 to 2147483647 bytes
			gentcp.client.a.low-watermark | 9000 | at most 'gentcp.client.a.high-watermark', which is 8192
			gentcp.server.a.low-watermark | 8193B | at most 'gentcp.server.a.high-watermark', which is 8192
			gentcp.server.a.max-pending | -1 | allowed: 0 bytes or more
			gentcp.buffer | -1 | allowed: 0 to 2147483647 bytes
			gentcp.keepidle | -1s | allowed: 0 to 32767 whole seconds
			gentcp.client.a.keepintvl | 1500ms | allowed: 0 to 32767 whole seconds
			gentcp.server.a.keepcnt | 128 | allowed: 0 to 127
			gentcp.linger | -2s | allowed: -1 to 32767 whole seconds
			gentcp.tos | 256 | allowed: 0 to 255
			gentcp.client.a.local-port | 65536 | allowed: 0 to 65535
			gentcp.client.a.connect-timeout | 0 | allowed: more than 0, or infinity
			gentcp.client.a.reply-timeout | 0s | allowed: more than 0, or infinity
			gentcp.client.a.reconnect-delay | 1m | at most 'gentcp.client.a.reconnect-max-delay', which is 30s; set
			gentcp.client.a.reconnect-max-delay | 500ms | at least 'gentcp.client.a.reconnect-delay', which is 1s; set
			""")
	void aValueOutOfRangeIsNamedWithWhatIsAllowed(String property, String value, String allowed,
			CapturedOutput output) {
		assertFails(Application.class, "gentcp.client.a.port=1", "gentcp.server.a.port=0", property + "=" + value);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("configuration property '%s'".formatted(property))
			.contains("'%s'".formatted(value))
			.contains(allowed)
			.doesNotContain("Started ");
	}

	@ParameterizedTest
	@CsvSource({ "gentcp.packet, pipe-packet", "gentcp.client.a.packet, pipepacket", "gentcp.server.a.packet, notOne" })
	void aNameThatNoPacketTypeHasIsNamedWithThoseThereAre(String property, String name, CapturedOutput output) {
		assertFails(PacketTypesApplication.class, "gentcp.client.a.port=1", "gentcp.server.a.port=0",
				property + "=" + name);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("configuration property '%s'".formatted(property))
			.contains("'%s'".formatted(name))
			.contains("allowed: raw (or 0), 1, 2, 4, asn1")
			.contains("or the name of a PacketType bean: pipePacket, otherPacket")
			.doesNotContain("Started ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gentcp.backend=inet | gentcp.client.a.recovery | resume
			gentcp.client.a.backend=inet | gentcp.client.a.recovery | close
			gentcp.backend=inet | gentcp.client.a.recovery-timeout | 30s
			gentcp.client.a.backend=inet | gentcp.client.a.recovery_timeout | infinity
			""")
	void recoveryIsOfNoUseOnTheInetBackendAndItIsSaidWhy(String backend, String property, String value,
			CapturedOutput output) {
		assertFails(Application.class, "gentcp.client.a.port=1", backend, property + "=" + value);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("configuration property '%s'".formatted(property.replace("_", "-")))
			.contains("nothing to recover: a packet that is not out at its send timeout stays queued whole")
			.contains("remove it, or set 'gentcp.client.a.backend' to socket")
			.doesNotContain("Started ");
	}

	@ParameterizedTest
	@CsvSource({ "gentcp.client.a.host=example.com, gentcp.client.a.port",
			"gentcp.server.a.packet=4, gentcp.server.a.port" })
	void aMissingPortIsSaid(String property, String missing, CapturedOutput output) {
		assertFails(Application.class, property);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property '%s' is not set.".formatted(missing))
			.contains("Set '%s': the port to ".formatted(missing))
			.contains("; or '%s': the path of a local socket.".formatted(missing.replace(".port", ".local")));
	}

	@Test
	void aPortInUseIsSaid(CapturedOutput output) throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertFails(ListeningApplication.class, "gentcp.server.edge.address=127.0.0.1",
					"gentcp.server.edge.port=" + taken.getLocalPort());
			assertThat(output).contains("APPLICATION FAILED TO START")
				.contains("GenTCP server edge cannot listen on 127.0.0.1 port %d: eaddrinuse"
					.formatted(taken.getLocalPort()))
				.contains("Stop what listens on port %d, or set 'gentcp.server.edge.port' to another one."
					.formatted(taken.getLocalPort()));
		}
	}

	@ParameterizedTest
	@CsvSource({ "gentcp.client.a.host, localhost", "gentcp.client.a.port, 1", "gentcp.client.a.ip, 127.0.0.1",
			"gentcp.client.a.local-port, 4004", "gentcp.server.a.port, 0", "gentcp.server.a.address, 127.0.0.1",
			"gentcp.server.a.reuseport, true" })
	void whatALocalSocketHasNotIsSaid(String property, String value, CapturedOutput output) {
		String local = property.substring(0, property.lastIndexOf('.')) + ".local";
		assertFails(Application.class, local + "=a.sock", property + "=" + value);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("configuration property '%s'".formatted(property))
			.contains("'%s' is set, and a local socket has a path only; remove one of the two".formatted(local))
			.doesNotContain("Started ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gentcp.client.a.local", "gentcp.server.a.local" })
	void aPathThatIsTooLongIsSaid(String property, CapturedOutput output) {
		assertFails(Application.class, property + "=/" + "x".repeat(106));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property '%s' with value '/xxx".formatted(property))
			.contains("Allowed: the path of a file, at most 106 bytes.")
			.doesNotContain("Started ");
	}

	@Test
	void aPathWhereNobodyCanListenIsSaid(@TempDir Path folder, CapturedOutput output) throws IOException {
		Path missing = folder.resolve("missing/edge.sock");
		assertFails(ListeningApplication.class, "gentcp.server.edge.local=" + missing);
		assertThat(output).contains("GenTCP server edge cannot listen on %s: enoent".formatted(missing))
			.contains("Create the folder %s, or set 'gentcp.server.edge.local' to another path."
				.formatted(missing.getParent()));
		Path file = Files.createFile(folder.resolve("file"));
		assertFails(ListeningApplication.class, "gentcp.server.edge.local=" + file);
		assertThat(output).contains("GenTCP server edge cannot listen on %s: enotsock".formatted(file))
			.contains("There is a file that is no socket. Delete %s, or set 'gentcp.server.edge.local' to another path."
				.formatted(file));
		Path taken = folder.resolve("taken.sock");
		try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			channel.bind(UnixDomainSocketAddress.of(taken));
			assertFails(ListeningApplication.class, "gentcp.server.edge.local=" + taken);
		}
		assertThat(output).contains("GenTCP server edge cannot listen on %s: eaddrinuse".formatted(taken))
			.contains("Stop what listens on %s, or set 'gentcp.server.edge.local' to another path.".formatted(taken));
	}

	@Test
	void aForeignAddressIsSaid(CapturedOutput output) {
		assertFails(ListeningApplication.class, "gentcp.server.edge.address=192.0.2.1", "gentcp.server.edge.port=0");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("eaddrnotavail")
			.contains("Set 'gentcp.server.edge.address' to an address of this host.");
	}

	@Test
	void aListenerOfAnUnknownServerIsSaidWithTheConfiguredOnes(CapturedOutput output) {
		assertFails(ListeningApplication.class, "gentcp.server.egde.port=0", "gentcp.server.admin.port=0");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("EdgeListener.onPacket(String) listens to server 'edge', which is not configured.")
			.contains("Configured: ")
			.contains("egde")
			.contains("admin");
	}

	@Test
	void anUnsupportedListenerIsSaidWithWhatIsAllowed(CapturedOutput output) {
		assertFails(UnsupportedApplication.class, "gentcp.server.edge.port=0");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("UnsupportedListener.onPacket(int) has a parameter of type int, ")
			.contains("Allowed for server edge is one parameter for the packet, "
					+ "of type byte[], String, ByteBuffer, Packet.Bytes or Packet, "
					+ "and optionally one of type GenTcpConnection or TcpSocket for the connection.");
	}

	@Test
	void aListenerThatCannotTakeWhatItsServerDeliversIsSaidWithWhatCan(CapturedOutput output) {
		assertFails(ListeningApplication.class, "gentcp.server.edge.port=0", "gentcp.server.edge.packet=http");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("EdgeListener.onPacket(String) has a parameter of type String, "
					+ "but server edge, whose packet is http, delivers HttpPacket.")
			.contains("Allowed for server edge is one parameter for the packet, of type HttpPacket or Packet, ")
			.doesNotContain("Started ");
	}

	@ParameterizedTest
	@ValueSource(classes = { ByField.class, ByConstructor.class, BySetter.class })
	void aClientThatIsNotConfiguredIsSaidWithTheConfiguredOnes(Class<?> user, CapturedOutput output) {
		SpringApplicationBuilder application = application(Application.class, "gentcp.client.orders.port=1",
				"gentcp.client.payment-switch.port=2")
			.sources(user);
		application.lazyInitialization(false);
		assertThatException().isThrownBy(application::run);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("@GenTcpClient(\"payments\") in %s, ".formatted(user.getName()))
			.contains(", is not configured.")
			.contains("Configured: ")
			.contains("orders")
			.contains("payment-switch");
	}

	private void assertFails(Class<?> source, String... properties) {
		assertThatException().isThrownBy(() -> application(source, properties).run().close());
	}

	private SpringApplicationBuilder application(Class<?> source, String... properties) {
		List<String> all = new ArrayList<>(Arrays.asList(properties));
		all.add("logging.level.root=INFO");
		return new SpringApplicationBuilder(source).web(WebApplicationType.NONE)
			.lazyInitialization(this.lazy)
			.properties(all.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(GenTcpAutoConfiguration.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Application.class, EdgeListener.class })
	static class ListeningApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Application.class, UnsupportedListener.class })
	static class UnsupportedApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class PacketTypesApplication {

		@Bean
		PacketType pipePacket() {
			return new PipePacketType();
		}

		@Bean
		PipePacketType otherPacket() {
			return new PipePacketType();
		}

		@Bean
		String notOne() {
			return "not one";
		}

	}

	static class EdgeListener {

		@GenTcpListener("edge")
		String onPacket(String packet) {
			return packet;
		}

	}

	static class UnsupportedListener {

		@GenTcpListener("edge")
		void onPacket(int packet) {
		}

	}

	static class ByField {

		@Autowired
		@GenTcpClient("payments")
		GenTcpOperations payments;

	}

	static class ByConstructor {

		ByConstructor(@GenTcpClient("payments") GenTcpOperations payments) {
		}

	}

	static class BySetter {

		@Autowired
		void setPayments(@GenTcpClient("payments") GenTcpOperations payments) {
		}

	}

}

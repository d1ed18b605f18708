package io.gentcp;

import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Options by Erlang's names. */
@ParameterizedClass
@EnumSource(value = TestBackend.class, names = { "INET", "SOCKET" })
@Timeout(60)
class NamedOptionsTests {

	private static final SocketOptions DEFAULTS = SocketOptions.defaults();

	@Parameter
	private TestBackend backend;

	@Test
	void everyOptionTakesWhatErlangTakesAndGivesItBack() throws Exception {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("inet_backend", Backend.SOCKET);
		values.put("active", ActiveMode.ONCE);
		values.put("packet", PacketType.FOUR);
		values.put("send_timeout", Duration.ofMillis(1500));
		values.put("mode", "binary");
		values.put("deliver", "term");
		values.put("ip", InetAddress.getByName("127.0.0.1"));
		values.put("ifaddr", InetAddress.getByName("127.0.0.1"));
		values.put("inet", true);
		values.put("inet6", true);
		for (String name : SocketOptions.names()) {
			Object before = DEFAULTS.get(name);
			values.putIfAbsent(name, (before instanceof Boolean on) ? !on : 5);
		}
		assertThat(values.keySet()).isEqualTo(SocketOptions.names());
		values.forEach((name, value) -> assertThat(DEFAULTS.set(name, value).get(name)).as(name).isEqualTo(value));
		Map.of("inet_backend", "socket", "active", "once", "packet", "4", "send_timeout", "1500", "ip", "127.0.0.1",
				"nodelay", "true", "sndbuf", "5")
			.forEach((name, text) -> assertThat(DEFAULTS.set(name, text).get(name))
				.isEqualTo(DEFAULTS.set(name, values.get(name)).get(name)));
		assertThat(DEFAULTS.set("send_timeout", "infinity").sendTimeout()).isEqualTo(SocketOptions.INFINITY);
	}

	@Test
	void aValueThatIsNotAllowedIsRefusedWithWhatIs() {
		assertRefused("active", "twice", "active is 'twice'; it must be true, false, once or a number of packets");
		assertRefused("active", 40000, "active is 40000; a count must be -32768 to 32767");
		assertRefused("packet", 3, "packet '3' is unknown; allowed: raw, 0, 1, 2, 4, asn1");
		assertRefused("send_timeout", -1, "send_timeout is PT-0.001S; it must be zero or more");
		assertRefused("nodelay", 7, "nodelay is 7; it must be true or false");
		assertRefused("line_delimiter", 256, "line_delimiter is 256; it must be a byte, 0 to 255");
		assertRefused("mode", "list", "mode is list; it must be binary");
		assertRefused("deliver", "port", "deliver is port; it must be term");
		assertRefused("ip", "nobody.example", "ip is nobody.example; it must be an address of this host");
		assertRefused("sndbuf", "much", "sndbuf is much; it must be a whole number");
		assertRefused("inet_backend", "epoll", "inet_backend is epoll; it must be inet or socket");
	}

	@Test
	void whatJavaCannotSetIsRefusedWithTheReason() {
		assertRefused("priority", 3, "option priority cannot be set: the JDK has no such socket option");
		assertRefused("fd", 3, "option fd cannot be set: the JDK opens its sockets itself");
		assertRefused("tclass", 3, "option tclass cannot be set: the JDK sets the traffic class");
		assertRefused("nodely", true, "option 'nodely' is unknown; allowed: inet_backend, active, packet");
		assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.get("ttl"));
		SocketOptions.refused()
			.forEach((name, reason) -> assertRefused(name, 3, "option %s cannot be set: %s".formatted(name, reason)));
	}

	@Test
	void theDocsListWhatIsRefused() throws Exception {
		String docs = Files.readString(Path.of("..", "docs", "gen_tcp.md"));
		String refused = docs.substring(docs.indexOf("Refused with an error"));
		SocketOptions.refused().keySet().forEach((name) -> assertThat(refused).contains("`" + name + "`"));
	}

	@Test
	void theKernelIsAskedForWhatIsItsOwn() {
		SocketOptions options = DEFAULTS.nodelay(true)
			.recbuf(20_000)
			.keepidle(77)
			.keepintvl(7)
			.keepcnt(3)
			.tos(16)
			.linger(3);
		try (Connected connected = Connected.over(this.backend, options)) {
			TcpSocket socket = connected.socket();
			Map<String, Object> expected = new LinkedHashMap<>();
			expected.put("nodelay", true);
			expected.put("packet", PacketType.RAW);
			expected.put("recbuf", 20_000);
			expected.put("keepidle", 77);
			expected.put("keepintvl", 7);
			expected.put("keepcnt", 3);
			expected.put("tos", 16);
			expected.put("linger", 3);
			expected.put("send_timeout", SocketOptions.INFINITY);
			GetOptionsResult result = socket.getOptions(expected.keySet().toArray(String[]::new));
			assertThat(result).isEqualTo(new GetOptionsResult.Got(expected));
			assertThat(((GetOptionsResult.Got) result).values().keySet()).containsExactlyElementsOf(expected.keySet());
			assertThat(socket.setOptions((old) -> old.set("keepidle", 99))).isEqualTo(new SetOptionsResult.Set());
			assertThat(socket.getOptions("keepidle")).isEqualTo(new GetOptionsResult.Got(Map.of("keepidle", 99)));
			socket.close();
			assertThat(socket.getOptions("keepidle")).isEqualTo(new GetOptionsResult.Failed(PosixError.EINVAL));
			assertThat(socket.getOptions("packet")).isEqualTo(new GetOptionsResult.Failed(PosixError.EINVAL));
		}
	}

	@Test
	void whatASocketIsMadeWithCannotBeChanged() {
		try (Mailbox mailbox = new Mailbox(10); Connected connected = Connected.over(this.backend, DEFAULTS)) {
			TcpSocket socket = connected.socket();
			List<UnaryOperator<SocketOptions>> changes = List.of((options) -> options.set("ip", "127.0.0.1"),
					(options) -> options.backlog(77), (options) -> options.port(4000),
					(options) -> options.reuseaddr(true), (options) -> options.reuseport(true),
					(options) -> options.family(StandardProtocolFamily.INET),
					(options) -> options.partialPackets(PartialPackets.WAIT),
					(options) -> options.controllingProcess(mailbox),
					(options) -> options.backend((options.backend() == Backend.INET) ? Backend.SOCKET : Backend.INET));
			for (UnaryOperator<SocketOptions> change : changes) {
				assertThat(socket.setOptions((options) -> change.apply(options.packetSize(77))))
					.isEqualTo(new SetOptionsResult.Failed(PosixError.EINVAL));
			}
			assertThat(socket.options().packetSize()).as("nothing is set").isZero();
			assertThat(socket.setOptions((options) -> options.backlog(options.backlog()).packetSize(77)))
				.isEqualTo(new SetOptionsResult.Set());
		}
	}

	@Test
	void whatTheSystemRefusesLeavesEveryOptionAsItWas() {
		try (Connected connected = Connected.over(this.backend, DEFAULTS)) {
			TcpSocket socket = connected.socket();
			GetOptionsResult before = socket.getOptions("nodelay", "keepalive", "keepidle", "linger", "tos");
			assertThat(socket.setOptions((options) -> options.nodelay(true)
				.keepalive(true)
				.keepidle(40_000)
				.linger(3)
				.tos(16)
				.packetSize(77))).isEqualTo(new SetOptionsResult.Failed(PosixError.EINVAL));
			assertThat(socket.getOptions("nodelay", "keepalive", "keepidle", "linger", "tos")).isEqualTo(before);
			assertThat(socket.options().packetSize()).isZero();
		}
	}

	@Test
	void anAcceptedSocketHasEveryOptionOfItsListenSocket() {
		try (GenTcp genTcp = this.backend.open()) {
			SocketOptions options = this.backend.of(DEFAULTS.packet(PacketType.TWO)
				.sendTimeout(Duration.ofMillis(1234))
				.sendTimeoutClose(true)
				.nodelay(true)
				.keepalive(true)
				.delaySend(true)
				.header(3)
				.packetSize(999)
				.showEconnreset(true)
				.exitOnClose(false)
				.highWatermark(20_000)
				.lowWatermark(10_000)
				.linger(3)
				.tos(16)
				.buffer(77));
			ListenSocket listen = Connected.listen(genTcp, options);
			TcpSocket client = Connected.connect(genTcp, listen.port(), DEFAULTS);
			TcpSocket accepted = ((AcceptResult.Accepted) listen.accept(Connected.PATIENCE)).socket();
			for (String name : SocketOptions.names()) {
				assertThat(accepted.options().get(name)).as(name).isEqualTo(options.get(name));
			}
			assertThat(accepted.getOptions("nodelay", "keepalive", "linger", "tos")).isEqualTo(
					new GetOptionsResult.Got(Map.of("nodelay", true, "keepalive", true, "linger", 3, "tos", 16)));
			client.close();
		}
	}

	@Test
	void listenSocketsCanShareAPort() {
		try (GenTcp genTcp = this.backend.open()) {
			SocketOptions shared = this.backend.of(DEFAULTS.reuseport(true));
			ListenSocket first = Connected.listen(genTcp, shared);
			assertThat(genTcp.listen(first.port(), shared)).isInstanceOf(ListenResult.Listening.class);
			assertThat(genTcp.listen(first.port(), this.backend.of(DEFAULTS)))
				.isEqualTo(new ListenResult.Failed(PosixError.EADDRINUSE));
		}
	}

	private static void assertRefused(String name, Object value, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.set(name, value))
			.withMessageStartingWith(message);
	}

}

package io.gentcp.examples;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.gentcp.AcceptResult.Accepted;
import io.gentcp.ActiveMode;
import io.gentcp.ConnectResult;
import io.gentcp.ConnectResult.Connected;
import io.gentcp.ControllingProcessResult;
import io.gentcp.Direction;
import io.gentcp.GenTcp;
import io.gentcp.GetOptionsResult;
import io.gentcp.HandlerProcess;
import io.gentcp.ListenResult.Listening;
import io.gentcp.ListenSocket;
import io.gentcp.Mailbox;
import io.gentcp.RecvResult;
import io.gentcp.RecvResult.Received;
import io.gentcp.RestData;
import io.gentcp.SendResult;
import io.gentcp.SendResult.TimedOutWithRest;
import io.gentcp.SetOptionsResult;
import io.gentcp.SocketInfo;
import io.gentcp.SocketMessage.Data;
import io.gentcp.SocketMonitor;
import io.gentcp.SocketOptions;
import io.gentcp.SocketStats;
import io.gentcp.TcpSocket;
import io.gentcp.UnrecvResult;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Each function of gen_tcp and inet in Java, as {@code docs/gen_tcp.md} shows it. */
@Timeout(60)
class GenTcpFunctionsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final GenTcp genTcp = GenTcp.open();

	private final SocketOptions options = SocketOptions.defaults().backend(Backend.SOCKET).packet(PacketType.FOUR);

	@TempDir
	private Path folder;

	private ListenSocket listen;

	private TcpSocket socket;

	private TcpSocket peer;

	@BeforeEach
	void open() {
		this.listen = ((Listening) this.genTcp.listen(0, this.options)).socket();
		this.socket = connect(this.options);
		this.peer = accept();
	}

	@AfterEach
	void close() {
		this.genTcp.close();
	}

	private TcpSocket connect(SocketOptions options) {
		ConnectResult result = this.genTcp.connect("localhost", this.listen.port(), options, PATIENCE);
		return ((Connected) result).socket();
	}

	private TcpSocket accept() {
		return ((Accepted) this.listen.accept(PATIENCE)).socket();
	}

	@Test
	void connect() {
		GenTcp genTcp = this.genTcp;
		int port = this.listen.port();
		TcpSocket socket = switch (genTcp.connect("localhost", port, this.options, Duration.ofSeconds(10))) {
			case Connected(TcpSocket connected) -> connected;
			case ConnectResult.HandshakeFailed(String reason) -> throw new IllegalStateException(reason);
			case ConnectResult.TimedOut() -> throw new IllegalStateException("timeout");
			case ConnectResult.Failed(PosixError error) -> throw new IllegalStateException(error.toString());
		};
		assertThat(socket.isOpen()).isTrue();
	}

	@Test
	void connectToAnAddress() {
		GenTcp genTcp = this.genTcp;
		SocketAddress address = new InetSocketAddress("127.0.0.1", this.listen.port());
		ConnectResult result = genTcp.connect(address, this.options, Duration.ofSeconds(10));
		assertThat(result).isInstanceOf(Connected.class);
	}

	@Test
	void listen() {
		GenTcp genTcp = this.genTcp;
		if (genTcp.listen(0, this.options.backlog(1024).reuseaddr(true)) instanceof Listening(ListenSocket listen)) {
			assertThat(listen.port()).isPositive();
		}
	}

	@Test
	void local() {
		GenTcp genTcp = this.genTcp;
		UnixDomainSocketAddress path = UnixDomainSocketAddress.of(this.folder.resolve("orders.sock"));
		assertThat(genTcp.listen(path, this.options)).isInstanceOf(Listening.class);
		assertThat(genTcp.connect(path, this.options, PATIENCE)).isInstanceOf(Connected.class);
	}

	@Test
	void acceptOne() {
		ListenSocket listen = this.listen;
		TcpSocket client = connect(this.options);
		if (listen.accept(Duration.ofSeconds(5)) instanceof Accepted(TcpSocket socket)) {
			assertThat(socket.peerAddress()).isEqualTo(client.localAddress());
		}
	}

	@Test
	void send() {
		TcpSocket socket = this.socket;
		SendResult result = socket.send("hello".getBytes());
		if (result instanceof TimedOutWithRest(RestData rest)) {
			result = socket.resume(rest);
		}
		assertThat(result).isEqualTo(new SendResult.Sent());
	}

	@Test
	void recv() {
		TcpSocket socket = this.socket;
		assertThat(this.peer.send("hello".getBytes())).isEqualTo(new SendResult.Sent());
		if (socket.recv(Duration.ofSeconds(5)) instanceof Received(Packet.Bytes(byte[] bytes))) {
			assertThat(bytes).asString().isEqualTo("hello");
		}
	}

	@Test
	void unrecv() {
		TcpSocket socket = this.socket;
		UnrecvResult result = socket.unrecv(new byte[] { 0, 0, 0, 1, 'a' });
		assertThat(result).isEqualTo(new UnrecvResult.Unreceived());
		assertThat(socket.recv()).isEqualTo(new Received(new Packet.Bytes(new byte[] { 'a' })));
	}

	@Test
	void shutdown() {
		TcpSocket socket = this.socket;
		socket.shutdown(Direction.WRITE);
		assertThat(this.peer.recv()).isEqualTo(new RecvResult.Closed());
	}

	@Test
	void closeIt() {
		TcpSocket socket = this.socket;
		socket.close();
		assertThat(this.peer.recv()).isEqualTo(new RecvResult.Closed());
	}

	@Test
	void controllingProcess() {
		TcpSocket socket = this.socket;
		try (Mailbox mailbox = new Mailbox(1000); Mailbox other = new Mailbox(1000)) {
			assertThat(socket.controllingProcess(mailbox)).isEqualTo(new ControllingProcessResult.HandedOver());
			assertThat(socket.controllingProcess(mailbox, other)).isEqualTo(new ControllingProcessResult.HandedOver());
		}
	}

	@Test
	void handlerProcess() {
		TcpSocket socket = this.socket;
		HandlerProcess echo = new HandlerProcess(1, (message) -> {
			if (message instanceof Data(TcpSocket from, Packet.Bytes packet)) {
				assertThat(from.send(packet.array())).isEqualTo(new SendResult.Sent());
			}
		});
		assertThat(socket.controllingProcess(echo)).isEqualTo(new ControllingProcessResult.HandedOver());
		assertThat(socket.active(ActiveMode.TRUE)).isEqualTo(new SetOptionsResult.Set());
		assertThat(this.peer.send("hello".getBytes())).isEqualTo(new SendResult.Sent());
		assertThat(this.peer.recv(PATIENCE)).isEqualTo(new Received(new Packet.Bytes("hello".getBytes())));
	}

	@Test
	void active() {
		TcpSocket socket = this.socket;
		assertThat(this.peer.send("hello".getBytes())).isEqualTo(new SendResult.Sent());
		Mailbox mailbox = new Mailbox(1000);
		assertThat(socket.controllingProcess(mailbox)).isEqualTo(new ControllingProcessResult.HandedOver());
		assertThat(socket.active(ActiveMode.ONCE)).isEqualTo(new SetOptionsResult.Set());
		if (mailbox.receive(Duration.ofSeconds(5)).orElseThrow() instanceof Data(TcpSocket from, Packet packet)) {
			assertThat(packet).isEqualTo(new Packet.Bytes("hello".getBytes()));
		}
	}

	@Test
	void setopts() {
		TcpSocket socket = this.socket;
		SetOptionsResult result = socket.setOptions((old) -> old.packet(PacketType.LINE).nodelay(true));
		assertThat(result).isEqualTo(new SetOptionsResult.Set());
	}

	@Test
	void getopts() {
		TcpSocket socket = this.socket;
		if (socket.getOptions("packet", "nodelay") instanceof GetOptionsResult.Got(Map<String, Object> values)) {
			assertThat(values).containsEntry("packet", PacketType.FOUR);
		}
	}

	@Test
	void getstat() {
		TcpSocket socket = this.socket;
		SocketStats stats = socket.stats();
		assertThat(stats.get("recv_oct")).isZero();
	}

	@Test
	void addresses() {
		TcpSocket socket = this.socket;
		SocketAddress ours = socket.localAddress();
		SocketAddress theirs = socket.peerAddress();
		int port = socket.port();
		assertThat(ours).isEqualTo(this.peer.peerAddress());
		assertThat(theirs).isEqualTo(this.peer.localAddress());
		assertThat(port).isPositive();
	}

	@Test
	void monitor() {
		TcpSocket socket = this.socket;
		SocketMonitor monitor = socket.monitor((down) -> System.out.println(down + " is closed"));
		assertThat(monitor.cancel()).isTrue();
	}

	@Test
	void info() {
		TcpSocket socket = this.socket;
		SocketInfo info = socket.info();
		assertThat(info.state()).isEqualTo(SocketInfo.State.CONNECTED);
	}

	@Test
	void i() {
		GenTcp genTcp = this.genTcp;
		String table = genTcp.i();
		List<TcpSocket> sockets = genTcp.sockets();
		assertThat(table.split("\n")).hasSize(1 + 1 + sockets.size());
	}

	@Test
	void names() throws Exception {
		InetAddress address = InetAddress.getByName("localhost");
		InetAddress[] all = InetAddress.getAllByName("localhost");
		String name = address.getHostName();
		String text = address.getHostAddress();
		String ours = InetAddress.getLocalHost().getHostName();
		List<NetworkInterface> interfaces = NetworkInterface.networkInterfaces().toList();
		assertThat(all).contains(address);
		assertThat(name + text + ours).isNotBlank();
		assertThat(interfaces).isNotEmpty();
	}

	@Test
	void formatError() {
		String text = PosixError.ECONNREFUSED.toString();
		assertThat(text).isEqualTo("econnrefused (connection refused)");
	}

	@Test
	void optionsByName() {
		SocketOptions options = SocketOptions.defaults();
		options = options.set("packet", 4).set("send_timeout", 5000).set("active", "once");
		assertThat(options.sendTimeout()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void theDocsShowWhatIsTestedHere() throws Exception {
		String source = withoutIndent(
				Files.readString(Path.of("src/test/java/io/gentcp/examples/GenTcpFunctionsTests.java")));
		String docs = Files.readString(Path.of("..", "docs", "gen_tcp.md"));
		List<MatchResult> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
			.matcher(docs)
			.results()
			.toList();
		assertThat(blocks).hasSizeGreaterThan(15);
		blocks.forEach((block) -> assertThat(source).contains(withoutIndent(block.group(1))));
	}

	@Test
	void everyOption() throws Exception {
		SocketOptions changed = SocketOptions.defaults()
			.backend(Backend.SOCKET)
			.active(ActiveMode.ONCE)
			.packet(PacketType.FOUR)
			.packetSize(65536)
			.lineDelimiter(';')
			.lineLength(80)
			.header(2)
			.buffer(1460)
			.set("mode", "binary")
			.set("deliver", "term")
			.exitOnClose(false)
			.showEconnreset(true)
			.sendTimeout(Duration.ofSeconds(5))
			.sendTimeoutClose(true)
			.delaySend(true)
			.highWatermark(65536)
			.lowWatermark(32768)
			.nodelay(true)
			.keepalive(true)
			.keepidle(60)
			.keepintvl(10)
			.keepcnt(3)
			.reuseaddr(true)
			.reuseport(true)
			.sndbuf(262144)
			.recbuf(262144)
			.linger(0)
			.tos(16)
			.backlog(1024)
			.ip(InetAddress.getByName("127.0.0.1"))
			.set("ifaddr", "127.0.0.1")
			.port(4001)
			.family(StandardProtocolFamily.INET)
			.family(StandardProtocolFamily.INET6);
		SocketOptions.names()
			.stream()
			.filter((name) -> !Set.of("mode", "deliver", "inet").contains(name))
			.forEach((name) -> assertThat(changed.get(name)).as(name).isNotEqualTo(SocketOptions.defaults().get(name)));
	}

	@Test
	void theDocsHaveAnExampleOfEveryOption() throws Exception {
		String docs = Files.readString(Path.of("..", "docs", "gen_tcp.md"));
		String source = Files.readString(Path.of("src/test/java/io/gentcp/examples/GenTcpFunctionsTests.java"));
		for (String name : SocketOptions.names()) {
			Matcher row = Pattern.compile("\\| `%s` \\| `(.+?)` \\|".formatted(name)).matcher(docs);
			assertThat(row.find()).as(name).isTrue();
			assertThat(source).contains("." + row.group(1));
		}
	}

	private static String withoutIndent(String text) {
		return text.strip().replaceAll("\\n\\s+", "\n");
	}

}

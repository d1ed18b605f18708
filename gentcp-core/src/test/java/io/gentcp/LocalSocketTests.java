package io.gentcp;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Addresses other than a host and port: local sockets, and one family of the internet.
 */
@ParameterizedClass
@EnumSource(TestBackend.class)
@Timeout(60)
class LocalSocketTests {

	@Parameter
	private TestBackend backend;

	@TempDir
	private Path folder;

	private GenTcp genTcp;

	private SocketOptions four;

	@BeforeEach
	void open() {
		this.genTcp = this.backend.open();
		this.four = this.backend.of(SocketOptions.defaults().packet(PacketType.FOUR).nodelay(true).keepalive(true));
	}

	@AfterEach
	void close() {
		this.genTcp.close();
	}

	@Test
	void packetsGoOverALocalSocketInBothDirections() {
		UnixDomainSocketAddress path = path("a.sock");
		ListenSocket listen = listen(path);
		SocketPair pair = pair(listen, path);
		TcpSocket client = pair.client();
		TcpSocket server = pair.server();
		byte[] large = Payloads.random(1_000_000);
		WaitingCall<SendResult> send = WaitingCall.of(() -> client.send(large));
		assertThat(server.recv()).isEqualTo(new RecvResult.Received(new Packet.Bytes(large)));
		assertThat(send.result()).isEqualTo(new SendResult.Sent());
		assertThat(server.send(new byte[] { 1 })).isEqualTo(new SendResult.Sent());
		assertThat(client.recv()).isEqualTo(new RecvResult.Received(new Packet.Bytes(new byte[] { 1 })));
		server.close();
		assertThat(client.recv()).isEqualTo(new RecvResult.Closed());
	}

	@Test
	void aLocalSocketHasAPathAndNoPort() {
		UnixDomainSocketAddress path = path("b.sock");
		ListenSocket listen = listen(path);
		TcpSocket client = pair(listen, path).client();
		assertThat(client.peerAddress()).isEqualTo(path);
		assertThat(listen.localAddress()).isEqualTo(path);
		assertThatIllegalStateException().isThrownBy(listen::port)
			.withMessage("a local socket has no port; its address is '%s'".formatted(path));
		assertThatIllegalStateException().isThrownBy(client::port);
		assertThat(this.genTcp.i()).contains("local:" + path);
	}

	@Test
	void aTimeoutOnALocalSocketHasItsRestToo() {
		UnixDomainSocketAddress path = path("c.sock");
		ListenSocket listen = listen(path);
		SocketPair pair = pair(listen, path);
		TcpSocket client = pair.client();
		assertThat(client.setOptions((options) -> options.sendTimeout(Duration.ofMillis(50))))
			.isEqualTo(new SetOptionsResult.Set());
		byte[] large = Payloads.random(4_000_000);
		SendResult result = client.send(large);
		WaitingCall<RecvResult> recv = WaitingCall.of(pair.server()::recv);
		if (result instanceof SendResult.TimedOutWithRest(RestData rest)) {
			assertThat(client.resume(rest, Connected.PATIENCE)).isEqualTo(new SendResult.Sent());
		}
		assertThat(recv.result()).isEqualTo(new RecvResult.Received(new Packet.Bytes(large)));
	}

	@Test
	void aPathWhereNobodyListensIsSaid() throws Exception {
		assertThat(this.genTcp.connect(path("missing.sock"), this.four, Connected.PATIENCE))
			.isEqualTo(new ConnectResult.Failed(PosixError.ENOENT));
		UnixDomainSocketAddress path = path("d.sock");
		listen(path).close();
		assertThat(path.getPath()).as("stays, as in Erlang").exists();
		assertThat(this.genTcp.connect(path, this.four, Connected.PATIENCE))
			.isEqualTo(new ConnectResult.Failed(PosixError.ECONNREFUSED));
		assertThat(this.genTcp.listen(path, this.four)).isEqualTo(new ListenResult.Failed(PosixError.EADDRINUSE));
		Files.delete(path.getPath());
		assertThat(this.genTcp.listen(path, this.four)).isInstanceOf(ListenResult.Listening.class);
		assertThat(
				this.genTcp.listen(UnixDomainSocketAddress.of(this.folder.resolve("no/such/folder.sock")), this.four))
			.isEqualTo(new ListenResult.Failed(PosixError.ENOENT));
		Path file = Files.createFile(this.folder.resolve("file"));
		assertThat(this.genTcp.listen(UnixDomainSocketAddress.of(file.resolve("e.sock")), this.four))
			.isEqualTo(new ListenResult.Failed(PosixError.ENOTDIR));
		assertThat(this.genTcp.listen(path("x".repeat(108)), this.four)).as("too long")
			.isEqualTo(new ListenResult.Failed(PosixError.EINVAL));
	}

	@Test
	void aFullBacklogOfALocalSocketIsATimeoutAndNeverHalfAConnection() {
		UnixDomainSocketAddress path = path("e.sock");
		// Without TLS, with which nobody is connected before somebody accepts.
		SocketOptions plain = SocketOptions.defaults().packet(PacketType.FOUR);
		ListenResult listening = this.genTcp.listen(path, plain.backlog(1));
		ListenSocket listen = ((ListenResult.Listening) listening).socket();
		List<TcpSocket> connected = new ArrayList<>();
		ConnectResult last = this.genTcp.connect(path, plain, Duration.ofMillis(100));
		while (last instanceof ConnectResult.Connected(TcpSocket socket)) {
			connected.add(socket);
			last = this.genTcp.connect(path, plain, Duration.ofMillis(100));
		}
		assertThat(last).isEqualTo(new ConnectResult.TimedOut());
		for (TcpSocket client : connected) {
			assertThat(client.send(new byte[] { 1 })).isEqualTo(new SendResult.Sent());
			assertThat(SocketPair.accepted(listen.accept(Connected.PATIENCE)).recv())
				.isInstanceOf(RecvResult.Received.class);
		}
		assertThat(this.genTcp.connect(path, plain, Connected.PATIENCE)).isInstanceOf(ConnectResult.Connected.class);
	}

	@Test
	void oneFamilyOnlyIsTriedAndListenedOn() {
		SocketOptions inet = this.four.family(StandardProtocolFamily.INET);
		SocketOptions inet6 = this.four.family(StandardProtocolFamily.INET6);
		ListenSocket listen = ((ListenResult.Listening) this.genTcp.listen(0, inet)).socket();
		assertThat(SocketPair.over(this.genTcp, listen, inet).client().isOpen()).isTrue();
		assertThat(this.genTcp.connect("::1", listen.port(), inet, Connected.PATIENCE))
			.isEqualTo(new ConnectResult.Failed(PosixError.NXDOMAIN));
		assertThat(this.genTcp.connect("127.0.0.1", listen.port(), inet6, Connected.PATIENCE))
			.isEqualTo(new ConnectResult.Failed(PosixError.NXDOMAIN));
		ListenSocket six = ((ListenResult.Listening) this.genTcp.listen(new InetSocketAddress("::1", 0), inet6))
			.socket();
		WaitingCall<AcceptResult> accepting = WaitingCall.of(() -> six.accept(Connected.PATIENCE));
		assertThat(this.genTcp.connect("::1", six.port(), inet6, Connected.PATIENCE))
			.isInstanceOf(ConnectResult.Connected.class);
		assertThat(SocketPair.accepted(accepting.result()).isOpen()).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> this.four.family(StandardProtocolFamily.UNIX))
			.withMessageContaining("give its address instead");
	}

	@Test
	void portIsTheOneToConnectFrom() {
		ListenSocket listen = Connected.listen(this.genTcp, this.four);
		ListenSocket free = Connected.listen(this.genTcp, this.four);
		int port = free.port();
		free.close();
		SocketPair pair = SocketPair.over(this.genTcp, listen, this.four.port(port));
		assertThat(pair.client().port()).isEqualTo(port);
	}

	private UnixDomainSocketAddress path(String name) {
		return UnixDomainSocketAddress.of(this.folder.resolve(name));
	}

	private ListenSocket listen(UnixDomainSocketAddress path) {
		ListenResult result = this.genTcp.listen(path, this.four);
		assertThat(result).isInstanceOf(ListenResult.Listening.class);
		return ((ListenResult.Listening) result).socket();
	}

	private SocketPair pair(ListenSocket listen, UnixDomainSocketAddress path) {
		WaitingCall<AcceptResult> accepting = WaitingCall.of(() -> listen.accept(Connected.PATIENCE));
		ConnectResult result = this.genTcp.connect(path, this.four, Connected.PATIENCE);
		assertThat(result).isInstanceOf(ConnectResult.Connected.class);
		return new SocketPair(((ConnectResult.Connected) result).socket(), SocketPair.accepted(accepting.result()));
	}

}

package io.gentcp.spring.listener;

import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.gentcp.ConnectResult;
import io.gentcp.GenTcp;
import io.gentcp.ListenResult;
import io.gentcp.ListenSocket;
import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The file of a server on a local socket: whose it is, and who deletes it. */
@Timeout(60)
class LocalFileTests {

	private static final SocketOptions FOUR = SocketOptions.defaults().packet(PacketType.FOUR);

	@TempDir
	private Path folder;

	private GenTcp genTcp;

	private Path path;

	@BeforeEach
	void open() {
		this.genTcp = GenTcp.open();
		this.path = this.folder.resolve("edge.sock");
	}

	@AfterEach
	void close() {
		this.genTcp.close();
	}

	@Test
	void startingMakesTheFileAndStoppingDeletesIt() {
		GenTcpListenerContainer server = server("edge");
		server.start();
		assertThat(this.path).exists();
		assertThat(server).hasToString("server edge (%s)".formatted(this.path));
		assertThat(reply("one")).isEqualTo("ONE");

		server.stop();

		assertThat(this.path).doesNotExist();
		server.start();
		assertThat(reply("two")).isEqualTo("TWO");
		server.stop();
		assertThat(this.folder).isEmptyDirectory();
	}

	@Test
	void aServerOnAPathHasNoPort() {
		GenTcpListenerContainer server = server("edge");
		server.start();
		assertThat(server.settings().address()).isEqualTo(UnixDomainSocketAddress.of(this.path));
		assertThatIllegalStateException().isThrownBy(server::port)
			.withMessage("server edge (%s) listens on a path, and has no port".formatted(this.path));
		server.stop();
	}

	@Test
	void aFileThatNobodyListensOnIsReplaced() {
		leaveFileBehind();
		GenTcpListenerContainer server = server("edge");
		server.start();
		assertThat(reply("one")).isEqualTo("ONE");
		server.stop();
		assertThat(this.path).doesNotExist();
	}

	@Test
	void aFileThatAServerListensOnStays() {
		GenTcpListenerContainer first = server("first");
		first.start();
		assertRefused(server("second"), PosixError.EADDRINUSE);
		assertThat(reply("one")).isEqualTo("ONE");
		first.stop();
	}

	@Test
	void whatIsNoSocketStays() throws Exception {
		Files.writeString(this.path, "precious");
		assertRefused(server("edge"), PosixError.ENOTSOCK);
		assertThat(this.path).hasContent("precious");
	}

	@Test
	void aLinkToASocketStays() throws Exception {
		leaveFileBehind();
		Path link = Files.createSymbolicLink(this.folder.resolve("link.sock"), this.path);
		assertRefused(server("edge", link), PosixError.ENOTSOCK);
		assertThat(this.path).exists();
		assertThat(link).isSymbolicLink();
	}

	@Test
	void aFileThatAnotherServerHasMadeMeanwhileStays() throws Exception {
		GenTcpListenerContainer first = server("first");
		first.start();
		Files.delete(this.path);
		GenTcpListenerContainer second = server("second");
		second.start();

		first.stop();

		assertThat(reply("one")).isEqualTo("ONE");
		second.stop();
		assertThat(this.path).doesNotExist();
	}

	@Test
	void aFileThatIsGoneIsNoFailureOfStopping() throws Exception {
		GenTcpListenerContainer server = server("edge");
		server.start();
		Files.delete(this.path);
		server.stop();
		assertThat(server.isRunning()).isFalse();
	}

	@Test
	void aMissingFolderIsSaid() {
		assertRefused(server("edge", this.folder.resolve("no/edge.sock")), PosixError.ENOENT);
	}

	private GenTcpListenerContainer server(String name) {
		return server(name, this.path);
	}

	private GenTcpListenerContainer server(String name, Path path) {
		GenTcpListenerContainer server = new GenTcpListenerContainer(this.genTcp,
				GenTcpServerSettings.local(name, path).options(FOUR), Thread::startVirtualThread);
		server.setPacketHandler((packet, connection) -> ServingTests.upperCase(packet));
		return server;
	}

	private static void assertRefused(GenTcpListenerContainer server, PosixError error) {
		assertThatExceptionOfType(GenTcpListenException.class).isThrownBy(server::start)
			.withMessage("GenTCP server %s cannot listen on %s: %s".formatted(server.name(),
					server.settings().address(), error))
			.satisfies((ex) -> assertThat(ex.error()).isEqualTo(error));
	}

	/** As a process does that is killed. */
	private void leaveFileBehind() {
		if (this.genTcp.listen(UnixDomainSocketAddress.of(this.path),
				FOUR) instanceof ListenResult.Listening(ListenSocket socket)) {
			socket.close();
		}
		assertThat(this.path).exists();
	}

	private String reply(String request) {
		ConnectResult result = this.genTcp.connect(UnixDomainSocketAddress.of(this.path), FOUR, RunningServer.PATIENCE);
		assertThat(result).isInstanceOf(ConnectResult.Connected.class);
		try (TcpSocket socket = ((ConnectResult.Connected) result).socket()) {
			assertThat(socket.send(request.getBytes(StandardCharsets.UTF_8))).isEqualTo(new SendResult.Sent());
			RecvResult received = socket.recv(RunningServer.PATIENCE);
			assertThat(received).isInstanceOf(RecvResult.Received.class);
			Packet.Bytes reply = (Packet.Bytes) ((RecvResult.Received) received).packet();
			return new String(reply.array(), StandardCharsets.UTF_8);
		}
	}

}

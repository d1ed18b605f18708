package io.gentcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.FreePort;
import io.gentcp.transport.TlsOptions;
import io.gentcp.transport.TlsSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** TLS with openssl at the other end, in both roles. */
@Tag("interop")
@Timeout(60)
class TlsInteropTests {

	private static final SocketOptions LINE = SocketOptions.defaults().packet(PacketType.LINE);

	private final GenTcp genTcp = GenTcp.open();

	private final List<Process> processes = new ArrayList<>();

	@TempDir
	private Path folder;

	@BeforeAll
	static void opensslIsInstalled() {
		try {
			Assumptions.assumeTrue(new ProcessBuilder("openssl", "version").start().waitFor() == 0,
					"openssl does not run");
		}
		catch (IOException ex) {
			Assumptions.abort("openssl is not installed; it is Debian's package openssl");
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@AfterEach
	void close() {
		this.processes.forEach(Process::destroy);
		this.genTcp.close();
	}

	@ParameterizedTest
	@CsvSource({ "-tls1_2, TLSv1.2", "-tls1_3, TLSv1.3" })
	void opensslIsTheClient(String option, String protocol) throws Exception {
		try (ListenSocket listen = Connected.listen(this.genTcp, LINE.tls(TlsOptions.of(TestCertificates.server())))) {
			Process client = openssl("s_client", "-quiet", "-no_ign_eof", option, "-verify_return_error", "-CAfile",
					pem("authority"), "-verify_hostname", "localhost", "-connect", "127.0.0.1:" + listen.port());
			TcpSocket socket = ((AcceptResult.Accepted) listen.accept(Connected.PATIENCE)).socket();
			assertThat(socket.tlsSession()).map(TlsSession::protocol).contains(protocol);
			client.outputWriter().append("hello\n").flush();
			assertThat(socket.recv(Connected.PATIENCE)).isEqualTo(received("hello\n"));
			assertThat(socket.send(bytes("from gentcp\n"))).isEqualTo(new SendResult.Sent());
			assertThat(client.inputReader().readLine()).isEqualTo("from gentcp");
			socket.close();
			assertThat(client.inputReader().readLine()).isNull();
			assertThat(client.waitFor()).isZero();
		}
	}

	@ParameterizedTest
	@CsvSource({ "-tls1_2, TLSv1.2", "-tls1_3, TLSv1.3" })
	void opensslIsTheServer(String option, String protocol) throws Exception {
		int port = FreePort.find();
		Process server = openssl("s_server", option, "-key", pem("server"), "-cert", pem("server"), "-accept",
				"127.0.0.1:" + port);
		TcpSocket socket = connectWhenItListens(port);
		assertThat(socket.tlsSession()).map(TlsSession::protocol).contains(protocol);
		assertThat(socket.send(bytes("hello\n"))).isEqualTo(new SendResult.Sent());
		assertThat(server.inputReader().lines().anyMatch("hello"::equals)).isTrue();
		server.outputWriter().append("from openssl\n").flush();
		assertThat(socket.recv(Connected.PATIENCE)).isEqualTo(received("from openssl\n"));
		socket.shutdown(Direction.WRITE);
		assertThat(socket.recv(Connected.PATIENCE)).isEqualTo(new RecvResult.Closed());
	}

	@Test
	void anotherHandshakeThatOpensslAsksForIsRefused() throws Exception {
		try (ListenSocket listen = Connected.listen(this.genTcp, LINE.tls(TlsOptions.of(TestCertificates.server())))) {
			Process client = openssl("s_client", "-tls1_2", "-connect", "127.0.0.1:" + listen.port());
			TcpSocket socket = SocketPair.accepted(listen.accept(Connected.PATIENCE));
			// A line with nothing but R is a command.
			client.outputWriter().append("R\n").flush();
			assertThat(socket.recv(Connected.PATIENCE)).isInstanceOfSatisfying(RecvResult.Failed.class,
					(failed) -> assertThat(failed.detail()).contains("another handshake, which is refused"));
		}
	}

	private TcpSocket connectWhenItListens(int port) {
		SocketOptions options = LINE.tls(TlsOptions.of(TestCertificates.client()));
		ConnectResult result = await().atMost(Connected.PATIENCE)
			.until(() -> this.genTcp.connect("127.0.0.1", port, options, Connected.PATIENCE),
					ConnectResult.Connected.class::isInstance);
		return ((ConnectResult.Connected) result).socket();
	}

	private Process openssl(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("openssl"));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		this.processes.add(process);
		return process;
	}

	/** Writes a key and its certificate. */
	private String pem(String alias) throws Exception {
		Path file = this.folder.resolve(alias + ".pem");
		Files.writeString(file, TestCertificates.pem(alias));
		return file.toString();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static RecvResult received(String text) {
		return new RecvResult.Received(new Packet.Bytes(bytes(text)));
	}

}

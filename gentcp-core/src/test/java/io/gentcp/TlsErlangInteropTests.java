package io.gentcp;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

import javax.net.ssl.SSLContext;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.ErlangNode;
import io.gentcp.transport.PosixError;
import io.gentcp.transport.TlsOptions;
import io.gentcp.transport.TlsOptions.ClientAuth;
import io.gentcp.transport.TlsSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Erlang's ssl application at the other end, in both roles, with packet 4. */
@ParameterizedClass
@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
@Tag("interop")
@Timeout(120)
class TlsErlangInteropTests {

	private static final int MEGABYTE = 1024 * 1024;

	private static final SocketOptions FOUR = SocketOptions.defaults().packet(PacketType.FOUR);

	private static final SendResult SENT = new SendResult.Sent();

	private static final RecvResult CLOSED = new RecvResult.Closed();

	private static ErlangNode erlang;

	private final GenTcp genTcp = GenTcp.open();

	@Parameter
	String protocol;

	@TempDir
	Path folder;

	@AfterAll
	static void endErlang() {
		if (erlang != null) {
			erlang.close();
			erlang = null;
		}
	}

	/** Not before all of them: a test that is skipped says so and why. */
	@BeforeEach
	void startErlang() throws Exception {
		assumeTrue(ErlangNode.isInstalled(), ErlangNode.HOW_TO_INSTALL);
		erlang = (erlang != null) ? erlang : ErlangNode.start();
		erlang.forget();
		assumeTrue(!erlang.eval("code:lib_dir(ssl)").contains("bad_name"),
				"Erlang has no application ssl; with Debian's package erlang-ssl these tests run");
		erlang.eval("""
				{ok, _} = application:ensure_all_started(ssl),
				ok = logger:set_primary_config(level, none),
				Options = [binary, {packet, 4}, {active, false}, {versions, ['%s']}, {cacertfile, "%s"}],
				Key = fun(File) -> [{certfile, File}, {keyfile, File}] end,
				Connect = fun(Port, More) ->
				    ssl:connect({127,0,0,1}, Port, Options ++
				        [{verify, verify_peer}, {server_name_indication, "localhost"}] ++ More, 20000)
				end,
				Listen = fun(More) ->
				    {ok, Listening} = ssl:listen(0, Options ++ Key("%s") ++ [{ip, {127,0,0,1}}] ++ More),
				    Listening
				end,
				Accept = fun(Listening) ->
				    {ok, Accepted} = ssl:transport_accept(Listening, 20000),
				    ssl:handshake(Accepted, 20000)
				end,
				Port = fun(Listening) -> {ok, {_, Number}} = ssl:sockname(Listening), Number end"""
			.formatted(this.protocol.replace("TLSv", "tlsv"), pem("authority"), pem("server")));
	}

	@AfterEach
	void close() {
		this.genTcp.close();
	}

	@Test
	void erlangIsTheClientAndPacketsGoBothWays() {
		try (ListenSocket listen = listen(server())) {
			TcpSocket socket = acceptFromErlang(listen, "");
			assertThatPacketsGoBothWays(socket);
		}
	}

	@Test
	void erlangIsTheServerAndPacketsGoBothWays() {
		TcpSocket socket = connectToErlang("", client(TestCertificates.client()));
		assertThatPacketsGoBothWays(socket);
	}

	private void assertThatPacketsGoBothWays(TcpSocket socket) {
		assertThat(socket.tlsSession()).map(TlsSession::protocol).contains(this.protocol);
		assertThat(socket.send("hello".getBytes(StandardCharsets.US_ASCII))).isEqualTo(SENT);
		assertThat(erlang.eval("ssl:recv(S, 0, 20000)")).isEqualTo("{ok,<<\"hello\">>}");
		assertThat(erlang.eval("ssl:send(S, <<\"from Erlang\">>)")).isEqualTo("ok");
		assertThat(recv(socket)).isEqualTo(received("from Erlang".getBytes(StandardCharsets.US_ASCII)));

		byte[] large = Payloads.random(MEGABYTE);
		ErlangNode.Evaluation echo = erlang.begin("""
				{ok, Large} = ssl:recv(S, 0, 20000),
				ok = ssl:send(S, Large),
				{byte_size(Large), erlang:crc32(Large)}""");
		WaitingCall<SendResult> sending = WaitingCall.of(() -> socket.send(large));
		assertThat(recv(socket)).isEqualTo(received(large));
		assertThat(sending.result()).isEqualTo(SENT);
		assertThat(echo.value()).isEqualTo("{%d,%d}".formatted(MEGABYTE, checksum(large)));
	}

	@Test
	void anEmptyPacketIsAPacketToBoth() {
		TcpSocket socket = connectToErlang("", client(TestCertificates.client()));
		assertThat(socket.send(new byte[0])).isEqualTo(SENT);
		assertThat(erlang.eval("ssl:recv(S, 0, 20000)")).isEqualTo("{ok,<<>>}");
		assertThat(erlang.eval("ssl:send(S, <<>>)")).isEqualTo("ok");
		assertThat(recv(socket)).isEqualTo(received(new byte[0]));
	}

	@Test
	void theEndOfOurHalfIsTheEndForErlangBehindWhatWasSent() {
		try (ListenSocket listen = listen(server())) {
			TcpSocket socket = acceptFromErlang(listen, "");
			assertThat(socket.send(new byte[] { 1 })).isEqualTo(SENT);
			socket.shutdown(Direction.WRITE);
			assertThat(erlang.eval("{ssl:recv(S, 0, 20000), ssl:recv(S, 0, 20000)}"))
				.isEqualTo("{{ok,<<1>>},{error,closed}}");
			// Erlang has no half-open connections within TLS: it closes as well, without
			// close_notify. In TLS 1.3 that may hide something that it has sent.
			RecvResult end = recv(socket);
			if (this.protocol.equals("TLSv1.2")) {
				assertThat(end).isEqualTo(CLOSED);
			}
			else {
				assertThatItIsCutOff(end);
			}
		}
	}

	@Test
	void ourCloseIsTheEndForErlangBehindWhatWasSent() {
		TcpSocket socket = connectToErlang("", client(TestCertificates.client()));
		assertThat(socket.send(new byte[] { 1 })).isEqualTo(SENT);
		socket.close();
		assertThat(erlang.eval("{ssl:recv(S, 0, 20000), ssl:recv(S, 0, 20000)}"))
			.isEqualTo("{{ok,<<1>>},{error,closed}}");
	}

	@Test
	void erlangsShutdownOfBothHalvesIsTheEnd() {
		try (ListenSocket listen = listen(server())) {
			TcpSocket socket = acceptFromErlang(listen, "");
			assertThat(erlang.eval("ok = ssl:send(S, <<1>>), ssl:shutdown(S, read_write)")).isEqualTo("ok");
			assertThat(recv(socket)).isEqualTo(received(new byte[] { 1 }));
			assertThat(recv(socket)).isEqualTo(CLOSED);
		}
	}

	/** For one half, Erlang's ssl ends the TCP stream and says nothing within TLS. */
	@Test
	void erlangsShutdownOfOneHalfLooksCutOff() {
		try (ListenSocket listen = listen(server())) {
			TcpSocket socket = acceptFromErlang(listen, "");
			assertThat(erlang.eval("ok = ssl:send(S, <<1>>), ssl:shutdown(S, write)")).isEqualTo("ok");
			assertThat(recv(socket)).isEqualTo(received(new byte[] { 1 }));
			assertThatItIsCutOff(recv(socket));
		}
	}

	private static void assertThatItIsCutOff(RecvResult result) {
		assertThat(result).isInstanceOfSatisfying(RecvResult.Failed.class,
				(failed) -> assertThat(failed.error()).isEqualTo(PosixError.TLS_TRUNCATED));
	}

	@Test
	void erlangsCloseIsNoTruncation() {
		TcpSocket socket = connectToErlang("", client(TestCertificates.client()));
		assertThat(erlang.eval("ok = ssl:send(S, <<1>>), ssl:close(S)")).isEqualTo("ok");
		assertThat(recv(socket)).isEqualTo(received(new byte[] { 1 }));
		assertThat(recv(socket)).isEqualTo(CLOSED);
	}

	@Test
	void ourServerChoosesTheProtocolThatErlangOffers() {
		try (ListenSocket listen = listen(server().applicationProtocols("b", "c"))) {
			TcpSocket socket = acceptFromErlang(listen,
					"{alpn_advertised_protocols, [<<\"a\">>, <<\"c\">>, <<\"b\">>]}");
			assertThat(socket.tlsSession()).map(TlsSession::applicationProtocol).contains("b");
			assertThat(erlang.eval("ssl:negotiated_protocol(S)")).isEqualTo("{ok,<<\"b\">>}");
		}
	}

	@Test
	void erlangChoosesTheProtocolThatOurClientOffers() {
		TcpSocket socket = connectToErlang("{alpn_preferred_protocols, [<<\"b\">>, <<\"c\">>]}",
				client(TestCertificates.client()).applicationProtocols("a", "c", "b"));
		assertThat(socket.tlsSession()).map(TlsSession::applicationProtocol).contains("b");
		assertThat(erlang.eval("ssl:negotiated_protocol(S)")).isEqualTo("{ok,<<\"b\">>}");
	}

	@Test
	void erlangKnowsOurClientByTheCertificateThatItNeeds() {
		TcpSocket socket = connectToErlang("{verify, verify_peer}, {fail_if_no_peer_cert, true}",
				client(TestCertificates.certifiedClient()));
		// The name is in the DER as it is.
		assertThat(
				erlang.eval("{ok, Certificate} = ssl:peercert(S), length(binary:matches(Certificate, <<\"client\">>))"))
			.isEqualTo("1");
		assertThat(socket.send(new byte[] { 1 })).isEqualTo(SENT);
		assertThat(erlang.eval("ssl:recv(S, 0, 20000)")).isEqualTo("{ok,<<1>>}");
	}

	@Test
	void erlangRefusesOurClientWithoutTheCertificateThatItNeeds() {
		int port = erlang.evalInt("L = Listen([{verify, verify_peer}, {fail_if_no_peer_cert, true}]), Port(L)");
		ErlangNode.Evaluation accepting = erlang.begin("{error, {tls_alert, {Alert, _}}} = Accept(L), Alert");
		ConnectResult result = connect(port, client(TestCertificates.client()));
		assertThat(accepting.value()).isIn("handshake_failure", "certificate_required");
		switch (result) {
			case ConnectResult.HandshakeFailed(String reason) -> assertThat(reason).contains("fatal alert");
			// In TLS 1.3 the client is done before the server has looked.
			case ConnectResult.Connected(TcpSocket socket) ->
				assertThat(recv(socket)).isInstanceOfSatisfying(RecvResult.Failed.class, (failed) -> {
					assertThat(failed.error()).isEqualTo(PosixError.TLS_ALERT);
					assertThat(failed.detail()).contains("certificate_required");
				});
			default -> throw new AssertionError(result);
		}
	}

	@Test
	void ourServerKnowsErlangByTheCertificateThatItNeeds() throws Exception {
		String client = file("client", TestCertificates.certifiedClientPem());
		try (ListenSocket listen = listen(server().clientAuth(ClientAuth.NEED))) {
			TcpSocket socket = acceptFromErlang(listen, "{certfile, \"%1$s\"}, {keyfile, \"%1$s\"}".formatted(client));
			assertThat(socket.tlsSession().orElseThrow().peerCertificates().getFirst().toString())
				.contains("CN=client");
			assertThat(erlang.eval("ssl:send(S, <<1>>)")).isEqualTo("ok");
			assertThat(recv(socket)).isEqualTo(received(new byte[] { 1 }));
		}
	}

	@Test
	void ourServerRefusesErlangWithoutTheCertificateThatItNeeds() {
		try (ListenSocket listen = listen(server().clientAuth(ClientAuth.NEED))) {
			ErlangNode.Evaluation connecting = erlang.begin("""
					{error, Reason} = case Connect(%d, []) of
					    {ok, S} -> ssl:recv(S, 0, 20000);
					    Failed -> Failed
					end,
					case Reason of {tls_alert, _} -> refused; closed -> refused; Other -> Other end"""
				.formatted(listen.port()));
			assertThat(listen.accept(Connected.PATIENCE)).isInstanceOfSatisfying(AcceptResult.HandshakeFailed.class,
					(failed) -> assertThat(failed.reason()).contains("Empty client certificate chain"));
			// Erlang may see the end of the stream before it has looked at the alert.
			assertThat(connecting.value()).isEqualTo("refused");
		}
	}

	@Test
	void aServerThatErlangDoesNotTrustIsToldSo() {
		try (ListenSocket listen = listen(TlsOptions.of(TestCertificates.elsewhere()).protocols(this.protocol))) {
			ErlangNode.Evaluation connecting = erlang
				.begin("{error, {tls_alert, {Alert, _}}} = Connect(%d, []), Alert".formatted(listen.port()));
			assertThat(listen.accept(Connected.PATIENCE)).isInstanceOfSatisfying(AcceptResult.HandshakeFailed.class,
					(failed) -> assertThat(failed.reason()).contains("handshake_failure"));
			assertThat(connecting.value()).isEqualTo("handshake_failure");
		}
	}

	private TlsOptions server() {
		return TlsOptions.of(TestCertificates.server()).protocols(this.protocol);
	}

	private TlsOptions client(SSLContext context) {
		return TlsOptions.of(context).protocols(this.protocol);
	}

	private ListenSocket listen(TlsOptions tls) {
		return Connected.listen(this.genTcp, FOUR.tls(tls));
	}

	private ConnectResult connect(int port, TlsOptions tls) {
		return this.genTcp.connect("localhost", port, FOUR.tls(tls), Connected.PATIENCE);
	}

	/** Erlang's socket is S. */
	private static TcpSocket acceptFromErlang(ListenSocket listen, String more) {
		ErlangNode.Evaluation connecting = erlang
			.begin("{ok, S} = Connect(%d, [%s]), ok".formatted(listen.port(), more));
		TcpSocket socket = SocketPair.accepted(listen.accept(Connected.PATIENCE));
		assertThat(connecting.value()).isEqualTo("ok");
		return socket;
	}

	/** Erlang's socket is S. */
	private TcpSocket connectToErlang(String more, TlsOptions tls) {
		int port = erlang.evalInt("L = Listen([%s]), Port(L)".formatted(more));
		ErlangNode.Evaluation accepting = erlang.begin("{ok, S} = Accept(L), ok");
		ConnectResult result = connect(port, tls);
		assertThat(result).isInstanceOf(ConnectResult.Connected.class);
		assertThat(accepting.value()).isEqualTo("ok");
		return ((ConnectResult.Connected) result).socket();
	}

	private static RecvResult recv(TcpSocket socket) {
		return socket.recv(Connected.PATIENCE);
	}

	private static RecvResult received(byte[] packet) {
		return new RecvResult.Received(new Packet.Bytes(packet));
	}

	private static long checksum(byte[] bytes) {
		CRC32 checksum = new CRC32();
		checksum.update(bytes);
		return checksum.getValue();
	}

	/** Writes a key and its certificate. */
	private String pem(String alias) throws Exception {
		return file(alias, TestCertificates.pem(alias));
	}

	private String file(String name, String content) throws Exception {
		return Files.writeString(this.folder.resolve(name + ".pem"), content).toString();
	}

}

package io.gentcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.transport.TlsOptions;
import io.gentcp.transport.TlsOptions.ClientAuth;
import io.gentcp.transport.TlsSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** How the two sides of a TLS connection come to terms, or do not. */
@Timeout(60)
class TlsHandshakeTests {

	private static final SocketOptions FOUR = SocketOptions.defaults().packet(PacketType.FOUR);

	private static final TlsOptions SERVER = TlsOptions.of(TestCertificates.server());

	private static final TlsOptions CLIENT = TlsOptions.of(TestCertificates.client());

	private static final Duration SHORT = Duration.ofMillis(300);

	private final GenTcp genTcp = GenTcp.open();

	@AfterEach
	void close() {
		this.genTcp.close();
	}

	@ParameterizedTest
	@CsvSource({ "TLSv1.3, TLSv1.3", "TLSv1.2, TLSv1.2" })
	void bothSidesSpeakTheVersionThatOneOfThemInsistsOn(String protocol, String spoken) {
		try (Pair pair = pair(SERVER, CLIENT.protocols(protocol))) {
			assertThat(pair.client().tlsSession()).map(TlsSession::protocol).contains(spoken);
			assertThat(pair.server().tlsSession()).map(TlsSession::protocol).contains(spoken);
			assertThat(pair.client().send(bytes("hello"))).isEqualTo(new SendResult.Sent());
			assertThat(pair.server().recv(Connected.PATIENCE)).isEqualTo(received("hello"));
			assertThat(pair.server().send(bytes("hi"))).isEqualTo(new SendResult.Sent());
			assertThat(pair.client().recv(Connected.PATIENCE)).isEqualTo(received("hi"));
		}
	}

	@Test
	void aPlainConnectionHasNoSession() {
		try (Connected connected = Connected.over(TestBackend.SOCKET, FOUR)) {
			assertThat(connected.socket().tlsSession()).isEmpty();
		}
	}

	@Test
	void theClientSeesTheCertificateOfTheServer() {
		try (Pair pair = pair(SERVER, CLIENT)) {
			assertThat(pair.client().tlsSession().orElseThrow().peerCertificates().getFirst()).isInstanceOfSatisfying(
					X509Certificate.class, (certificate) -> assertThat(certificate.getSubjectX500Principal().getName())
						.isEqualTo("CN=server"));
			assertThat(pair.server().tlsSession().orElseThrow().peerCertificates()).isEmpty();
		}
	}

	@Test
	void theFirstProtocolThatBothNameIsSpokenAboveTls() {
		try (Pair pair = pair(SERVER.applicationProtocols("b", "c"), CLIENT.applicationProtocols("a", "c", "b"))) {
			assertThat(pair.client().tlsSession()).map(TlsSession::applicationProtocol).contains("b");
			assertThat(pair.server().tlsSession()).map(TlsSession::applicationProtocol).contains("b");
		}
	}

	@Test
	void withoutAProtocolInCommonThereIsNoConnection() {
		Failure failure = failure(SERVER.applicationProtocols("a"), CLIENT.applicationProtocols("b"));
		assertThat(failure.client()).contains("no_application_protocol");
		assertThat(failure.server()).contains("No matching application layer protocol");
	}

	@Test
	void aServerThatNobodyHasVouchedForIsRefused() {
		Failure failure = failure(SERVER, TlsOptions.of(TestCertificates.distrustful()));
		assertThat(failure.client()).contains("issued by nobody this side trusts")
			.endsWith("into the trust store of this side: that of its SSL bundle or SSLContext");
		assertThat(failure.server()).contains("certificate_unknown");
	}

	@Test
	void anExpiredCertificateIsRefused() {
		Failure failure = failure(TlsOptions.of(TestCertificates.expired()), CLIENT);
		assertThat(failure.client()).contains("has expired");
	}

	@Test
	void aServerThatIsNotTheHostIsRefused() {
		Failure failure = failure(TlsOptions.of(TestCertificates.elsewhere()), CLIENT);
		assertThat(failure.client()).contains("localhost");
	}

	@Test
	void theHostIsNotVerifiedIfThatIsNotWanted() {
		try (Pair pair = pair(TlsOptions.of(TestCertificates.elsewhere()), CLIENT.verifyHost(false))) {
			assertThat(pair.client().isOpen()).isTrue();
		}
	}

	@Test
	void theNameThatIsAskedForIsTheOneThatIsVerified() {
		try (Pair pair = pair(TlsOptions.of(TestCertificates.elsewhere()), CLIENT.serverName("elsewhere.test"))) {
			assertThat(pair.client().isOpen()).isTrue();
		}
		assertThat(failure(SERVER, CLIENT.serverName("elsewhere.test")).client()).contains("elsewhere.test");
	}

	@Test
	void aClientIsKnownByTheCertificateThatTheServerNeeds() {
		try (Pair pair = pair(SERVER.clientAuth(ClientAuth.NEED), TlsOptions.of(TestCertificates.certifiedClient()))) {
			assertThat(pair.server().tlsSession().orElseThrow().peerCertificates().getFirst()).isInstanceOfSatisfying(
					X509Certificate.class, (certificate) -> assertThat(certificate.getSubjectX500Principal().getName())
						.isEqualTo("CN=client"));
		}
	}

	@Test
	void aClientMayHaveNoCertificateIfTheServerOnlyWantsOne() {
		try (Pair pair = pair(SERVER.clientAuth(ClientAuth.WANT), CLIENT)) {
			assertThat(pair.server().tlsSession().orElseThrow().peerCertificates()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void aClientWithoutTheCertificateThatIsNeededLearnsSo(String protocol) {
		try (ListenSocket listen = Connected.listen(this.genTcp, FOUR.tls(SERVER.clientAuth(ClientAuth.NEED)))) {
			WaitingCall<AcceptResult> accepting = WaitingCall.of(listen::accept);
			ConnectResult result = connect(listen, CLIENT.protocols(protocol));
			assertThat(accepting.result()).isInstanceOfSatisfying(AcceptResult.HandshakeFailed.class,
					(failed) -> assertThat(failed.reason()).contains("Empty client certificate chain"));
			switch (result) {
				case ConnectResult.HandshakeFailed(String reason) -> assertThat(reason).contains("fatal alert");
				// In TLS 1.3 the client is done before the server has looked.
				case ConnectResult.Connected(TcpSocket socket) -> {
					assertThat(socket.recv(Connected.PATIENCE)).isInstanceOfSatisfying(RecvResult.Failed.class,
							(failed) -> {
								assertThat(failed.error().atom()).isEqualTo("tls_alert");
								assertThat(failed.detail()).contains("certificate");
							});
				}
				default -> throw new AssertionError(result);
			}
		}
	}

	@Test
	void aSilentClientHoldsUpNobodyAndIsGivenUp() {
		SocketOptions options = FOUR.tls(SERVER.handshakeTimeout(Duration.ofSeconds(2)));
		try (ListenSocket listen = Connected.listen(this.genTcp, options);
				PeerConnection silent = ScriptedPeer.connecting("127.0.0.1", listen.port())) {
			WaitingCall<AcceptResult> accepting = WaitingCall.of(listen::accept);
			assertThat(connect(listen, CLIENT)).isInstanceOf(ConnectResult.Connected.class);
			assertThat(accepting.result()).isInstanceOf(AcceptResult.Accepted.class);
			assertThat(listen.accept(Connected.PATIENCE)).isInstanceOfSatisfying(AcceptResult.HandshakeFailed.class,
					(failed) -> {
						assertThat(failed.peer()).isEqualTo(silent.localAddress());
						assertThat(failed.reason()).contains("within 2 s");
					});
			silent.awaitEndOfStream(Connected.PATIENCE);
		}
	}

	@Test
	void aClientThatStopsInTheMiddleIsGivenUp() {
		SocketOptions options = FOUR.tls(SERVER.handshakeTimeout(SHORT));
		try (ListenSocket listen = Connected.listen(this.genTcp, options);
				PeerConnection stopping = ScriptedPeer.connecting("127.0.0.1", listen.port(),
						Step.send(new byte[] { 22, 3, 1, 2, 0, 1 }))) {
			assertThat(listen.accept(Connected.PATIENCE)).isInstanceOfSatisfying(AcceptResult.HandshakeFailed.class,
					(failed) -> assertThat(failed.reason()).contains("within 300 ms"));
			assertThat(stopping.receivedCount()).isZero();
		}
	}

	@Test
	void aClientThatSpeaksSomethingElseIsShownToDoSo() {
		try (ListenSocket listen = Connected.listen(this.genTcp, FOUR.tls(SERVER));
				PeerConnection plain = ScriptedPeer.connecting("127.0.0.1", listen.port(),
						Step.send(bytes("GET / HTTP/1.1\r\n\r\n")))) {
			assertThat(listen.accept(Connected.PATIENCE)).isInstanceOfSatisfying(AcceptResult.HandshakeFailed.class,
					(failed) -> {
						assertThat(failed.peer()).isEqualTo(plain.localAddress());
						assertThat(failed.reason()).contains("does not speak TLS")
							.contains("47 45 54")
							.contains("(GET / H");
					});
		}
	}

	@Test
	void aServerThatSpeaksSomethingElseIsShownToDoSo() {
		try (ScriptedPeer plain = ScriptedPeer.listening(Step.send(bytes("220 mail.test ESMTP\r\n")), Step.readAll())) {
			assertThat(this.genTcp.connect("localhost", plain.port(), FOUR.tls(CLIENT), Connected.PATIENCE))
				.isInstanceOfSatisfying(ConnectResult.HandshakeFailed.class,
						(failed) -> assertThat(failed.reason()).contains("does not speak TLS", "(220 mail"));
		}
	}

	@Test
	void aServerThatClosesIsToldFromOneThatIsSlow() {
		try (ScriptedPeer closing = ScriptedPeer.listening(Step.read(1), Step.halfClose());
				ScriptedPeer silent = ScriptedPeer.listening()) {
			assertThat(this.genTcp.connect("localhost", closing.port(), FOUR.tls(CLIENT), Connected.PATIENCE))
				.isInstanceOfSatisfying(ConnectResult.HandshakeFailed.class,
						(failed) -> assertThat(failed.reason()).contains("closed the connection"));
			assertThat(this.genTcp.connect("localhost", silent.port(), FOUR.tls(CLIENT.handshakeTimeout(SHORT)),
					Connected.PATIENCE))
				.isInstanceOfSatisfying(ConnectResult.HandshakeFailed.class,
						(failed) -> assertThat(failed.reason()).contains("within 300 ms"));
			assertThat(this.genTcp.connect("localhost", silent.port(), FOUR.tls(CLIENT), SHORT))
				.isEqualTo(new ConnectResult.TimedOut());
			silent.accept().awaitEndOfStream(Connected.PATIENCE);
		}
	}

	@Test
	void closingTheListenSocketEndsHandshakesAndConnectionsThatNobodyTook() {
		ListenSocket listen = Connected.listen(this.genTcp, FOUR.tls(SERVER));
		try (PeerConnection silent = ScriptedPeer.connecting("127.0.0.1", listen.port())) {
			assertThat(listen.accept(SHORT)).isEqualTo(new AcceptResult.TimedOut());
			listen.close();
			silent.awaitEndOfStream(Connected.PATIENCE);
			assertThat(listen.accept()).isEqualTo(new AcceptResult.Closed());
		}
	}

	@Test
	void closingTheRuntimeEndsAHandshakeThatWaits() {
		try (ScriptedPeer silent = ScriptedPeer.listening()) {
			WaitingCall<ConnectResult> connecting = WaitingCall
				.of(() -> this.genTcp.connect("localhost", silent.port(), FOUR.tls(CLIENT), Connected.PATIENCE));
			silent.accept().awaitReceived(1, Connected.PATIENCE);
			this.genTcp.close();
			assertThat(connecting.future()).failsWithin(Connected.PATIENCE)
				.withThrowableThat()
				.withCauseInstanceOf(IllegalStateException.class);
		}
	}

	/** In two pieces, the second would wait until the peer acknowledges the first. */
	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void whatAClientAnswersComesInOnePiece(String protocol) throws Exception {
		SSLEngine server = TestCertificates.server().createSSLEngine();
		server.setUseClientMode(false);
		server.setEnabledProtocols(new String[] { protocol });
		try (ServerSocketChannel listening = ServerSocketChannel.open()
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
			int port = listening.socket().getLocalPort();
			WaitingCall<ConnectResult> connecting = WaitingCall
				.of(() -> this.genTcp.connect("localhost", port, FOUR.tls(CLIENT), Connected.PATIENCE));
			try (SocketChannel channel = listening.accept()) {
				answerOneRead(server, channel);
				assertThat(isTheClientsTurn(server)).isTrue();
				answerOneRead(server, channel);
				assertThat(isTheClientsTurn(server)).as("that was all of its answer").isFalse();
				assertThat(connecting.result()).isInstanceOf(ConnectResult.Connected.class);
			}
		}
	}

	private static boolean isTheClientsTurn(SSLEngine server) {
		return server.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP;
	}

	private static void answerOneRead(SSLEngine server, SocketChannel channel) throws IOException {
		ByteBuffer read = ByteBuffer.allocate(64 * 1024);
		assertThat(channel.read(read)).isPositive();
		read.flip();
		while (read.hasRemaining()) {
			assertThat(server.unwrap(read, ByteBuffer.allocate(64 * 1024)).getStatus())
				.isEqualTo(SSLEngineResult.Status.OK);
			for (Runnable task = server.getDelegatedTask(); task != null; task = server.getDelegatedTask()) {
				task.run();
			}
		}
		ByteBuffer answer = ByteBuffer.allocate(256 * 1024);
		while (server.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
			server.wrap(ByteBuffer.allocate(0), answer);
		}
		channel.write(answer.flip());
	}

	@Test
	void eachHandshakeHasTheCertificateThatThereIsByThen() {
		AtomicReference<SSLContext> current = new AtomicReference<>(TestCertificates.server());
		SocketOptions options = FOUR.tls(TlsOptions.of(current::get));
		TlsOptions anyHost = CLIENT.verifyHost(false);
		try (ListenSocket listen = Connected.listen(this.genTcp, options);
				Pair before = pair(listen, anyHost);
				Pair after = afterwards(() -> current.set(TestCertificates.elsewhere()), listen, anyHost)) {
			assertThat(nameOfPeer(before.client())).isEqualTo("CN=server");
			assertThat(nameOfPeer(after.client())).isEqualTo("CN=elsewhere");
			assertThat(before.server().send(bytes("still here"))).isEqualTo(new SendResult.Sent());
			assertThat(before.client().recv(Connected.PATIENCE)).isEqualTo(received("still here"));
		}
	}

	@Test
	void certificatesAreCheckedOnTheThreadThatConnects() throws Exception {
		CompletableFuture<Thread> checking = new CompletableFuture<>();
		SSLContext watching = SSLContext.getInstance("TLS");
		watching.init(null, new TrustManager[] { new Watching(checking) }, null);
		try (Pair pair = pair(SERVER, TlsOptions.of(watching).verifyHost(false))) {
			assertThat(pair.client().isOpen()).isTrue();
			assertThat(checking).isCompletedWithValue(Thread.currentThread());
		}
	}

	@Test
	void aContextThatCannotBeHadFailsTheHandshakeOfEitherSide() {
		TlsOptions missing = TlsOptions.of(() -> {
			throw new IllegalStateException("the key is gone");
		});
		Failure ofServer = failure(missing, CLIENT);
		assertThat(ofServer.server()).isEqualTo("the SSLContext of this side cannot be used: the key is gone");
		assertThat(ofServer.client()).contains("the connection");
		try (ListenSocket listen = Connected.listen(this.genTcp, FOUR.tls(SERVER))) {
			assertThat(connect(listen, missing)).isEqualTo(
					new ConnectResult.HandshakeFailed("the SSLContext of this side cannot be used: the key is gone"));
		}
	}

	@Test
	void theCipherSuiteThatOneSideInsistsOnIsSpoken() {
		try (Pair pair = pair(SERVER, CLIENT.cipherSuites("TLS_AES_128_GCM_SHA256"))) {
			assertThat(pair.server().tlsSession()).map(TlsSession::cipherSuite).contains("TLS_AES_128_GCM_SHA256");
		}
		try (Pair pair = pair(SERVER.cipherSuites("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"), CLIENT)) {
			assertThat(pair.client().tlsSession()).map(TlsSession::protocol).contains("TLSv1.2");
		}
	}

	@Test
	void onAPollerNoHandshakeIsWaitedFor() {
		CompletableFuture<ConnectResult> connected = new CompletableFuture<>();
		try (ListenSocket listen = Connected.listen(this.genTcp, FOUR.tls(SERVER));
				Connected plain = Connected.over(TestBackend.SOCKET, FOUR.active(ActiveMode.ONCE)
					.controllingProcess((message) -> connected.complete(connect(listen, CLIENT))))) {
			plain.peer().send(new byte[] { 0, 0, 0, 1, 'a' });
			assertThat(connected).succeedsWithin(Connected.PATIENCE).isEqualTo(new ConnectResult.TimedOut());
		}
	}

	@Test
	void whatCannotBeOfferedIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> CLIENT.cipherSuites("TLS_ROT13"))
			.withMessageStartingWith("cipher suites are [TLS_ROT13]; they must be one or more of [")
			.withMessageContaining("TLS_AES_256_GCM_SHA384");
		assertThatIllegalArgumentException().isThrownBy(() -> CLIENT.applicationProtocols("h2", ""))
			.withMessage("application protocol '' has 0 bytes; it must have 1 to 255");
		assertThatIllegalArgumentException().isThrownBy(() -> CLIENT.protocols("TLSv1.1"))
			.withMessage("protocols are [TLSv1.1]; they must be one or more of [TLSv1.3, TLSv1.2]");
		assertThatIllegalArgumentException().isThrownBy(() -> CLIENT.handshakeTimeout(Duration.ZERO))
			.withMessageContaining("must be more than zero");
	}

	@Test
	void tlsCannotBeChangedOnALiveSocket() {
		try (Connected connected = Connected.over(TestBackend.SOCKET, FOUR)) {
			assertThat(connected.socket().setOptions((options) -> options.tls(CLIENT)))
				.isNotEqualTo(new SetOptionsResult.Set());
		}
	}

	private Pair pair(TlsOptions server, TlsOptions client) {
		try (ListenSocket listen = Connected.listen(this.genTcp, FOUR.tls(server))) {
			return pair(listen, client);
		}
	}

	private Pair afterwards(Runnable first, ListenSocket listen, TlsOptions client) {
		first.run();
		return pair(listen, client);
	}

	private Pair pair(ListenSocket listen, TlsOptions client) {
		WaitingCall<AcceptResult> accepting = WaitingCall.of(listen::accept);
		ConnectResult connected = connect(listen, client);
		assertThat(connected).isInstanceOf(ConnectResult.Connected.class);
		AcceptResult accepted = accepting.result();
		assertThat(accepted).isInstanceOf(AcceptResult.Accepted.class);
		return new Pair(((ConnectResult.Connected) connected).socket(), ((AcceptResult.Accepted) accepted).socket());
	}

	private static String nameOfPeer(TcpSocket socket) {
		X509Certificate certificate = (X509Certificate) socket.tlsSession().orElseThrow().peerCertificates().getFirst();
		return certificate.getSubjectX500Principal().getName();
	}

	private Failure failure(TlsOptions server, TlsOptions client) {
		try (ListenSocket listen = Connected.listen(this.genTcp, FOUR.tls(server))) {
			WaitingCall<AcceptResult> accepting = WaitingCall.of(listen::accept);
			String reason = ((ConnectResult.HandshakeFailed) connect(listen, client)).reason();
			return new Failure(reason, ((AcceptResult.HandshakeFailed) accepting.result()).reason());
		}
	}

	private ConnectResult connect(ListenSocket listen, TlsOptions client) {
		return this.genTcp.connect("localhost", listen.port(), FOUR.tls(client), Connected.PATIENCE);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static RecvResult received(String text) {
		return new RecvResult.Received(new Packet.Bytes(bytes(text)));
	}

	/** Trusts everybody, and tells which thread it was asked on. */
	private static final class Watching extends X509ExtendedTrustManager {

		private final CompletableFuture<Thread> checking;

		Watching(CompletableFuture<Thread> checking) {
			this.checking = checking;
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
			this.checking.complete(Thread.currentThread());
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type) {
			throw new UnsupportedOperationException();
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

	private record Failure(String client, String server) {
	}

	private record Pair(TcpSocket client, TcpSocket server) implements AutoCloseable {

		@Override
		public void close() {
			this.client.close();
			this.server.close();
		}

	}

}

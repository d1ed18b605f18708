package io.gentcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.gentcp.transport.TlsOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A socket of ours, connected to the JDK's TLS.
 *
 * @param below the TCP connection of the peer, to do without TLS what TLS would not
 */
record TlsConnected(GenTcp genTcp, TcpSocket socket, Socket below, SSLSocket peer) implements AutoCloseable {

	/** The peer is the server; it speaks the versions that it is told. */
	static TlsConnected toServer(SocketOptions options, String protocol) throws Exception {
		GenTcp genTcp = GenTcp.open();
		try (ServerSocket listening = new ServerSocket()) {
			listening.setReceiveBufferSize(16 * 1024);
			listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			SocketOptions tls = options.tls(TlsOptions.of(TestCertificates.client()));
			WaitingCall<ConnectResult> connecting = WaitingCall
				.of(() -> genTcp.connect("127.0.0.1", listening.getLocalPort(), tls, Connected.PATIENCE));
			Socket below = listening.accept();
			SSLSocket peer = over(below, TestCertificates.server(), false, protocol);
			ConnectResult result = connecting.result();
			assertThat(result).isInstanceOf(ConnectResult.Connected.class);
			return new TlsConnected(genTcp, ((ConnectResult.Connected) result).socket(), below, peer);
		}
	}

	/** The peer is the client. */
	static TlsConnected toClient(SocketOptions options, String protocol) throws Exception {
		return toClient(GenTcp.open(), options, protocol, (port) -> new Socket(InetAddress.getLoopbackAddress(), port));
	}

	/** The peer is the client, on a TCP connection that a test has its own way with. */
	static TlsConnected toClient(GenTcp genTcp, SocketOptions options, String protocol, Below connect)
			throws Exception {
		try (ListenSocket listen = Connected.listen(genTcp, options.tls(TlsOptions.of(TestCertificates.server())))) {
			WaitingCall<AcceptResult> accepting = WaitingCall.of(listen::accept);
			Socket below = connect.to(listen.port());
			SSLSocket peer = over(below, TestCertificates.client(), true, protocol);
			AcceptResult result = accepting.result();
			assertThat(result).isInstanceOf(AcceptResult.Accepted.class);
			return new TlsConnected(genTcp, ((AcceptResult.Accepted) result).socket(), below, peer);
		}
	}

	private static SSLSocket over(Socket below, SSLContext context, boolean client, String protocol)
			throws IOException {
		below.setSoTimeout((int) Connected.PATIENCE.toMillis());
		SSLSocket peer = (SSLSocket) context.getSocketFactory().createSocket(below, "localhost", 1, true);
		peer.setUseClientMode(client);
		peer.setEnabledProtocols(new String[] { protocol });
		peer.startHandshake();
		return peer;
	}

	void peerSends(byte[] bytes) throws IOException {
		this.peer.getOutputStream().write(bytes);
	}

	byte[] peerReadsToTheEnd() throws IOException {
		return this.peer.getInputStream().readAllBytes();
	}

	@Override
	public void close() throws IOException {
		this.genTcp.close();
		this.below.close();
	}

	/** Connects without TLS. */
	@FunctionalInterface
	interface Below {

		Socket to(int port) throws IOException;

	}

}

package io.gentcp.benchmarks.tls;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import io.gentcp.AcceptResult;
import io.gentcp.ConnectResult;
import io.gentcp.Direction;
import io.gentcp.GenTcp;
import io.gentcp.ListenResult;
import io.gentcp.ListenSocket;
import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.TlsOptions;

/**
 * gentcp with its default options: a virtual thread for each connection of the server.
 */
final class GentcpContender implements Contender {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final GenTcp genTcp = GenTcp.open();

	private final Certificates certificates;

	private final ListenSocket listen;

	/** How many packets the server has received when a connection ended. */
	private final BlockingQueue<Integer> received = new ArrayBlockingQueue<>(1000);

	GentcpContender(Certificates certificates) {
		this.certificates = certificates;
		this.listen = switch (this.genTcp.listen(0, options(TlsOptions.of(certificates.server())).backlog(1000))) {
			case ListenResult.Listening(ListenSocket socket) -> socket;
			case ListenResult.Failed failed -> throw new IllegalStateException(failed.toString());
		};
		Thread.ofVirtual().start(this::acceptAll);
	}

	private static SocketOptions options(TlsOptions tls) {
		return SocketOptions.defaults().packet(PacketType.FOUR).nodelay(true).tls(tls.protocols(PROTOCOL));
	}

	private void acceptAll() {
		AcceptResult result = this.listen.accept();
		while (result instanceof AcceptResult.Accepted(TcpSocket socket)) {
			Thread.ofVirtual().start(() -> receiveAll(socket));
			result = this.listen.accept();
		}
	}

	private void receiveAll(TcpSocket socket) {
		int packets = 0;
		RecvResult result = socket.recv();
		while (result instanceof RecvResult.Received(Packet packet)) {
			packets++;
			result = socket.recv();
		}
		socket.close();
		if (packets > 0) {
			this.received.add(packets);
		}
	}

	private TcpSocket connect() throws GeneralSecurityException {
		TlsOptions tls = TlsOptions.of(this.certificates.newClient());
		ConnectResult result = this.genTcp.connect(HOST, this.listen.port(), options(tls), PATIENCE);
		if (result instanceof ConnectResult.Connected(TcpSocket socket)
				&& socket.tlsSession().orElseThrow().cipherSuite().equals(CIPHER)) {
			return socket;
		}
		throw new IllegalStateException(result.toString());
	}

	@Override
	public void connectOnce() throws GeneralSecurityException {
		connect().close();
	}

	@Override
	public void send(int packetSize, int packets) throws GeneralSecurityException, InterruptedException {
		byte[] packet = new byte[packetSize];
		try (TcpSocket socket = connect()) {
			for (int i = 0; i < packets; i++) {
				if (!(socket.send(packet) instanceof SendResult.Sent)) {
					throw new IllegalStateException("packet " + i + " was not sent");
				}
			}
			socket.shutdown(Direction.WRITE);
			Integer arrived = this.received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			if (arrived == null || arrived != packets) {
				throw new IllegalStateException("%s of %d packets arrived".formatted(arrived, packets));
			}
		}
	}

	@Override
	public void close() {
		this.genTcp.close();
	}

	@Override
	public String toString() {
		return "gentcp";
	}

}

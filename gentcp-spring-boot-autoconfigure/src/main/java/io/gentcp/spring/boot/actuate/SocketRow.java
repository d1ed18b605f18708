package io.gentcp.spring.boot.actuate;

import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.gentcp.ListenSocket;
import io.gentcp.SocketInfo;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.PartialPacket;
import io.gentcp.transport.PendingOutput;
import io.gentcp.transport.TlsSession;
import org.jspecify.annotations.Nullable;

/**
 * A socket at one moment: a line of {@code inet:i/0}, and {@code inet:info/1}. What a
 * listen socket has not is null, and left out of JSON.
 *
 * @param id the id of the connection; null if it is of no client and no server
 * @param local our address
 * @param foreign the peer's address, or {@code *:*}
 * @param state LISTEN, CONNECTED or CLOSED
 * @param backend the backend that carries it
 * @param packet its packet type now
 * @param active its active mode now
 * @param stats what went over it, by the keys of {@code inet:getstat/2}
 * @param pending bytes in the queue of the inet backend
 * @param partialPacket a packet of which only a part is out; null if there is none
 * @param tls how it is encrypted; null if it is not
 * @param age how long it has been open; null if it is of no client and no server
 */
public record SocketRow(@Nullable String id, String local, String foreign, String state, String backend, String packet,
		@Nullable String active, @Nullable Map<String, Long> stats, @Nullable Long pending,
		@Nullable Partial partialPacket, @Nullable Tls tls, @Nullable Duration age) {

	static SocketRow of(GenTcpConnection connection) {
		SocketInfo info = connection.socket().info();
		Optional<PartialPacket> packet = connection.partialPacket();
		Partial partial = packet.isPresent() ? Partial.of(packet.get()) : Partial.of(info.pending());
		return of(info, partial, Tls.of(connection.socket()), connection.id(),
				connection.age().truncatedTo(ChronoUnit.MILLIS));
	}

	static SocketRow of(TcpSocket socket) {
		SocketInfo info = socket.info();
		return of(info, Partial.of(info.pending()), Tls.of(socket), null, null);
	}

	private static SocketRow of(SocketInfo info, @Nullable Partial partial, @Nullable Tls tls, @Nullable String id,
			@Nullable Duration age) {
		return new SocketRow(id, AddressText.of(info.local()), AddressText.of(info.foreign()), info.state().name(),
				lower(info.backend()), info.packet().name(), info.active().toString(), info.stats().toMap(),
				info.pending().queued(), partial, tls, age);
	}

	static SocketRow of(ListenSocket socket) {
		return listening(socket.localAddress(), socket.options());
	}

	static SocketRow listening(SocketAddress address, SocketOptions options) {
		return new SocketRow(null, AddressText.of(address), "*:*", "LISTEN", lower(options.backend()),
				options.packet().name(), null, null, null, null, null, null);
	}

	static String lower(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * A packet of which only a part is out.
	 *
	 * @param bytesOut how many of its bytes are out
	 * @param rest how many are not
	 */
	public record Partial(long bytesOut, long rest) {

		private static Partial of(PartialPacket packet) {
			return new Partial(packet.bytesOut(), packet.rest());
		}

		/** What an application did on the socket itself. */
		private static @Nullable Partial of(PendingOutput pending) {
			return (pending.tornRest() > 0) ? new Partial(pending.tornOut(), pending.tornRest()) : null;
		}

	}

	/**
	 * How a connection is encrypted.
	 *
	 * @param protocol the version, {@code TLSv1.3}
	 * @param cipherSuite how records are encrypted
	 * @param applicationProtocol what is spoken above TLS; null if nothing was agreed on
	 * @param peer whom the certificate of the peer is for; null if it has shown none
	 */
	public record Tls(String protocol, String cipherSuite, @Nullable String applicationProtocol,
			@Nullable String peer) {

		private static @Nullable Tls of(TcpSocket socket) {
			return socket.tlsSession().map(Tls::of).orElse(null);
		}

		private static Tls of(TlsSession session) {
			String spoken = session.applicationProtocol();
			return new Tls(session.protocol(), session.cipherSuite(), spoken.isEmpty() ? null : spoken, peer(session));
		}

		private static @Nullable String peer(TlsSession session) {
			return (!session.peerCertificates().isEmpty()
					&& session.peerCertificates().getFirst() instanceof X509Certificate certificate)
							? certificate.getSubjectX500Principal().getName() : null;
		}

	}

}

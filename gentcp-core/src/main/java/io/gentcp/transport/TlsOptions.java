package io.gentcp.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;

/**
 * How a connection speaks TLS: the options of Erlang's {@code ssl}, as far as they are
 * not keys and certificates, which the {@link SSLContext} has. Immutable: each method
 * returns a copy with one option changed.
 */
public final class TlsOptions {

	private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

	private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

	private static final int LONGEST_APPLICATION_PROTOCOL = 255;

	private final Supplier<SSLContext> context;

	private final Peer peer;

	private final Offer offer;

	private final Duration handshakeTimeout;

	private TlsOptions(Supplier<SSLContext> context, Peer peer, Offer offer, Duration handshakeTimeout) {
		this.context = context;
		this.peer = peer;
		this.offer = offer;
		this.handshakeTimeout = handshakeTimeout;
	}

	/**
	 * Returns TLS 1.3 and 1.2 with the keys and the trust of a context, the name of the
	 * host verified, and no certificate asked of clients.
	 */
	public static TlsOptions of(SSLContext context) {
		return of(() -> context);
	}

	/**
	 * Returns the same with a context that is asked for at each handshake, so that a
	 * certificate can be replaced while a listen socket stays open: connections that are
	 * there keep what they agreed on, and the next one gets the new certificate.
	 * @param context returns the keys and the trust, without waiting; called by many
	 * threads at a time. What it throws fails the handshake
	 */
	public static TlsOptions of(Supplier<SSLContext> context) {
		return new TlsOptions(context, Peer.DEFAULTS, Offer.DEFAULTS, HANDSHAKE_TIMEOUT);
	}

	/**
	 * {@code versions}: what may be spoken, as the JDK names it; {@code TLSv1.3} and
	 * {@code TLSv1.2} by default, and nothing older is taken.
	 */
	public TlsOptions protocols(String... protocols) {
		List<String> wanted = List.of(protocols);
		if (wanted.isEmpty() || !PROTOCOLS.containsAll(wanted)) {
			throw new IllegalArgumentException(
					"protocols are %s; they must be one or more of %s".formatted(wanted, PROTOCOLS));
		}
		return with(new Offer(wanted, this.offer.cipherSuites, this.offer.applicationProtocols));
	}

	/**
	 * {@code ciphers}: how records may be encrypted, as the JDK names it, best first:
	 * {@code TLS_AES_256_GCM_SHA384}. By default what the JDK thinks is safe. The suites
	 * of TLS 1.3 and those of TLS 1.2 are different ones: a version without any of its
	 * own is not spoken.
	 * @throws IllegalArgumentException if there are none, or the context has not all of
	 * them
	 */
	public TlsOptions cipherSuites(String... suites) {
		List<String> wanted = List.of(suites);
		List<String> supported = List.of(context().getSupportedSSLParameters().getCipherSuites());
		if (wanted.isEmpty() || !supported.containsAll(wanted)) {
			throw new IllegalArgumentException(
					"cipher suites are %s; they must be one or more of %s".formatted(wanted, supported));
		}
		return with(new Offer(this.offer.protocols, wanted, this.offer.applicationProtocols));
	}

	/**
	 * {@code server_name_indication}: the name a client asks for, and that the
	 * certificate of the server has to be for; by default the host that is connected to.
	 * Of no concern to a listen socket.
	 */
	public TlsOptions serverName(String name) {
		String asked = new SNIHostName(name).getAsciiName();
		return with(new Peer(asked, this.peer.verifyHost, this.peer.clientAuth));
	}

	/**
	 * Whether a client checks that the certificate is for the host; true by default.
	 * Without it anybody with a certificate that the context trusts can be the server.
	 */
	public TlsOptions verifyHost(boolean verify) {
		return with(new Peer(this.peer.serverName, verify, this.peer.clientAuth));
	}

	/**
	 * {@code verify} and {@code fail_if_no_peer_cert} of a listen socket: whether clients
	 * are asked for a certificate; not by default.
	 */
	public TlsOptions clientAuth(ClientAuth clientAuth) {
		return with(new Peer(this.peer.serverName, this.peer.verifyHost, clientAuth));
	}

	private TlsOptions with(Peer peer) {
		return new TlsOptions(this.context, peer, this.offer, this.handshakeTimeout);
	}

	/** How long a handshake may take; 10 seconds by default. */
	public TlsOptions handshakeTimeout(Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("handshake timeout is %s; it must be more than zero".formatted(timeout));
		}
		return new TlsOptions(this.context, this.peer, this.offer, timeout);
	}

	/**
	 * {@code alpn_advertised_protocols} and {@code alpn_preferred_protocols}: what is
	 * spoken above TLS, best first; none by default. If both sides name some and have
	 * none in common, there is no connection.
	 * @throws IllegalArgumentException if a name has not 1 to 255 bytes
	 */
	public TlsOptions applicationProtocols(String... protocols) {
		for (String protocol : protocols) {
			int bytes = protocol.getBytes(StandardCharsets.UTF_8).length;
			if (bytes == 0 || bytes > LONGEST_APPLICATION_PROTOCOL) {
				throw new IllegalArgumentException("application protocol '%s' has %d bytes; it must have 1 to %d"
					.formatted(protocol, bytes, LONGEST_APPLICATION_PROTOCOL));
			}
		}
		return with(new Offer(this.offer.protocols, this.offer.cipherSuites, List.of(protocols)));
	}

	private TlsOptions with(Offer offer) {
		return new TlsOptions(this.context, this.peer, offer, this.handshakeTimeout);
	}

	/** Returns the keys and the trust that the next handshake would have. */
	public SSLContext context() {
		return this.context.get();
	}

	/** Returns how long a handshake may take. */
	public Duration handshakeTimeout() {
		return this.handshakeTimeout;
	}

	/**
	 * Makes the engine of a client.
	 * @param host the host that is connected to, or null for a local socket
	 * @throws HandshakeFailedException if the context cannot be had, or lacks something
	 */
	SSLEngine clientEngine(@Nullable String host, int port) throws HandshakeFailedException {
		try {
			return clientEngine(context(), host, port);
		}
		catch (RuntimeException ex) {
			throw HandshakeFailedException.notBegun(ex);
		}
	}

	private SSLEngine clientEngine(SSLContext context, @Nullable String host, int port) {
		String name = (this.peer.serverName != null) ? this.peer.serverName : host;
		SSLEngine engine = context.createSSLEngine(name, port);
		engine.setUseClientMode(true);
		SSLParameters parameters = parameters(engine);
		if (this.peer.serverName != null) {
			// The JDK leaves out names without a dot unless it is told.
			parameters.setServerNames(List.<SNIServerName>of(new SNIHostName(this.peer.serverName)));
		}
		if (this.peer.verifyHost) {
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
		}
		engine.setSSLParameters(parameters);
		return engine;
	}

	/**
	 * Makes the engine of a connection that a listen socket has taken.
	 * @throws HandshakeFailedException if the context cannot be had, or lacks something
	 */
	SSLEngine serverEngine() throws HandshakeFailedException {
		try {
			return serverEngine(context());
		}
		catch (RuntimeException ex) {
			throw HandshakeFailedException.notBegun(ex);
		}
	}

	private SSLEngine serverEngine(SSLContext context) {
		SSLEngine engine = context.createSSLEngine();
		engine.setUseClientMode(false);
		SSLParameters parameters = parameters(engine);
		switch (this.peer.clientAuth) {
			case NONE -> parameters.setNeedClientAuth(false);
			case WANT -> parameters.setWantClientAuth(true);
			case NEED -> parameters.setNeedClientAuth(true);
		}
		engine.setSSLParameters(parameters);
		return engine;
	}

	private SSLParameters parameters(SSLEngine engine) {
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setProtocols(this.offer.protocols.toArray(String[]::new));
		if (!this.offer.cipherSuites.isEmpty()) {
			parameters.setCipherSuites(this.offer.cipherSuites.toArray(String[]::new));
		}
		parameters.setApplicationProtocols(this.offer.applicationProtocols.toArray(String[]::new));
		return parameters;
	}

	/** Whether a listen socket asks clients for a certificate. */
	public enum ClientAuth {

		/** They are not asked. */
		NONE,

		/** They are asked, and may have none. */
		WANT,

		/** Without one there is no connection. */
		NEED

	}

	private record Peer(@Nullable String serverName, boolean verifyHost, ClientAuth clientAuth) {

		static final Peer DEFAULTS = new Peer(null, true, ClientAuth.NONE);

	}

	private record Offer(List<String> protocols, List<String> cipherSuites, List<String> applicationProtocols) {

		/** Without cipher suites those of the JDK are taken. */
		static final Offer DEFAULTS = new Offer(PROTOCOLS, List.of(), List.of());

	}

}

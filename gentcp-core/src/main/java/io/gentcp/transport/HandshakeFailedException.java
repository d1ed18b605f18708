package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/** A TLS handshake without a connection; its message is the reason, for people. */
@SuppressWarnings("serial") // it stays within the transport
final class HandshakeFailedException extends IOException {

	/** So many bytes show what a peer speaks. */
	private static final int SHOWN = 16;

	private static final String TRUST = "put the authority that issued it into the trust store of this side: "
			+ "that of its SSL bundle or SSLContext";

	HandshakeFailedException(String reason, @Nullable Throwable cause) {
		super(reason, cause);
	}

	/** Returns the reason an exception of the JDK stands for. */
	static HandshakeFailedException of(Exception failure) {
		return new HandshakeFailedException(reason(failure), failure);
	}

	/** The keys and the trust of this side are of no use. */
	static HandshakeFailedException notBegun(RuntimeException failure) {
		return new HandshakeFailedException("the SSLContext of this side cannot be used: "
				+ Objects.requireNonNullElse(failure.getMessage(), failure.toString()), failure);
	}

	static HandshakeFailedException timedOut(Duration timeout) {
		return new HandshakeFailedException(
				"the peer did not complete the handshake within %s".formatted(text(timeout)), null);
	}

	private static String text(Duration timeout) {
		return (timeout.toMillisPart() == 0) ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
	}

	/** The peer began with something that is no record of TLS. */
	static HandshakeFailedException notTls(ByteBuffer bytes) {
		byte[] first = new byte[Math.min(SHOWN, bytes.remaining())];
		bytes.get(bytes.position(), first);
		String text = new String(first, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
		return new HandshakeFailedException("the peer does not speak TLS: it sent %s (%s)"
			.formatted(HexFormat.ofDelimiter(" ").formatHex(first), text), null);
	}

	private static String reason(Exception failure) {
		Throwable certificate = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			switch (cause) {
				case CertificateExpiredException expired -> {
					return "the certificate of the peer, or one above it, has expired: " + expired.getMessage();
				}
				case CertificateNotYetValidException early -> {
					return "the certificate of the peer, or one above it, is not valid yet: " + early.getMessage();
				}
				case CertPathBuilderException path -> {
					return "the certificate of the peer was issued by nobody this side trusts (%s); %s"
						.formatted(path.getMessage(), TRUST);
				}
				case CertificateException other -> certificate = other;
				default -> {
				}
			}
		}
		if (certificate != null) {
			return "the certificate of the peer is refused: " + certificate.getMessage();
		}
		if (failure instanceof SSLException) {
			return String.valueOf(failure.getMessage());
		}
		return "the connection broke during the handshake: "
				+ Objects.requireNonNullElse(failure.getMessage(), failure.toString());
	}

}

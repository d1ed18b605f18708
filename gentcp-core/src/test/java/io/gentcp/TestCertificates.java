package io.gentcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Keys and certificates for a run of the tests, made by the JDK's keytool: an authority,
 * and whom it has certified.
 */
public final class TestCertificates {

	private static final char[] PASSWORD = "changeit".toCharArray();

	private static final Path FOLDER = folder();

	private static final Path STORE = FOLDER.resolve("keys.p12");

	static {
		make("authority", "CN=authority", "-ext", "bc:critical=ca:true");
		make("server", "CN=server", "-signer", "authority", "-ext", "san=dns:localhost,ip:127.0.0.1");
	}

	private TestCertificates() {
	}

	/** Whom everybody trusts, at localhost and 127.0.0.1. */
	public static SSLContext server() {
		return context("server", true);
	}

	/** Somebody without a certificate, who trusts the authority. */
	static SSLContext client() {
		return context(null, true);
	}

	/** Somebody with a certificate for client. */
	static SSLContext certifiedClient() {
		return context(certifiedClientAlias(), true);
	}

	/** The key and the certificate of the certified client as openssl reads them. */
	static String certifiedClientPem() throws GeneralSecurityException {
		return pem(certifiedClientAlias());
	}

	private static String certifiedClientAlias() {
		return made("client", "CN=client", "-signer", "authority");
	}

	/** Somebody who trusts nobody. */
	static SSLContext distrustful() {
		return context(null, false);
	}

	/** A server whose certificate was valid until yesterday. */
	static SSLContext expired() {
		return context(made("expired", "CN=expired", "-signer", "authority", "-ext", "san=dns:localhost,ip:127.0.0.1",
				"-startdate", "-10d", "-validity", "9"), true);
	}

	/** A server at another place. */
	static SSLContext elsewhere() {
		return context(made("elsewhere", "CN=elsewhere", "-signer", "authority", "-ext", "san=dns:elsewhere.test"),
				true);
	}

	/** A key and its certificate as openssl reads them. */
	static String pem(String alias) throws GeneralSecurityException {
		return block("PRIVATE KEY", keys().getKey(alias, PASSWORD).getEncoded())
				+ block("CERTIFICATE", keys().getCertificate(alias).getEncoded());
	}

	private static String block(String what, byte[] bytes) {
		return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(what,
				Base64.getMimeEncoder().encodeToString(bytes));
	}

	private static synchronized String made(String alias, String name, String... more) {
		try {
			if (!keys().containsAlias(alias)) {
				make(alias, name, more);
			}
			return alias;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void make(String alias, String name, String... more) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", name, "-keyalg", "EC"));
		// The curve for which the JDK is fast: the tests make thousands of connections.
		command.addAll(List.of("-groupname", "secp256r1"));
		command.addAll(List.of("-keystore", STORE.toString(), "-storetype", "PKCS12"));
		command.addAll(List.of("-storepass", new String(PASSWORD)));
		command.addAll(List.of(more));
		if (!command.contains("-validity")) {
			command.addAll(List.of("-validity", "30"));
		}
		try {
			Process running = new ProcessBuilder(command).redirectErrorStream(true).start();
			String said = new String(running.getInputStream().readAllBytes());
			if (running.waitFor() != 0) {
				throw new IllegalStateException("keytool: " + said);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static SSLContext context(String alias, boolean trusting) {
		try {
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(only(trusting ? "authority" : made("stranger", "CN=stranger")));
			SSLContext context = SSLContext.getInstance("TLS");
			context.init((alias != null) ? keyManagers(keys(), alias) : new KeyManager[0], trust.getTrustManagers(),
					null);
			return context;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyStore only(String trusted) throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setCertificateEntry(trusted, keys().getCertificate(trusted));
		return store;
	}

	private static KeyManager[] keyManagers(KeyStore keys, String alias) throws GeneralSecurityException, IOException {
		KeyStore one = KeyStore.getInstance("PKCS12");
		one.load(null, null);
		Certificate[] chain = keys.getCertificateChain(alias);
		one.setKeyEntry(alias, keys.getKey(alias, PASSWORD), PASSWORD, chain);
		KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		factory.init(one, PASSWORD);
		return factory.getKeyManagers();
	}

	private static KeyStore keys() throws GeneralSecurityException {
		try (InputStream in = Files.newInputStream(STORE)) {
			KeyStore keys = KeyStore.getInstance("PKCS12");
			keys.load(in, PASSWORD);
			return keys;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path folder() {
		try {
			Path folder = Files.createTempDirectory("gentcp-certificates");
			Runtime.getRuntime().addShutdownHook(new Thread(() -> {
				try (Stream<Path> files = Files.list(folder)) {
					files.forEach((file) -> file.toFile().delete());
				}
				catch (IOException ex) {
					// The system's temporary folder is emptied some day.
				}
				folder.toFile().delete();
			}));
			return folder;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

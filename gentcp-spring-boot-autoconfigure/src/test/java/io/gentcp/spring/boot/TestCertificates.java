package io.gentcp.spring.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * Keys and certificates for a run of the tests, made by the JDK's keytool: an authority,
 * and whom it has certified; as PEM files, and in a key store.
 */
public final class TestCertificates {

	/** The password of the key store. */
	static final String PASSWORD = "changeit";

	private static final Path FOLDER = folder();

	private static final Path STORE = FOLDER.resolve("keys.p12");

	static {
		make("authority", "CN=authority", "-ext", "bc:critical=ca:true");
		make("server", "CN=server", "-signer", "authority", "-ext", "san=dns:localhost,ip:127.0.0.1");
		make("renewed", "CN=renewed", "-signer", "authority", "-ext", "san=dns:localhost,ip:127.0.0.1");
		make("elsewhere", "CN=elsewhere", "-signer", "authority", "-ext", "san=dns:elsewhere.test");
		make("client", "CN=client", "-signer", "authority");
		make("stranger", "CN=stranger", "-ext", "bc:critical=ca:true", "-ext", "san=dns:localhost,ip:127.0.0.1");
	}

	private TestCertificates() {
	}

	/** The key store with all of them. */
	static Path store() {
		return STORE;
	}

	/** The certificate of somebody, as a PEM file. */
	static Path certificate(String alias) {
		return FOLDER.resolve(alias + ".pem");
	}

	/** The private key of somebody, as a PEM file. */
	static Path key(String alias) {
		return FOLDER.resolve(alias + ".key.pem");
	}

	/** Puts a PEM file in the place of another one, at once. */
	static void replace(Path file, Path by) {
		try {
			Path copy = Files.copy(by, file.resolveSibling(file.getFileName() + ".new"),
					StandardCopyOption.REPLACE_EXISTING);
			Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The properties of a bundle with the key and the certificate of somebody. */
	public static String[] keyStore(String bundle, String alias) {
		String prefix = "spring.ssl.bundle.pem.%s.keystore.".formatted(bundle);
		return new String[] { prefix + "certificate=file:" + certificate(alias),
				prefix + "private-key=file:" + key(alias) };
	}

	/** The property of a bundle that trusts somebody, and whom he has certified. */
	public static String trustStore(String bundle, String alias) {
		return "spring.ssl.bundle.pem.%s.truststore.certificate=file:%s".formatted(bundle, certificate(alias));
	}

	/** Somebody with his key, who trusts the authority. */
	public static SSLContext context(String alias) {
		return bundle(alias).createSslContext();
	}

	/** The same as a bundle. */
	static SslBundle bundle(String alias) {
		PemSslStore key = PemSslStore
			.load(PemSslStoreDetails.forCertificate("file:" + certificate(alias)).withPrivateKey("file:" + key(alias)));
		PemSslStore trust = PemSslStore.load(PemSslStoreDetails.forCertificate("file:" + certificate("authority")));
		return SslBundle.of(new PemSslStoreBundle(key, trust));
	}

	private static void make(String alias, String name, String... more) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", name, "-keyalg", "EC", "-validity", "30"));
		command.addAll(List.of("-keystore", STORE.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
		command.addAll(List.of(more));
		try {
			Process running = new ProcessBuilder(command).redirectErrorStream(true).start();
			String said = new String(running.getInputStream().readAllBytes());
			if (running.waitFor() != 0) {
				throw new IllegalStateException("keytool: " + said);
			}
			KeyStore keys = keys();
			Files.writeString(certificate(alias), block("CERTIFICATE", keys.getCertificate(alias).getEncoded()));
			Files.writeString(key(alias),
					block("PRIVATE KEY", keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String block(String what, byte[] bytes) {
		return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(what,
				Base64.getMimeEncoder().encodeToString(bytes));
	}

	private static KeyStore keys() throws GeneralSecurityException, IOException {
		try (InputStream in = Files.newInputStream(STORE)) {
			KeyStore keys = KeyStore.getInstance("PKCS12");
			keys.load(in, PASSWORD.toCharArray());
			return keys;
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

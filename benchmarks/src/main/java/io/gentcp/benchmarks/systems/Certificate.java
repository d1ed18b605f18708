package io.gentcp.benchmarks.systems;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.gentcp.transport.TlsOptions;

/** A key and its certificate for the loopback, made by the JDK's keytool for this run. */
final class Certificate {

	private static final String FILE = "loopback.p12";

	private static final String PASSWORD = "loopback";

	private Certificate() {
	}

	/** Makes the file, unless it is there. */
	static void make(Path folder) throws IOException {
		Path file = file(folder);
		if (!Files.exists(file)) {
			Commands.run(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
					"-alias", "loopback", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost", "-ext",
					"san=dns:localhost,ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12", "-storepass", PASSWORD,
					"-keystore", file.toString()));
		}
	}

	static Path file(Path folder) {
		return folder.resolve(FILE).toAbsolutePath();
	}

	static String password() {
		return PASSWORD;
	}

	/** Returns TLS with this key, and with trust in this certificate alone. */
	static TlsOptions options(Path folder) throws Exception {
		return TlsOptions.of(context(folder)).serverName("localhost");
	}

	/** Returns the same for sockets of the JDK. */
	static SSLContext context(Path folder) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file(folder))) {
			store.load(in, PASSWORD.toCharArray());
		}
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD.toCharArray());
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
		return context;
	}

}

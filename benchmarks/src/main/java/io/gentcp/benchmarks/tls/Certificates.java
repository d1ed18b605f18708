package io.gentcp.benchmarks.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost, made by the JDK's keytool, and those who trust it. */
final class Certificates {

	private static final char[] PASSWORD = "changeit".toCharArray();

	private final SSLContext server;

	private final TrustManagerFactory trust;

	private Certificates(KeyStore keys) throws GeneralSecurityException, IOException {
		KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		own.init(keys, PASSWORD);
		this.server = SSLContext.getInstance("TLS");
		this.server.init(own.getKeyManagers(), null, null);
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("server", keys.getCertificate("server"));
		this.trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		this.trust.init(trusted);
	}

	static Certificates create() throws IOException, GeneralSecurityException, InterruptedException {
		Path folder = Files.createTempDirectory("gentcp-benchmarks");
		Path store = folder.resolve("keys.p12");
		try {
			runKeytool(store);
			KeyStore keys = KeyStore.getInstance("PKCS12");
			try (InputStream in = Files.newInputStream(store)) {
				keys.load(in, PASSWORD);
			}
			return new Certificates(keys);
		}
		finally {
			Files.deleteIfExists(store);
			Files.delete(folder);
		}
	}

	private static void runKeytool(Path store) throws IOException, InterruptedException {
		String program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
		List<String> command = new ArrayList<>(List.of(program, "-genkeypair", "-alias", "server"));
		command.addAll(List.of("-dname", "CN=server", "-keyalg", "EC", "-groupname", "secp256r1"));
		command.addAll(List.of("-ext", "san=dns:localhost", "-validity", "30"));
		command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
		command.addAll(List.of("-storepass", new String(PASSWORD)));
		Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
		String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (keytool.waitFor() != 0) {
			throw new IllegalStateException("keytool: " + said);
		}
	}

	SSLContext server() {
		return this.server;
	}

	/** Each knows no session: its first handshake is a full one. */
	SSLContext newClient() throws GeneralSecurityException {
		SSLContext client = SSLContext.getInstance("TLS");
		client.init(null, this.trust.getTrustManagers(), null);
		return client;
	}

}

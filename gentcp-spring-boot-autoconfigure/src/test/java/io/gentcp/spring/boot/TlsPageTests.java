package io.gentcp.spring.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.test.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What the page on TLS shows runs. */
@Timeout(120)
class TlsPageTests {

	private static final Path PAGE = Path.of("..", "docs", "tls.md");

	private static final long PATIENCE_SECONDS = 60;

	@TempDir
	private Path folder;

	@Test
	void itsFirstYamlIsAServerThatShowsACertificateAndAClientThatTrustsIt() throws IOException {
		copy("server.pem", "server.key.pem", "authority.pem");
		runner(yaml(0)).run((context) -> assertThat(context.getBean(GenTcpTemplate.class).sendAndReceive("hello"))
			.isEqualTo("hello from nobody"));
	}

	@Test
	void withTheSecondTheClientShowsOneToo() throws IOException {
		copy("server.pem", "server.key.pem", "authority.pem", "client.pem", "client.key.pem");
		runner(yaml(0) + "---\n" + yaml(1))
			.run((context) -> assertThat(context.getBean(GenTcpTemplate.class).sendAndReceive("hello"))
				.isEqualTo("hello from CN=client"));
	}

	@Test
	void itsCommandsForOpensslMakeTheFilesOfBoth() throws Exception {
		assumeTrue(isInstalled("openssl", "version"), "openssl is not installed, so its commands are not tried");
		run(blocks("sh").getFirst());
		runner(yaml(0) + "---\n" + yaml(1))
			.run((context) -> assertThat(context.getBean(GenTcpTemplate.class).sendAndReceive("hello"))
				.isEqualTo("hello from CN=client"));
	}

	@Test
	void itsCommandsForTheJdkMakeAKeyStoreAndWhomToTrust() throws Exception {
		assumeTrue(isInstalled("sh", "-c", ":"), "there is no shell, so its commands are not tried");
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		run(blocks("sh").get(1).replace("keytool ", keytool + " "));
		runner(yaml(0).replaceFirst("(?s)        edge:.*?        orders:", "        orders:"))
			.withPropertyValues("spring.ssl.bundle.jks.edge.keystore.location=file:" + this.folder.resolve("edge.p12"),
					"spring.ssl.bundle.jks.edge.keystore.password=changeit")
			.run((context) -> assertThat(context.getBean(GenTcpTemplate.class).sendAndReceive("hello"))
				.isEqualTo("hello from nobody"));
	}

	private static ApplicationContextRunner runner(String yaml) {
		int port = FreePort.find();
		return ConfiguredContext.runner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withBean(Greeter.class)
			.withPropertyValues("gentcp.server.edge.port=" + port, "gentcp.client.orders.port=" + port)
			.withInitializer(ConfiguredContext.yaml(yaml));
	}

	private void copy(String... files) throws IOException {
		for (String file : files) {
			Files.copy(TestCertificates.store().resolveSibling(file), this.folder.resolve(file));
		}
	}

	/** A block of YAML of the page, with the files of this test. */
	private String yaml(int index) throws IOException {
		return blocks("yaml").get(index).replace("file:/etc/shop/", "file:%s/".formatted(this.folder));
	}

	private static List<String> blocks(String language) throws IOException {
		return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(PAGE))
			.results()
			.map((block) -> block.group(1))
			.toList();
	}

	private void run(String script) throws IOException, InterruptedException {
		Process shell = new ProcessBuilder("sh", "-e", "-c", script).directory(this.folder.toFile())
			.redirectErrorStream(true)
			.start();
		try (InputStream out = shell.getInputStream()) {
			String said = new String(out.readAllBytes());
			assertThat(shell.waitFor()).as(said).isZero();
		}
	}

	private static boolean isInstalled(String... command) throws InterruptedException {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

}

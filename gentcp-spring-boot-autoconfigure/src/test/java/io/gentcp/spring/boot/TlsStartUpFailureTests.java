package io.gentcp.spring.boot;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What an application says that cannot start because of TLS, whether its beans are made
 * early or late.
 */
@ParameterizedClass
@ValueSource(booleans = { false, true })
@ExtendWith(OutputCaptureExtension.class)
class TlsStartUpFailureTests {

	@Parameter
	boolean lazy;

	@Test
	void aBundleThatIsNotThereIsSaidWithThoseThereAre(CapturedOutput output) {
		assertFails(Application.class, "gentcp.server.a.ssl.bundle=egde",
				TestCertificates.trustStore("orders", "authority"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property 'gentcp.server.a.ssl.bundle' with value 'egde' is the name of no SSL bundle.")
			.contains("Set it to one of those there are (edge, orders), or configure it:")
			.contains("""
					spring:
					  ssl:
					    bundle:
					      pem:
					        egde:
					          keystore:
					            certificate: file:/path/to/certificate.pem
					            private-key: file:/path/to/private-key.pem""")
			.doesNotContain("Started ");
	}

	@Test
	void withoutAnyBundleItIsShownHowToConfigureOne(CapturedOutput output) {
		assertFails(WithoutBundles.class, "gentcp.client.a.ssl.bundle=orders");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property 'gentcp.client.a.ssl.bundle' with value 'orders' is the name of no SSL bundle.")
			.contains("There is none; configure it:")
			.contains("        orders:%n          truststore:%n            certificate: file:/path/to/".formatted())
			.doesNotContain("Started ");
	}

	@Test
	void aServerWhoseBundleHasNoPrivateKeyIsSaid(CapturedOutput output) {
		assertFails(Application.class, TestCertificates.trustStore("trusting", "authority"),
				"gentcp.server.a.ssl.bundle=trusting");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("SSL bundle 'trusting' of 'gentcp.server.a.ssl.bundle' has no private key")
			.contains("Give it a key store with a private key and its certificate:")
			.contains("        trusting:")
			.doesNotContain("Started ");
	}

	@Test
	void aKeyStoreWithNothingButACertificateHasNoPrivateKey(CapturedOutput output) {
		assertFails(Application.class,
				"spring.ssl.bundle.pem.bare.keystore.certificate=file:" + TestCertificates.certificate("server"),
				"gentcp.server.a.ssl.bundle=bare");
		assertThat(output).contains("SSL bundle 'bare' of 'gentcp.server.a.ssl.bundle' has no private key")
			.doesNotContain("Started ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "want", "need" })
	void certificatesThatNobodyCouldCheckAreSaid(String clientAuth, CapturedOutput output) {
		assertFails(Application.class, "gentcp.server.a.ssl.bundle=edge",
				"gentcp.server.a.ssl.client-auth=" + clientAuth);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("'gentcp.server.a.ssl.client-auth' asks clients for a certificate, "
					+ "but SSL bundle 'edge' has no trust store to check it with.")
			.contains("Set 'gentcp.server.a.ssl.client-auth' to none, or give the bundle a trust store")
			.contains("        edge:%n          truststore:%n            certificate: file:/path/to/".formatted())
			.doesNotContain("Started ");
	}

	@Test
	void aServerThatIsToSpeakTlsWithoutABundleIsSaid(CapturedOutput output) {
		assertFails(Application.class, "gentcp.server.a.ssl.enabled=true");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property 'gentcp.server.a.ssl.bundle' is not set, and a server has to show a certificate.")
			.contains("Set 'gentcp.server.a.ssl.bundle' to the name of an SSL bundle with a private key:")
			.doesNotContain("Started ");
	}

	@ParameterizedTest
	@CsvSource({ "gentcp.server.a, client-auth, need", "gentcp.server.a, application-protocols, h2",
			"gentcp.client.a, server-name, localhost", "gentcp.client.a, verify-host, true",
			"gentcp.client.a, handshake-timeout, 5s" })
	void nobodyGetsAPlainConnectionWhoHasSetSomethingOfTls(String endpoint, String property, String value,
			CapturedOutput output) {
		assertFails(Application.class, "%s.ssl.%s=%s".formatted(endpoint, property, value));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Neither '%1$s.ssl.bundle' nor '%1$s.ssl.enabled' is set".formatted(endpoint))
			.contains("or '%s.ssl.enabled' to false, for plain connections.".formatted(endpoint))
			.doesNotContain("Started ");
	}

	@Test
	void aLocalSocketWithNobodysNameToVerifyIsSaid(CapturedOutput output) {
		assertFails(Application.class, "gentcp.client.local.local=a.sock", "gentcp.client.local.ssl.bundle=edge");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("There is no host whose name the certificate could be for")
			.contains("Set 'gentcp.client.local.ssl.server-name' to the name in the certificate of the server, "
					+ "or 'gentcp.client.local.ssl.verify-host' to false.")
			.doesNotContain("Started ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			enabled-protocols | TLSv1.1 | its protocols are [TLSv1.1]; they must be one or more of [TLSv1.3, TLSv1.2]
			ciphers | TLS_ROT13 | its cipher suites are [TLS_ROT13]; they must be one or more of [
			""")
	void anOptionOfTheBundleThatCannotBeHonouredIsSaid(String option, String value, String said,
			CapturedOutput output) {
		assertFails(Application.class, "gentcp.server.a.ssl.bundle=edge",
				"spring.ssl.bundle.pem.edge.options.%s=%s".formatted(option, value));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("SSL bundle 'edge' of 'gentcp.server.a.ssl.bundle' cannot be used: " + said)
			.contains("Change them, below 'spring.ssl.bundle.pem.edge.options'")
			.doesNotContain("Started ");
	}

	@Test
	void aStoreWithAnotherPasswordIsSaid(CapturedOutput output) {
		assertFails(Application.class, "gentcp.server.a.ssl.bundle=store",
				"spring.ssl.bundle.jks.store.keystore.location=file:" + TestCertificates.store(),
				"spring.ssl.bundle.jks.store.keystore.password=guessed",
				"spring.ssl.bundle.jks.store.keystore.type=PKCS12");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("SSL bundle 'store' of 'gentcp.server.a.ssl.bundle' cannot be used: ")
			.contains("Check its files and passwords, below 'spring.ssl.bundle.pem.store' or ")
			.doesNotContain("Started ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gentcp.server.a.ssl.client-auth | maybe | Allowed: none, want, need.
			gentcp.server.a.ssl.client-auth | 1 | Allowed: none, want, need.
			gentcp.client.a.ssl.enabled | perhaps | Allowed: true, false.
			gentcp.client.a.ssl.handshake-timeout | soon | Allowed: milliseconds such as 5000
			gentcp.client.a.ssl.client-auth | need | .ssl': application-protocols, bundle, enabled, handshake
			gentcp.server.a.ssl.server-name | a | .ssl': application-protocols, bundle, client-auth, enabled
			gentcp.ssl.bundle | edge | Allowed below 'gentcp': backend
			""")
	void anUnknownKeyOrAWrongValueIsNamedWithWhatIsAllowed(String property, String value, String allowed,
			CapturedOutput output) {
		assertFails(Application.class, property + "=" + value);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property '%s' with value '%s'".formatted(property, value))
			.contains(allowed)
			.doesNotContain("Started ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gentcp.client.a.ssl.handshake-timeout | infinity | allowed: more than 0, and not infinity
			gentcp.client.a.ssl.handshake-timeout | 0 | allowed: more than 0, and not infinity
			gentcp.client.a.ssl.server-name | no host | allowed: the name of a host
			gentcp.client.a.ssl.application-protocols | h2,,h3 | allowed: names of 1 to 255 bytes, such as h2
			""")
	void aValueOutOfRangeIsNamedWithWhatIsAllowed(String property, String value, String allowed,
			CapturedOutput output) {
		assertFails(Application.class, "gentcp.client.a.ssl.bundle=edge", property + "=" + value);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("configuration property '%s'".formatted(property))
			.contains(allowed)
			.doesNotContain("Started ");
	}

	private void assertFails(Class<?> source, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.addAll(List.of(TestCertificates.keyStore("edge", "server")));
		all.addAll(List.of("gentcp.client.a.port=1", "gentcp.server.a.port=0", "logging.level.root=INFO"));
		SpringApplicationBuilder application = new SpringApplicationBuilder(source).web(WebApplicationType.NONE)
			.lazyInitialization(this.lazy)
			.properties(all.toArray(String[]::new));
		assertThatException().isThrownBy(() -> application.run().close());
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, GenTcpAutoConfiguration.class })
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(GenTcpAutoConfiguration.class)
	static class WithoutBundles {

	}

}

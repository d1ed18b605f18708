package io.gentcp.spring.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/** What an editor knows of the properties. */
class MetadataTests {

	private static final String TOP = "META-INF/spring-configuration-metadata.json";

	private static final String CLIENT = "META-INF/spring/configuration-metadata/io.gentcp.spring.boot.GenTcpClientProperties.json";

	private static final String SERVER = "META-INF/spring/configuration-metadata/io.gentcp.spring.boot.GenTcpServerProperties.json";

	private static final String PACKET_TYPES = "'raw, 1, 2, 4, asn1, sunrm, cdr, fcgi, tpkt, line, http, http_bin, "
			+ "httph, httph_bin, ssl_tls'";

	/** Nothing sensible can be their default, or it is what the system does. */
	private static final Set<String> WITHOUT_DEFAULT = Set.of("gentcp.client", "gentcp.server", "port", "address", "ip",
			"local", "gentcp.engine.pollers", "gentcp.engine.spin", "gentcp.family", "family", "ssl.enabled",
			"ssl.bundle", "ssl.server-name", "ssl.application-protocols");

	@ParameterizedTest
	@CsvSource({
			TOP + ", gentcp.backend gentcp.buffer gentcp.charset gentcp.client gentcp.delay-send gentcp.enabled"
					+ " gentcp.engine.cork gentcp.engine.pollers gentcp.engine.spin"
					+ " gentcp.family gentcp.header gentcp.high-watermark gentcp.keepalive gentcp.keepcnt"
					+ " gentcp.keepidle gentcp.keepintvl gentcp.line-delimiter gentcp.line-length gentcp.linger"
					+ " gentcp.low-watermark gentcp.max-pending gentcp.metrics.packet-size gentcp.nodelay"
					+ " gentcp.observation.packets gentcp.packet"
					+ " gentcp.packet-size gentcp.recbuf gentcp.send-timeout gentcp.server"
					+ " gentcp.show-econnreset gentcp.sndbuf gentcp.tos"
					+ " management.endpoint.gentcp.access management.endpoint.gentcp.cache.time-to-live"
					+ " management.health.gentcp.enabled",
			CLIENT + ", backend buffer charset connect-timeout delay-send family header high-watermark host ip"
					+ " keep-connected keepalive keepcnt keepidle keepintvl line-delimiter line-length linger local"
					+ " local-port low-watermark max-pending nodelay packet packet-size port recbuf reconnect-delay"
					+ " reconnect-max-delay recovery recovery-timeout"
					+ " reply-timeout send-timeout show-econnreset sndbuf ssl.application-protocols ssl.bundle"
					+ " ssl.enabled ssl.handshake-timeout ssl.server-name ssl.verify-host tos",
			SERVER + ", active address backend backlog buffer charset delay-send family header high-watermark"
					+ " keepalive keepcnt keepidle keepintvl line-delimiter line-length linger local low-watermark"
					+ " max-connections max-pending nodelay packet packet-size port recbuf recovery recovery-timeout"
					+ " reuseport send-timeout show-econnreset sndbuf ssl.application-protocols ssl.bundle"
					+ " ssl.client-auth ssl.enabled ssl.handshake-timeout tos" })
	void everyKeyHasADescriptionATypeAndADefault(String file, String keys) throws IOException {
		Map<String, Map<String, Object>> properties = properties(file);
		assertThat(properties.keySet()).containsExactly(keys.split(" "));
		properties.forEach((name, property) -> {
			assertThat(property.get("description")).as("description of " + name).asString().endsWith(".");
			assertThat(property.get("type")).as("type of " + name).asString().isNotBlank();
			if (!WITHOUT_DEFAULT.contains(name)) {
				assertThat(property.get("defaultValue")).as("default of " + name).isNotNull();
			}
		});
	}

	@Test
	void defaultsAreThoseOfTheReference() throws IOException {
		Map<String, Map<String, Object>> client = properties(CLIENT);
		assertThat(client.get("send-timeout")).containsEntry("defaultValue", "30s");
		assertThat(client.get("packet-size")).containsEntry("defaultValue", "1MB");
		assertThat(client.get("backend")).containsEntry("defaultValue", "socket");
		assertThat(client.get("high-watermark")).containsEntry("defaultValue", "8KB");
		assertThat(client.get("low-watermark")).containsEntry("defaultValue", "4KB");
		assertThat(client.get("max-pending")).containsEntry("defaultValue", "64MB");
		assertThat(client.get("recovery")).containsEntry("defaultValue", "resume");
		assertThat(client.get("packet")).containsEntry("defaultValue", "raw");
		assertThat(client.get("line-delimiter")).containsEntry("defaultValue", "0x0a");
		assertThat(client.get("line-length")).containsEntry("defaultValue", "0B");
		assertThat(client.get("header")).containsEntry("defaultValue", 0);
		assertThat(client.get("keepidle")).containsEntry("defaultValue", "0s");
		assertThat(client.get("linger")).containsEntry("defaultValue", "-1s");
		assertThat(properties(SERVER).get("max-connections")).containsEntry("defaultValue", 10000);
	}

	@Test
	void mapEntriesAreDescribedByTheirType() throws IOException {
		assertThat(properties(TOP).get("gentcp.client")).containsEntry("type",
				"java.util.Map<java.lang.String,io.gentcp.spring.boot.GenTcpClientProperties>");
		assertThat(properties(TOP).get("gentcp.server")).containsEntry("type",
				"java.util.Map<java.lang.String,io.gentcp.spring.boot.GenTcpServerProperties>");
	}

	@ParameterizedTest
	@CsvSource({ TOP + ", gentcp.packet, " + PACKET_TYPES, TOP + ", gentcp.backend, 'inet, socket'",
			TOP + ", gentcp.send-timeout, infinity", TOP + ", gentcp.family, 'inet, inet6'",
			CLIENT + ", family, 'inet, inet6'", SERVER + ", family, 'inet, inet6'",
			CLIENT + ", packet, " + PACKET_TYPES, CLIENT + ", backend, 'inet, socket'",
			CLIENT + ", recovery, 'resume, manual, close'", CLIENT + ", recovery-timeout, infinity",
			SERVER + ", packet, " + PACKET_TYPES, SERVER + ", backend, 'inet, socket'",
			SERVER + ", ssl.client-auth, 'none, want, need'" })
	void valuesAreProposed(String file, String property, String values) throws IOException {
		assertThat(((List<?>) hint(file, property).get("values")).stream()
			.map((value) -> String.valueOf(((Map<?, ?>) value).get("value")))
			.collect(Collectors.joining(", "))).isEqualTo(values);
	}

	@ParameterizedTest
	@CsvSource({ TOP + ", gentcp.packet", CLIENT + ", packet", SERVER + ", packet", TOP + ", gentcp.send-timeout" })
	void otherValuesAreNotTakenForMistakes(String file, String property) throws IOException {
		assertThat(hint(file, property).get("providers")).isEqualTo(List.of(Map.of("name", "any")));
	}

	private static Map<String, Object> hint(String file, String property) throws IOException {
		return list(file, "hints").stream()
			.filter((candidate) -> candidate.get("name").equals(property))
			.findFirst()
			.orElseThrow();
	}

	private static Map<String, Map<String, Object>> properties(String file) throws IOException {
		Map<String, Map<String, Object>> properties = new TreeMap<>();
		list(file, "properties").forEach((property) -> properties.put((String) property.get("name"), property));
		return properties;
	}

	private static List<Map<String, Object>> list(String file, String key) throws IOException {
		return JsonPath.read(new ClassPathResource(file).getContentAsString(StandardCharsets.UTF_8), "$." + key);
	}

}

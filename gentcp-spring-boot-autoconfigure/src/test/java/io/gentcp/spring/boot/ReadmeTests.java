package io.gentcp.spring.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.jayway.jsonpath.JsonPath;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.test.FreePort;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What the README shows runs, and what it says of the properties is what they are. */
class ReadmeTests {

	private static final Path README = Path.of("..", "README.md");

	private static final Path SOURCE = Path.of("src/test/java/io/gentcp/spring/boot/Orders.java");

	@Test
	void theTableHasEveryPropertyWithItsMeaningAndDefault() throws Exception {
		assertThat(table()).containsExactlyInAnyOrderElementsOf(metadata());
	}

	@Test
	void theJavaIsTheClassThatIsTested() throws Exception {
		assertThat(Files.readString(SOURCE)).endsWith("\n\n" + block("java"));
	}

	@Test
	void theYamlAndTheJavaAreAnApplication() throws Exception {
		PropertySource<?> yaml = new YamlPropertySourceLoader()
			.load("README", new ByteArrayResource(block("yaml").getBytes(UTF_8)))
			.getFirst();
		int port = FreePort.find();
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(GenTcpAutoConfiguration.class))
			.withInitializer((context) -> context.getEnvironment().getPropertySources().addLast(yaml))
			.withPropertyValues("gentcp.client.orders.port=" + port, "gentcp.server.edge.port=" + port)
			.withBean(Orders.class)
			.run((context) -> {
				assertThat(context.getBean(GenTcpTemplate.class).sendAndReceive("order 1")).isEqualTo("order 1");
				assertThat(context.getBean(Orders.class).send("order 2".getBytes(UTF_8))).isTrue();
			});
	}

	/** The first block of this language. */
	private static String block(String language) throws IOException {
		Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(README));
		assertThat(block.find()).as("a block of " + language).isTrue();
		return block.group(1);
	}

	private static List<Property> table() throws IOException {
		return Pattern.compile("^\\| `((?:gentcp|management)\\..+?)` \\| (.+?) \\|(?: `(.+?)`)? \\|", Pattern.MULTILINE)
			.matcher(Files.readString(README))
			.results()
			.map((row) -> new Property(row.group(1), row.group(2), String.valueOf(row.group(3))))
			.toList();
	}

	/** Below the names, only what is not below {@code gentcp} as well. */
	private static List<Property> metadata() throws Exception {
		List<Property> properties = new ArrayList<>(properties("spring-configuration-metadata.json", ""));
		properties.removeIf((property) -> Set.of("gentcp.client", "gentcp.server").contains(property.key));
		Set<String> common = properties.stream().map(Property::key).collect(Collectors.toSet());
		for (Class<?> type : List.of(GenTcpClientProperties.class, GenTcpServerProperties.class)) {
			String prefix = (type == GenTcpClientProperties.class) ? "gentcp.client.<name>." : "gentcp.server.<name>.";
			properties("spring/configuration-metadata/%s.json".formatted(type.getName()), prefix).stream()
				.filter((property) -> !common.contains(property.key.replace(prefix, "gentcp.")))
				.forEach(properties::add);
		}
		return properties;
	}

	private static List<Property> properties(String file, String prefix) throws Exception {
		Path classes = Path.of(GenTcpProperties.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		String json = Files.readString(classes.resolve("META-INF").resolve(file));
		List<Map<String, Object>> properties = JsonPath.read(json, "$.properties");
		return properties.stream()
			.map((property) -> new Property(prefix + property.get("name"), String.valueOf(property.get("description")),
					String.valueOf(property.get("defaultValue"))))
			.toList();
	}

	/** A row of the table; without a default it is the text {@code null}. */
	private record Property(String key, String meaning, String defaultValue) {
	}

}

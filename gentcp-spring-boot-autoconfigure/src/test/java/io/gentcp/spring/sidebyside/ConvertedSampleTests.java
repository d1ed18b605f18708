package io.gentcp.spring.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.gentcp.test.FreePort;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.messaging.MessageChannel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The sample of the migration guide answers the same before and after. */
class ConvertedSampleTests {

	private static final Path GUIDE = Path.of("..", "docs", "migration-from-spring-integration.md");

	@ParameterizedTest
	@ValueSource(classes = { StockOnIp.class, StockOnGenTcp.class })
	void aQuestionIsAnswered(Class<?> sample) throws Exception {
		PropertySource<?> yaml = new YamlPropertySourceLoader()
			.load("guide", new ByteArrayResource(yaml().getBytes(UTF_8)))
			.getFirst();
		SpringApplicationBuilder application = new SpringApplicationBuilder(sample, Application.class)
			.web(WebApplicationType.NONE)
			.initializers((context) -> context.getEnvironment().getPropertySources().addLast(yaml));
		try (ConfigurableApplicationContext context = application.run("--stock.host=127.0.0.1",
				"--stock.port=" + FreePort.find())) {
			// Of ip it is another thread that listens, some time after the start.
			await().until(() -> context.getBeansOfType(AbstractServerConnectionFactory.class)
				.values()
				.stream()
				.allMatch(AbstractServerConnectionFactory::isListening));
			MessageChannel questions = context.getBean("ask.input", MessageChannel.class);

			assertThat(new MessagingTemplate(questions).convertSendAndReceive("bolts", String.class))
				.isEqualTo("bolts: in stock");
		}
	}

	private static String yaml() throws IOException {
		Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
		assertThat(block.find()).isTrue();
		return block.group(1);
	}

	@EnableAutoConfiguration
	static class Application {

	}

}

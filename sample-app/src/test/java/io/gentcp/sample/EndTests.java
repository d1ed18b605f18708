package io.gentcp.sample;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/** How the application ends. */
class EndTests {

	@Test
	void aStalledServerDoesNotHoldUpTheEnd() throws Exception {
		int port = TestSocketUtils.findAvailableTcpPort();
		ConfigurableApplicationContext application = new SpringApplicationBuilder(SampleApplication.class)
			.run("--server.port=0", "--gentcp.server.echo.port=" + port);
		assertThat(application.getBean(ServerController.class).stall().stalled()).isTrue();
		assertTimeout(Duration.ofSeconds(10), application::close);
	}

}

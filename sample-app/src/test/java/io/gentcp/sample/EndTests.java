package io.gentcp.sample;

import java.time.Duration;

import io.gentcp.test.FreePort;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/** How the application ends. */
class EndTests {

	@Test
	void aStalledServerDoesNotHoldUpTheEnd() throws Exception {
		int port = FreePort.find();
		ConfigurableApplicationContext application = new SpringApplicationBuilder(SampleApplication.class)
			.run("--server.port=0", "--gentcp.server.echo.port=" + port);
		assertThat(application.getBean(ServerController.class).stall().stalled()).isTrue();
		assertTimeout(Duration.ofSeconds(10), application::close);
	}

}

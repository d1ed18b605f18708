package io.gentcp.spring.boot;

import io.gentcp.spring.boot.actuate.GenTcpEndpoint;
import io.gentcp.spring.core.GenTcpTemplate;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with health, endpoint and meters whose test puts a mock in the place of
 * a client.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE,
		properties = { "gentcp.client.orders.port=1", "management.endpoints.web.exposure.include=gentcp" })
class MockedTemplateTests {

	@MockitoBean
	private GenTcpTemplate orders;

	@Autowired
	@Qualifier("gentcpHealthContributor")
	private HealthContributors health;

	@Autowired
	private GenTcpEndpoint endpoint;

	@Test
	void aMockHasNoHealthAndStopsNothing() {
		assertThat(this.health).isEmpty();
	}

	@Test
	void aMockHasNoSockets() {
		assertThat(this.endpoint.sockets().clients()).isEmpty();
		assertThat(this.endpoint.socketsOf("orders")).isNull();
		assertThat(this.endpoint.close("orders", "orders-1").closed()).isFalse();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}

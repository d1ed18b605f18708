package io.gentcp.spring.boot.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import io.gentcp.ConnectResult;
import io.gentcp.GenTcp;
import io.gentcp.ListenResult;
import io.gentcp.ListenSocket;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.boot.TestCertificates;
import io.gentcp.spring.core.CloseReason;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.SendTimeoutException;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.FreePort;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** The actuator endpoint of a web application, over HTTP, with real sockets. */
class GenTcpEndpointTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String EXPOSED = "management.endpoints.web.exposure.include=gentcp,health";

	private final ScriptedPeer peer = ScriptedPeer.listening(Step.stall());

	private ConfigurableApplicationContext application;

	private RestTestClient http;

	@AfterEach
	void close() {
		this.application.close();
		this.peer.close();
	}

	private void start(String... properties) {
		this.application = new SpringApplicationBuilder(Application.class)
			.properties("server.port=0", "server.address=127.0.0.1", "gentcp.packet=4", "gentcp.sndbuf=16KB",
					"gentcp.server.edge.port=0", "gentcp.server.edge.address=127.0.0.1",
					"gentcp.client.orders.host=127.0.0.1", "gentcp.client.orders.port=" + this.peer.port())
			.properties(properties)
			.run();
		this.http = RestTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.application.getEnvironment().getProperty("local.server.port"))
			.build();
	}

	@Test
	void nothingIsExposedUnlessTheUserExposesIt() {
		start();
		this.http.get().uri("/actuator/health").exchange().expectStatus().isOk();
		this.http.get().uri("/actuator/gentcp").exchange().expectStatus().isNotFound();
		assertThat(this.application.getBeanProvider(GenTcpEndpoint.class).stream()).isEmpty();
	}

	@Test
	void clientsAreShownWithTheirConnections() {
		start(EXPOSED);
		assertThat(this.<List<?>>read("/actuator/gentcp", "$.clients[0].sockets")).isEmpty();
		orders().send("hello");

		Map<String, Object> client = read("/actuator/gentcp", "$.clients[0]");
		assertThat(client).containsEntry("role", "client")
			.containsEntry("name", "orders")
			.containsEntry("address", "127.0.0.1:" + this.peer.port())
			.containsEntry("backend", "socket")
			.containsEntry("packet", "4")
			.containsEntry("state", "connected");
		Map<String, Object> socket = read("/actuator/gentcp", "$.clients[0].sockets[0]");
		assertThat(socket).containsEntry("id", orders().connections().all().iterator().next().id())
			.containsEntry("local", text(this.peer.accept(PATIENCE)))
			.containsEntry("foreign", "127.0.0.1:" + this.peer.port())
			.containsEntry("state", "CONNECTED")
			.containsEntry("active", "false")
			.containsEntry("pending", 0)
			.doesNotContainKey("partialPacket");
		assertThat((Map<?, ?>) socket.get("stats")).hasSize(10)
			.extracting("send_oct", "send_cnt")
			.containsExactly(9, 1);
		assertThat(Duration.parse((String) socket.get("age"))).isPositive();
		assertThat(this.<List<?>>read("/actuator/gentcp", "$.others")).isEmpty();
	}

	@Test
	void aServerIsShownWithItsListenSocketAndItsConnections() {
		start(EXPOSED);
		try (PeerConnection device = connect()) {
			device.send(new byte[] { 0, 0, 0, 1, 'x' });
			device.awaitReceived(5, PATIENCE);

			List<Map<String, Object>> sockets = read("/actuator/gentcp", "$.servers[0].sockets");
			assertThat(sockets).hasSize(2);
			assertThat(sockets.getFirst()).isEqualTo(Map.of("local", "127.0.0.1:" + edge().port(), "foreign", "*:*",
					"state", "LISTEN", "backend", "socket", "packet", "4"));
			assertThat(sockets.getLast()).containsEntry("foreign", "127.0.0.1:" + device.localAddress().getPort());
			assertThat(this.<String>read("/actuator/gentcp", "$.servers[0].state")).isEqualTo("listening");
		}
		edge().stop();
		assertThat(this.<List<?>>read("/actuator/gentcp", "$.servers[0].sockets")).isEmpty();
		assertThat(this.<String>read("/actuator/gentcp", "$.servers[0].state")).isEqualTo("stopped");
	}

	@Test
	void anEncryptedConnectionIsShownWithWhatWasAgreedOn() {
		int port = FreePort.find();
		List<String> properties = new ArrayList<>(List.of(TestCertificates.keyStore("edge", "server")));
		properties.addAll(
				List.of(EXPOSED, TestCertificates.trustStore("safe", "authority"), "gentcp.server.edge.port=" + port,
						"gentcp.server.edge.ssl.bundle=edge", "gentcp.client.safe.host=127.0.0.1",
						"gentcp.client.safe.port=" + port, "gentcp.client.safe.ssl.bundle=safe"));
		start(properties.toArray(String[]::new));
		assertThat(this.application.getBean("safeGenTcpTemplate", GenTcpTemplate.class).sendAndReceive("hello"))
			.isEqualTo("HELLO");

		assertThat(this.<Map<String, Object>>read("/actuator/gentcp/safe", "$.clients[0].sockets[0].tls"))
			.isEqualTo(Map.of("protocol", "TLSv1.3", "cipherSuite", "TLS_AES_256_GCM_SHA384", "peer", "CN=server"));
		assertThat(this.<Map<String, Object>>read("/actuator/gentcp/edge", "$.servers[0].sockets[1].tls"))
			.isEqualTo(Map.of("protocol", "TLSv1.3", "cipherSuite", "TLS_AES_256_GCM_SHA384"));
		orders().send("hello");
		assertThat(this.<Map<String, Object>>read("/actuator/gentcp/orders", "$.clients[0].sockets[0]"))
			.doesNotContainKey("tls");
	}

	@Test
	void aPartialPacketIsShownWithItsRestWhileTheBackgroundSendsIt() {
		start(EXPOSED, "gentcp.client.orders.send-timeout=100");
		assertThatExceptionOfType(SendTimeoutException.class).isThrownBy(() -> orders().send(new byte[1_000_000]));

		Map<String, Integer> partial = read("/actuator/gentcp", "$.clients[0].sockets[0].partialPacket");
		assertThat(partial.get("bytesOut")).isPositive();
		assertThat(partial.get("rest")).isPositive();
		assertThat(partial.get("bytesOut") + partial.get("rest")).isEqualTo(1_000_004);

		this.peer.accept(PATIENCE).readAll();
		await().atMost(PATIENCE)
			.until(() -> !this.<Map<?, ?>>read("/actuator/gentcp", "$.clients[0].sockets[0]")
				.containsKey("partialPacket"));
	}

	@Test
	void whatIsQueuedOnTheInetBackendIsShown() {
		start(EXPOSED, "gentcp.client.orders.backend=inet", "gentcp.client.orders.linger=0");
		orders().send(new byte[1_000_000]);

		assertThat(this.<Integer>read("/actuator/gentcp", "$.clients[0].sockets[0].pending")).isPositive();
		assertThat(this.<String>read("/actuator/gentcp", "$.clients[0].sockets[0].backend")).isEqualTo("inet");
	}

	@Test
	void oneNameIsShownAlone() {
		start(EXPOSED, "gentcp.client.edge.port=1");
		assertThat(this.<List<String>>read("/actuator/gentcp/orders", "$.*[*].name")).containsExactly("orders");
		assertThat(this.<List<String>>read("/actuator/gentcp/edge", "$.*[*].role")).containsExactly("client", "server");
		this.http.get().uri("/actuator/gentcp/nobody").exchange().expectStatus().isNotFound();
	}

	@Test
	void socketsOfGenTcpItselfAreShownWithoutAName() {
		start(EXPOSED);
		GenTcp genTcp = this.application.getBean(GenTcp.class);
		SocketOptions options = SocketOptions.defaults().backend(Backend.SOCKET);
		ListenResult.Listening listening = (ListenResult.Listening) genTcp.listen(0, options);
		ConnectResult.Connected connected = (ConnectResult.Connected) genTcp.connect("127.0.0.1", this.peer.port(),
				options, PATIENCE);
		try (ListenSocket listen = listening.socket(); TcpSocket socket = connected.socket()) {
			List<Map<String, Object>> others = read("/actuator/gentcp", "$.others");
			assertThat(others).extracting("state").containsExactly("LISTEN", "CONNECTED");
			assertThat(others.getFirst().get("local")).asString().endsWith(":" + listen.port());
			assertThat(others.getLast()).containsEntry("local", "127.0.0.1:" + socket.port())
				.containsEntry("packet", "raw")
				.doesNotContainKeys("id", "age");
		}
		assertThat(this.<List<?>>read("/actuator/gentcp", "$.others")).isEmpty();
	}

	@Test
	void deletingAConnectionClosesIt() {
		start(EXPOSED);
		try (PeerConnection device = connect(); PeerConnection other = connect()) {
			other.send(new byte[] { 0, 0, 0, 1, 'x' });
			other.awaitReceived(5, PATIENCE);
			await().atMost(PATIENCE).until(() -> edge().connections().count() == 2);
			String local = "127.0.0.1:" + device.localAddress().getPort();
			List<String> ids = read("/actuator/gentcp/edge",
					"$.servers[0].sockets[?(@.foreign == '%s')].id".formatted(local));

			delete("edge", ids.getFirst()).expectStatus().isNoContent();

			device.awaitEndOfStream(PATIENCE);
			assertThat(edge().connections().counters().connectionsClosed(CloseReason.LOCAL)).isOne();
			delete("edge", ids.getFirst()).expectStatus().isNotFound();
			other.send(new byte[] { 0, 0, 0, 1, 'y' });
			other.awaitReceived(10, PATIENCE);
		}
	}

	@Test
	void aConnectionIsDeletedOnlyBelowItsOwnName() {
		start(EXPOSED);
		orders().send("hello");
		String id = orders().connections().all().iterator().next().id();

		delete("edge", id).expectStatus().isNotFound();
		delete("nobody", id).expectStatus().isNotFound();
		assertThat(orders().isConnected()).isTrue();
		delete("orders", id).expectStatus().isNoContent();
		assertThat(orders().isConnected()).isFalse();
	}

	@Test
	void withReadOnlyAccessNothingIsClosed() {
		start(EXPOSED, "management.endpoint.gentcp.access=read-only");
		orders().send("hello");
		String id = orders().connections().all().iterator().next().id();

		delete("orders", id).expectStatus().is4xxClientError();

		assertThat(orders().isConnected()).isTrue();
		assertThat(this.<List<?>>read("/actuator/gentcp", "$.clients")).hasSize(1);
	}

	@Test
	void healthHasAPathForEachClientAndServer() {
		start(EXPOSED, "management.endpoint.health.show-details=always");
		assertThat(this.<String>read("/actuator/health", "$.components.gentcp.components.client.status"))
			.isEqualTo("UP");
		assertThat(this.<String>read("/actuator/health/gentcp/client/orders", "$.details.state")).isEqualTo("idle");
		assertThat(this.<String>read("/actuator/health/gentcp/server/edge", "$.details.address"))
			.isEqualTo("127.0.0.1:" + edge().port());
	}

	private RestTestClient.ResponseSpec delete(String name, String id) {
		return this.http.delete().uri("/actuator/gentcp/{name}/{id}", name, id).exchange();
	}

	private <T> T read(String path, String json) {
		String body = this.http.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		return JsonPath.read(body, json);
	}

	private PeerConnection connect() {
		return ScriptedPeer.connecting("127.0.0.1", edge().port());
	}

	private static String text(PeerConnection connection) {
		return "127.0.0.1:" + connection.remoteAddress().getPort();
	}

	private GenTcpTemplate orders() {
		return this.application.getBean("ordersGenTcpTemplate", GenTcpTemplate.class);
	}

	private GenTcpListenerContainer edge() {
		return this.application.getBean(GenTcpListenerContainer.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@GenTcpListener("edge")
		String onPacket(String packet) {
			return packet.toUpperCase();
		}

	}

}

package io.gentcp.spring.core;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.TcpSocket;
import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.gentcp.spring.core.TestClient.PATIENCE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** A client with packet http asks a web server, in callbacks. */
class HttpExchangeTests {

	private HttpServer server;

	@BeforeEach
	void startServer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/upper", (exchange) -> {
			byte[] body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1).toUpperCase()
				.getBytes(ISO_8859_1);
			exchange.getResponseHeaders().add("X-Method", exchange.getRequestMethod());
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stopServer() {
		this.server.stop(0);
	}

	private TestClient client(Backend backend) {
		return TestClient.on(backend, this.server.getAddress().getPort(),
				(settings) -> settings.options(settings.options().packet(PacketType.HTTP)));
	}

	@ParameterizedTest
	@EnumSource
	void eachCallbackIsAnExchangeOnTheOneConnection(Backend backend) {
		try (TestClient ours = client(backend)) {
			for (String body : new String[] { "one", "two", "three" }) {
				Answer answer = ours.client().execute((socket) -> post(socket, "/upper", body));

				assertThat(answer.status()).isEqualTo(200);
				assertThat(answer.headers()).containsEntry("X-Method", "POST");
				assertThat(answer.body()).isEqualTo(body.toUpperCase());
			}
			assertThat(ours.client().execute((socket) -> post(socket, "/missing", "")).status()).isEqualTo(404);
			assertThat(ours.client().counters().connectionsOpened()).isOne();
			assertThat(ours.client().counters().uncorrelatedPackets()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aCallbackMayHaveSeveralExchanges(Backend backend) {
		try (TestClient ours = client(backend)) {
			String bodies = ours.client()
				.execute((socket) -> post(socket, "/upper", "one").body() + post(socket, "/upper", "two").body());

			assertThat(bodies).isEqualTo("ONETWO");
			assertThat(ours.client().counters().connectionsOpened()).isOne();
		}
	}

	private static Answer post(TcpSocket socket, String path, String body) {
		String request = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s".formatted(path,
				body.length(), body);
		assertThat(socket.send(request.getBytes(ISO_8859_1))).isEqualTo(new SendResult.Sent());
		int status = 0;
		Map<String, String> headers = new HashMap<>();
		while (true) {
			switch ((HttpPacket) received(socket.recv(PATIENCE))) {
				case HttpPacket.Response response -> status = response.status();
				case HttpPacket.Header header -> headers.put(header.name(), header.value());
				case HttpPacket.EndOfHeaders end -> {
					return new Answer(status, headers, body(socket, Integer.parseInt(headers.get("Content-Length"))));
				}
				case HttpPacket.Request other -> throw new AssertionError(other);
				case HttpPacket.Error error -> throw new AssertionError(error);
			}
		}
	}

	private static String body(TcpSocket socket, int length) {
		if (length == 0) {
			return "";
		}
		var raw = socket.setOptions((options) -> options.packet(PacketType.RAW));
		byte[] body = PacketBytes.of(received(socket.recv(length, PATIENCE)));
		var http = socket.setOptions((options) -> options.packet(PacketType.HTTP));
		assertThat(http).isEqualTo(raw);
		return new String(body, ISO_8859_1);
	}

	private static Packet received(RecvResult result) {
		assertThat(result).isInstanceOf(RecvResult.Received.class);
		return ((RecvResult.Received) result).packet();
	}

	private record Answer(int status, Map<String, String> headers, String body) {
	}

}

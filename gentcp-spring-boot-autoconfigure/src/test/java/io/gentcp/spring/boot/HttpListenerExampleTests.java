package io.gentcp.spring.boot;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import io.gentcp.RecvResult;
import io.gentcp.TcpSocket;
import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.HttpUri;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.PacketBytes;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.StreamEnd;
import io.gentcp.transport.Backend;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.stereotype.Component;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A listener that answers HTTP/1.1: it gets the lines with packet http, and receives the
 * body with packet raw.
 */
@ParameterizedClass
@EnumSource
class HttpListenerExampleTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Parameter
	Backend backend;

	@Test
	void aConnectionIsKeptForTheNextRequest() {
		listening((container, peer) -> {
			send(peer, post("/one", "first"));
			assertReceived(peer, ok("/one FIRST"));
			send(peer, "GET /two HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertReceived(peer, ok("/one FIRST") + ok("/two "));
			send(peer, post("/three", "third"));
			assertReceived(peer, ok("/one FIRST") + ok("/two ") + ok("/three THIRD"));
		});
	}

	@Test
	void theNextRequestMayComeTogetherWithABody() {
		listening((container, peer) -> {
			send(peer, post("/one", "first") + post("/two", "GET / HTTP/1.1\r\n\r\n") + post("/three", "third"));
			assertReceived(peer, ok("/one FIRST") + ok("/two GET / HTTP/1.1\r\n\r\n") + ok("/three THIRD"));
		});
	}

	@Test
	void aRequestMayComeByteByByte() {
		listening((container, peer) -> {
			for (byte one : post("/one", "first").getBytes(ISO_8859_1)) {
				peer.send(new byte[] { one });
			}
			assertReceived(peer, ok("/one FIRST"));
		});
	}

	@Test
	void aLineThatIsNoHttpIsAnsweredToo() {
		listening((container, peer) -> {
			String refused = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
			send(peer, "so be it\r\n" + post("/one", "first"));
			assertReceived(peer, refused + ok("/one FIRST"));
		});
	}

	@Test
	void aBodyThatIsTooLargeClosesTheConnection() {
		listening((container, peer) -> {
			send(peer, "POST / HTTP/1.1\r\nContent-Length: 100001\r\n\r\n");
			peer.awaitEndOfStream(PATIENCE);
			assertThat(peer.streamEnd()).isInstanceOf(StreamEnd.EndOfStream.class);
		});
	}

	@Test
	void javasOwnClientIsContent() {
		listening((container, peer) -> {
			try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
				for (String body : new String[] { "first", "second", "third" }) {
					HttpRequest request = HttpRequest
						.newBuilder(URI.create("http://127.0.0.1:%d/shout".formatted(container.port())))
						.POST(HttpRequest.BodyPublishers.ofString(body))
						.timeout(PATIENCE)
						.build();
					HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
					assertThat(response.statusCode()).isEqualTo(200);
					assertThat(response.body()).isEqualTo("/shout " + body.toUpperCase());
				}
				// The other one is the scripted peer's.
				assertThat(container.activeConnections()).isEqualTo(2);
			}
		});
	}

	private void listening(ListeningTest test) {
		ConfiguredContext.runner().withInitializer(ConfiguredContext.yaml("""
				gentcp:
				  server:
				    web:
				      port: 0
				      address: 127.0.0.1
				      packet: http
				      packet-size: 8KB      # of a line
				""")).withPropertyValues("gentcp.backend=" + this.backend).withBean(Shouts.class).run((context) -> {
			assertThat(context).hasNotFailed();
			GenTcpListenerContainer container = context.getBean(GenTcpListenerContainer.class);
			try (PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", container.port())) {
				peer.readAll();
				test.run(container, peer);
			}
		});
	}

	private static String post(String path, String body) {
		return "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s".formatted(path, body.length(),
				body);
	}

	private static String ok(String body) {
		return "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
	}

	private static void send(PeerConnection peer, String text) {
		peer.send(text.getBytes(ISO_8859_1));
	}

	private static void assertReceived(PeerConnection peer, String expected) {
		peer.awaitReceived(expected.length(), PATIENCE);
		assertThat(peer.received()).asString(ISO_8859_1).isEqualTo(expected);
	}

	@FunctionalInterface
	interface ListeningTest {

		void run(GenTcpListenerContainer container, PeerConnection peer) throws Exception;

	}

	/** Answers each request with its path and its body, in upper case. */
	@Component
	static class Shouts {

		private static final int LARGEST_BODY = 100_000;

		/** A connection has a thread of its own, with which its message goes. */
		private final ThreadLocal<Message> message = new ThreadLocal<>();

		@GenTcpListener("web")
		@Nullable String onPacket(HttpPacket packet, TcpSocket connection) {
			return switch (packet) {
				case HttpPacket.Request request -> begin(request);
				case HttpPacket.Header header -> read(header);
				case HttpPacket.EndOfHeaders end -> answer(this.message.get(), connection);
				case HttpPacket.Response response -> answer("400 Bad Request", "");
				case HttpPacket.Error error -> answer("400 Bad Request", "");
			};
		}

		private @Nullable String begin(HttpPacket.Request request) {
			String path = (request.uri() instanceof HttpUri.AbsolutePath(String absolute)) ? absolute : "?";
			this.message.set(new Message(path, 0));
			return null;
		}

		private @Nullable String read(HttpPacket.Header header) {
			if (header.name().equals("Content-Length")) {
				int length = Integer.parseInt(header.value());
				if (length < 0 || length > LARGEST_BODY) {
					throw new IllegalArgumentException("a body of %d bytes".formatted(length));
				}
				this.message.set(new Message(this.message.get().path, length));
			}
			return null;
		}

		private static String answer(Message message, TcpSocket connection) {
			// A receive of no bytes would wait for whatever comes.
			String body = (message.length > 0) ? receive(message.length, connection) : "";
			return answer("200 OK", message.path + " " + body.toUpperCase());
		}

		private static String answer(String status, String body) {
			return "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body);
		}

		/** Receives exactly the body: what follows is the next request. */
		private static String receive(int length, TcpSocket connection) {
			set(PacketType.RAW, connection);
			RecvResult result = connection.recv(length, Duration.ofSeconds(10));
			set(PacketType.HTTP, connection);
			return switch (result) {
				case RecvResult.Received(Packet body) -> new String(PacketBytes.of(body), ISO_8859_1);
				case RecvResult.TimedOut late -> throw new IllegalStateException("no body: " + late);
				case RecvResult.Closed closed -> throw new IllegalStateException("no body: " + closed);
				case RecvResult.Failed failed -> throw new IllegalStateException("no body: " + failed);
			};
		}

		private static void set(PacketType packet, TcpSocket connection) {
			// On a closed connection this fails, and so does receiving.
			var unused = connection.setOptions((options) -> options.packet(packet));
		}

		private record Message(String path, int length) {
		}

	}

}

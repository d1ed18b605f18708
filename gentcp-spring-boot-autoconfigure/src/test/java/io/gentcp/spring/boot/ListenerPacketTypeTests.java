package io.gentcp.spring.boot;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.gentcp.TcpSocket;
import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.StreamEnd;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a listener is given with packet types that deliver more than bytes. */
@ParameterizedClass
@EnumSource
@ExtendWith(OutputCaptureExtension.class)
class ListenerPacketTypeTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Parameter
	Backend backend;

	@Test
	void linesOfHttpComeTakenApart() {
		listening("packet=http", Lines.class, (container, peer) -> {
			send(peer, "get /a HTTP/1.1\r\nhost: b\r\n\r\nnonsense\r\n");
			assertReplies(peer,
					"Request[get, HTTP/1.1] Header[Host, 1 characters] EndOfHeaders[] " + "Error[10 characters] ");
		});
	}

	@Test
	void recordsOfTlsComeTakenApart() {
		listening("packet=ssl_tls", Records.class, (container, peer) -> {
			peer.send(new byte[] { 22, 3, 1, 0, 2, 'h', 'i' });
			assertReplies(peer, "22: hi");
		});
	}

	@Test
	void theFirstBytesOfAPacketAreSetApart() {
		listening("packet=line, header=3", Parts.class, (container, peer) -> {
			send(peer, "ADDone\nX\n");
			assertReplies(peer, "ADD|one\nX\n|");
		});
	}

	@Test
	void whatDoesNotFitTheParameterAnyMoreIsToldOnceAndClosesTheConnection(CapturedOutput output) {
		listening("packet=http", LeavesRaw.class, (container, peer) -> {
			try (PeerConnection other = ScriptedPeer.connecting("127.0.0.1", container.port())) {
				other.readAll();
				send(peer, "GET / HTTP/1.1\r\nsecret");
				peer.awaitEndOfStream(PATIENCE);
				await().atMost(PATIENCE).until(() -> lines(output, " ERROR ") == 1);
				assertThat(output).contains("server web: handling a packet of 6 bytes from web-")
					.contains("LeavesRaw.onPacket(HttpPacket, TcpSocket) cannot take Bytes[6 bytes]: "
							+ "packet is raw on this connection by now; a parameter of type Packet takes any")
					.doesNotContain("secret");
				assertThat(other.streamEnd()).isInstanceOf(StreamEnd.Open.class);
			}
		});
	}

	@Test
	void aPacketTakesBoth() {
		listening("packet=http", TakesBoth.class, (container, peer) -> {
			send(peer, "GET / HTTP/1.1\r\nand bytes");
			assertReplies(peer, "Request[GET, HTTP/1.1] Bytes[9 bytes] ");
		});
	}

	@Test
	void aLineOfHttpThatIsReturnedIsTheListenersFailure(CapturedOutput output) {
		listening("packet=http", ReturnsLines.class, (container, peer) -> {
			send(peer, "GET / HTTP/1.1\r\n");
			peer.awaitEndOfStream(PATIENCE);
			await().atMost(PATIENCE).until(() -> lines(output, " ERROR ") == 1);
			assertThat(output).contains(
					"ReturnsLines.onPacket(Packet) returned Request[GET, HTTP/1.1], " + "which has no bytes to send");
		});
	}

	private void listening(String options, Class<?> listener, ListeningTest test) {
		ConfiguredContext.runner()
			.withInitializer(ConfiguredContext.yaml("gentcp: { server: { web: { port: 0, address: 127.0.0.1, %s } } }"
				.formatted(options.replace("=", ": "))))
			.withPropertyValues("gentcp.backend=" + this.backend)
			.withBean(listener)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				GenTcpListenerContainer container = context.getBean(GenTcpListenerContainer.class);
				try (PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", container.port())) {
					peer.readAll();
					test.run(container, peer);
				}
			});
	}

	private static void send(PeerConnection peer, String text) {
		peer.send(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static void assertReplies(PeerConnection peer, String expected) {
		peer.awaitReceived(expected.length(), PATIENCE);
		assertThat(peer.received()).asString(StandardCharsets.ISO_8859_1).isEqualTo(expected);
	}

	private static long lines(CapturedOutput output, String text) {
		return output.toString().lines().filter((line) -> line.contains(text)).count();
	}

	@FunctionalInterface
	interface ListeningTest {

		void run(GenTcpListenerContainer container, PeerConnection peer);

	}

	static class Lines {

		@GenTcpListener("web")
		String onPacket(HttpPacket packet) {
			return packet + " ";
		}

	}

	static class Records {

		@GenTcpListener("web")
		String onPacket(Packet.TlsRecord packet) {
			return "%d: %s".formatted(packet.contentType(), new String(packet.data(), StandardCharsets.ISO_8859_1));
		}

	}

	static class Parts {

		@GenTcpListener("web")
		String onPacket(Packet.WithHeader packet) {
			return new String(packet.header(), StandardCharsets.ISO_8859_1) + "|"
					+ new String(packet.rest(), StandardCharsets.ISO_8859_1);
		}

	}

	static class LeavesRaw {

		@GenTcpListener("web")
		void onPacket(HttpPacket packet, TcpSocket connection) {
			var unused = connection.setOptions((options) -> options.packet(PacketType.RAW));
		}

	}

	static class TakesBoth {

		@GenTcpListener("web")
		String onPacket(Packet packet, TcpSocket connection) {
			var unused = connection.setOptions((options) -> options.packet(PacketType.RAW));
			return packet + " ";
		}

	}

	static class ReturnsLines {

		@GenTcpListener("web")
		Packet onPacket(Packet packet) {
			return packet;
		}

	}

}

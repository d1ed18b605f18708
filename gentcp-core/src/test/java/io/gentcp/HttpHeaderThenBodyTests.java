package io.gentcp;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

import io.gentcp.examples.HttpServerExample;
import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.HttpUri;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.transport.Backend;
import io.gentcp.transport.DrippingWire;
import io.gentcp.transport.Engine;
import io.gentcp.transport.EngineOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * HTTP as Erlang's manual reads it: headers with packet http, then packet raw for as many
 * bytes as they announce, then packet http again for the next request.
 */
@ParameterizedClass
@EnumSource(Backend.class)
@Timeout(60)
class HttpHeaderThenBodyTests {

	private static final SetOptionsResult SET = new SetOptionsResult.Set();

	/** Taken for a request, it would be one. */
	private static final String BODY = "GET / HTTP/1.1\r\nA: b\r\n\r\n";

	private static final String HEADERS = "POST /orders HTTP/1.1\r\nContent-Length: 24\r\n\r\n";

	private static final String MESSAGE = HEADERS + BODY;

	private static final int MESSAGES = 3;

	private final Mailbox mailbox = new Mailbox(1000);

	private final SocketOptions http = SocketOptions.defaults().packet(PacketType.HTTP);

	@Parameter
	Backend backend;

	@AfterEach
	void closeMailbox() {
		this.mailbox.close();
	}

	/** How the bytes of several messages arrive. */
	enum Arrival {

		IN_ONE_SEGMENT {
			@Override
			void send(PeerConnection peer) {
				peer.send(bytes(MESSAGE.repeat(MESSAGES)));
			}
		},

		MESSAGE_BY_MESSAGE {
			@Override
			void send(PeerConnection peer) {
				for (int i = 0; i < MESSAGES; i++) {
					peer.send(bytes(MESSAGE));
				}
			}
		},

		BYTE_BY_BYTE {
			@Override
			GenTcp open() {
				return new GenTcp(
						new Engine(EngineOptions.defaults().pollers(1), (channel) -> new DrippingWire(channel, 1)));
			}

			@Override
			void send(PeerConnection peer) {
				IN_ONE_SEGMENT.send(peer);
			}
		};

		GenTcp open() {
			return GenTcp.open();
		}

		abstract void send(PeerConnection peer);

	}

	@ParameterizedTest
	@EnumSource(Arrival.class)
	void aPassiveSocketReceivesHeadersThenTheBodyThenTheNextHeaders(Arrival arrival) {
		try (Connected connected = connected(arrival.open(), this.http)) {
			TcpSocket socket = connected.socket();
			arrival.send(connected.peer());
			for (int i = 0; i < MESSAGES; i++) {
				assertThatHeadersAre(() -> received(socket.recv(Connected.PATIENCE)));
				assertThatBodyIsReceived(socket);
				assertThat(socket.setOptions((options) -> options.packet(PacketType.HTTP))).isEqualTo(SET);
			}
			assertThat(socket.recv(Duration.ZERO)).isEqualTo(new RecvResult.TimedOut());
		}
	}

	@Test
	void aBodyThatComesLongAfterItsHeadersIsWaitedFor() {
		try (Connected connected = connected(GenTcp.open(), this.http)) {
			TcpSocket socket = connected.socket();
			connected.peer().send(bytes(HEADERS + BODY.substring(0, 5)));
			assertThatHeadersAre(() -> received(socket.recv(Connected.PATIENCE)));
			assertThat(socket.setOptions((options) -> options.packet(PacketType.RAW))).isEqualTo(SET);
			WaitingCall<RecvResult> body = WaitingCall.of(() -> socket.recv(BODY.length(), Connected.PATIENCE))
				.parked();
			connected.peer().send(bytes(BODY.substring(5)));
			assertThat(received(body.result())).isEqualTo(packet(BODY));
		}
	}

	@ParameterizedTest
	@EnumSource(Arrival.class)
	void onceItIsSetActiveForEachLine(Arrival arrival) {
		SocketOptions once = this.http.controllingProcess(this.mailbox).active(ActiveMode.ONCE);
		try (Connected connected = connected(arrival.open(), once)) {
			TcpSocket socket = connected.socket();
			arrival.send(connected.peer());
			for (int i = 0; i < MESSAGES; i++) {
				assertThatHeadersAre(() -> {
					Packet packet = told();
					if (!(packet instanceof HttpPacket.EndOfHeaders)) {
						assertThat(socket.active(ActiveMode.ONCE)).isEqualTo(SET);
					}
					return packet;
				});
				assertThatBodyIsReceived(socket);
				assertThat(socket.setOptions((options) -> options.packet(PacketType.HTTP).active(ActiveMode.ONCE)))
					.isEqualTo(SET);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Arrival.class)
	void aCountThatEndsWithTheHeadersLeavesTheBodyToReceive(Arrival arrival) {
		ActiveMode three = ActiveMode.count(3);
		SocketOptions counting = this.http.controllingProcess(this.mailbox).active(three);
		try (Connected connected = connected(arrival.open(), counting)) {
			TcpSocket socket = connected.socket();
			arrival.send(connected.peer());
			for (int i = 0; i < MESSAGES; i++) {
				assertThatHeadersAre(this::told);
				assertThat(this.mailbox.receive(Connected.PATIENCE)).contains(new SocketMessage.Passive(socket));
				assertThatBodyIsReceived(socket);
				assertThat(socket.setOptions((options) -> options.packet(PacketType.HTTP).active(three)))
					.isEqualTo(SET);
			}
		}
	}

	/** While the process is told of the end of the headers nothing behind it is read. */
	@ParameterizedTest
	@EnumSource(Arrival.class)
	void aProcessThatIsActiveStopsAtTheBodyWhileItIsTold(Arrival arrival) {
		ControllingProcess stopping = (message) -> {
			if (message instanceof SocketMessage.Data(TcpSocket socket, HttpPacket.EndOfHeaders end)) {
				assertThat(socket.active(ActiveMode.FALSE)).isEqualTo(SET);
			}
			this.mailbox.deliver(message);
		};
		SocketOptions active = this.http.controllingProcess(stopping).active(ActiveMode.TRUE);
		try (Connected connected = connected(arrival.open(), active)) {
			TcpSocket socket = connected.socket();
			arrival.send(connected.peer());
			for (int i = 0; i < MESSAGES; i++) {
				assertThatHeadersAre(this::told);
				assertThatBodyIsReceived(socket);
				assertThat(socket.setOptions((options) -> options.packet(PacketType.HTTP).active(ActiveMode.TRUE)))
					.isEqualTo(SET);
			}
		}
	}

	@Test
	void theExampleAnswersAnHttpClientOnOneConnection() throws Exception {
		try (GenTcp genTcp = GenTcp.open();
				ListenSocket listen = serving(genTcp);
				HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			URI uri = URI.create("http://127.0.0.1:%d/orders?id=1".formatted(listen.port()));
			for (int size : new int[] { 1, 0, 100, 999_999, 3 }) {
				byte[] body = Payloads.random(size);
				HttpRequest request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(body)).build();
				HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
				assertThat(response.statusCode()).isEqualTo(200);
				assertThat(response.body()).isEqualTo(body);
			}
		}
	}

	@Test
	void theExampleAnswersRequestsThatCameTogetherInTheirOrder() {
		try (GenTcp genTcp = GenTcp.open();
				ListenSocket listen = serving(genTcp);
				PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", listen.port())) {
			peer.send(bytes("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhiGET / HTTP/1.1\r\n\r\n" + MESSAGE));
			String answers = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
					+ "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" + "HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n"
					+ BODY;
			peer.awaitReceived(answers.length(), Connected.PATIENCE);
			assertThat(peer.received()).isEqualTo(bytes(answers));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "so be it\r\n", "HTTP/1.1 200 OK\r\n",
			"POST / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n", "GET /%s" })
	void theExampleClosesAConnectionThatBringsNoRequest(String sent) {
		try (GenTcp genTcp = GenTcp.open();
				ListenSocket listen = serving(genTcp);
				PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", listen.port())) {
			peer.send(bytes(sent.replace("%s", "a".repeat(9000))));
			peer.awaitEndOfStream(Connected.PATIENCE);
			assertThat(peer.receivedCount()).isZero();
		}
	}

	private ListenSocket serving(GenTcp genTcp) {
		ListenSocket listen = Connected.listen(genTcp, this.http.packetSize(8000).backend(this.backend));
		Thread.ofVirtual().start(() -> HttpServerExample.serve(listen));
		return listen;
	}

	private Connected connected(GenTcp genTcp, SocketOptions options) {
		return Connected.over(genTcp, options.backend(this.backend));
	}

	private static void assertThatHeadersAre(Supplier<Packet> packets) {
		assertThat(packets.get()).isEqualTo(
				new HttpPacket.Request("POST", new HttpUri.AbsolutePath("/orders"), new HttpPacket.Version(1, 1)));
		assertThat(packets.get()).isEqualTo(new HttpPacket.Header(38, "Content-Length", "Content-Length", "24"));
		assertThat(packets.get()).isEqualTo(new HttpPacket.EndOfHeaders());
	}

	private static void assertThatBodyIsReceived(TcpSocket socket) {
		assertThat(socket.setOptions((options) -> options.packet(PacketType.RAW))).isEqualTo(SET);
		assertThat(received(socket.recv(BODY.length(), Connected.PATIENCE))).isEqualTo(packet(BODY));
	}

	private Packet told() {
		SocketMessage message = this.mailbox.receive(Connected.PATIENCE).orElseThrow();
		assertThat(message).isInstanceOf(SocketMessage.Data.class);
		return ((SocketMessage.Data) message).packet();
	}

	private static Packet received(RecvResult result) {
		assertThat(result).isInstanceOf(RecvResult.Received.class);
		return ((RecvResult.Received) result).packet();
	}

	private static Packet packet(String text) {
		return new Packet.Bytes(bytes(text));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}

package io.gentcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.BusyCarriers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Bytes that were received can be put back, or others in front of what comes. */
@ParameterizedClass
@EnumSource(TestBackend.class)
@Timeout(60)
class UnrecvTests {

	private static final SocketOptions RAW = SocketOptions.defaults();

	private static final UnrecvResult DONE = new UnrecvResult.Unreceived();

	@Parameter
	private TestBackend backend;

	@Test
	void whatIsPutBackComesBeforeWhatIsThere() {
		try (Connected connected = Connected.over(this.backend, RAW, Step.send(bytes("def")))) {
			TcpSocket socket = connected.socket();
			assertThat(socket.recv(1, Connected.PATIENCE)).isEqualTo(received("d"));
			assertThat(socket.unrecv(bytes("abcd"))).isEqualTo(DONE);
			assertThat(socket.recv(6, Connected.PATIENCE)).isEqualTo(received("abcdef"));
		}
	}

	@Test
	void aLineThatWasBegunIsSearchedAnew() {
		try (Connected connected = Connected.over(this.backend, RAW.packet(PacketType.LINE),
				Step.send(bytes("rest")))) {
			TcpSocket socket = connected.socket();
			assertThat(socket.recv(Duration.ofMillis(50))).isEqualTo(new RecvResult.TimedOut());
			assertThat(socket.unrecv(bytes("a\nb"))).isEqualTo(DONE);
			assertThat(socket.recv()).isEqualTo(received("a\n"));
			connected.peer().send(bytes("\n"));
			assertThat(socket.recv()).isEqualTo(received("brest\n"));
		}
	}

	@Test
	void aLineDoesNotEndWhereThePutBackBytesDo() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			TcpSocket socket = connected.socket();
			assertThat(socket.unrecv(bytes("ab"))).isEqualTo(DONE);
			assertThat(socket.setOptions((options) -> options.packet(PacketType.LINE)))
				.isEqualTo(new SetOptionsResult.Set());
			assertThat(socket.recv(Duration.ZERO)).isEqualTo(new RecvResult.TimedOut());
			connected.peer().send(bytes("c\n"));
			assertThat(socket.recv()).isEqualTo(received("abc\n"));
		}
	}

	@Test
	void headersGoOnWhereBytesArePutBackBetweenThem() {
		try (Connected connected = Connected.over(this.backend, RAW.packet(PacketType.HTTP),
				Step.send(bytes("GET / HTTP/1.1\r\n\r\n")))) {
			TcpSocket socket = connected.socket();
			assertThat(socket.recv()).isInstanceOf(RecvResult.Received.class);
			assertThat(socket.unrecv(bytes("Host: a\r\n"))).isEqualTo(DONE);
			assertThat(socket.recv())
				.isEqualTo(new RecvResult.Received(new HttpPacket.Header(14, "Host", "Host", "a")));
			assertThat(socket.recv()).isEqualTo(new RecvResult.Received(new HttpPacket.EndOfHeaders()));
		}
	}

	@Test
	void anActiveSocketDeliversThem() {
		try (Mailbox mailbox = new Mailbox(10);
				Connected connected = Connected.over(this.backend,
						RAW.packet(PacketType.ONE).controllingProcess(mailbox).active(ActiveMode.TRUE))) {
			assertThat(connected.socket().unrecv(new byte[] { 1, 'a' })).isEqualTo(DONE);
			assertThat(mailbox.receive(Connected.PATIENCE))
				.contains(new SocketMessage.Data(connected.socket(), new Packet.Bytes(bytes("a"))));
		}
	}

	@Test
	void notFromWithinADelivery() {
		CompletableFuture<UnrecvResult> result = new CompletableFuture<>();
		ControllingProcess process = (message) -> result.complete(message.socket().unrecv(bytes("x")));
		try (Connected connected = Connected.over(this.backend, RAW.controllingProcess(process).active(ActiveMode.TRUE),
				Step.send(bytes("a")))) {
			assertThat(result).succeedsWithin(Connected.PATIENCE).isEqualTo(new UnrecvResult.Busy());
		}
	}

	/**
	 * The packet comes while it is in line, and the interrupt before it can take its
	 * turn.
	 */
	@Test
	void oneThatIsInterruptedInLineDoesNotHoldUpADelivery() throws InterruptedException {
		try (Mailbox mailbox = new Mailbox(10);
				Connected connected = Connected.over(this.backend,
						RAW.packet(PacketType.ONE).controllingProcess(mailbox))) {
			TcpSocket socket = connected.socket();
			RecvResult[] first = new RecvResult[1];
			Thread receiver = Thread.ofPlatform().start(() -> first[0] = socket.recv());
			await().atMost(Connected.PATIENCE).until(() -> receiver.getState() == Thread.State.WAITING);
			WaitingCall<UnrecvResult> interrupted = WaitingCall.of(() -> socket.unrecv(bytes("x"))).parked();
			assertThat(socket.active(ActiveMode.TRUE)).isEqualTo(new SetOptionsResult.Set());
			try (BusyCarriers busy = new BusyCarriers()) {
				connected.peer().send(new byte[] { 1, 'a', 1, 'b' });
				receiver.join();
				interrupted.interrupt();
				assertThat(busy.areBusy()).isTrue();
			}
			assertThat(first).containsExactly(received("a"));
			assertThat(interrupted.result()).isEqualTo(new UnrecvResult.Busy());
			assertThat(mailbox.receive(Connected.PATIENCE))
				.contains(new SocketMessage.Data(socket, new Packet.Bytes(bytes("b"))));
		}
	}

	@Test
	void nothingIsPutBackBehindTheEnd() {
		try (Connected connected = Connected.over(this.backend, RAW, Step.close())) {
			assertThat(connected.socket().recv()).isEqualTo(new RecvResult.Closed());
			assertThat(connected.socket().unrecv(bytes("x"))).isEqualTo(new UnrecvResult.Closed());
		}
	}

	private static RecvResult received(String text) {
		return new RecvResult.Received(new Packet.Bytes(bytes(text)));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}

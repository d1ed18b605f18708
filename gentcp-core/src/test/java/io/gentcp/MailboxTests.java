package io.gentcp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** A mailbox holds what nobody has received yet, up to its bound. */
@Timeout(60)
class MailboxTests {

	private static final SocketOptions FOUR = SocketOptions.defaults().packet(PacketType.FOUR);

	private static final Duration SHORT = Duration.ofMillis(50);

	@Test
	void receivingWaitsForAMessage() {
		try (Mailbox mailbox = new Mailbox(10); Connected connected = Connected.over(TestWire.PLAIN, to(mailbox))) {
			WaitingCall<Optional<SocketMessage>> waiting = WaitingCall.of(() -> mailbox.receive(Connected.PATIENCE))
				.parked();
			connected.peer().send(new byte[] { 0, 0, 0, 1, 'a' });
			assertThat(waiting.result())
				.contains(new SocketMessage.Data(connected.socket(), new Packet.Bytes(new byte[] { 'a' })));
		}
	}

	@Test
	void receivingEndsAtItsTimeout() {
		try (Mailbox mailbox = new Mailbox(10)) {
			assertThat(mailbox.receive(Duration.ZERO)).isEmpty();
			assertThat(mailbox.receive(SHORT)).isEmpty();
		}
	}

	@Test
	void anInterruptEndsAReceiveAndItsFlagStays() {
		try (Mailbox mailbox = new Mailbox(10)) {
			WaitingCall<Optional<SocketMessage>> waiting = WaitingCall.of(() -> mailbox.receive(SocketOptions.INFINITY))
				.parked();
			waiting.interrupt();
			assertThat(waiting.result()).isEmpty();
			assertThat(waiting.leftTheInterruptFlagSet()).isTrue();
		}
	}

	@Test
	void anInterruptedThreadStillTakesWhatIsThere() {
		try (Mailbox mailbox = new Mailbox(10);
				Connected connected = Connected.over(TestWire.PLAIN, to(mailbox).active(ActiveMode.count(0)))) {
			WaitingCall<Optional<SocketMessage>> call = WaitingCall
				.ofInterrupted(() -> mailbox.receive(SocketOptions.INFINITY));
			assertThat(call.result()).contains(new SocketMessage.Passive(connected.socket()));
			assertThat(call.leftTheInterruptFlagSet()).isTrue();
		}
	}

	@Test
	void atItsBoundThePeerCannotSendOnUntilThereIsRoom() {
		int packets = 20_000;
		ByteBuffer stream = ByteBuffer.allocate(packets * 1004);
		while (stream.hasRemaining()) {
			stream.putInt(1000).putInt(stream.position() / 1004).position(stream.position() + 996);
		}
		try (Mailbox mailbox = new Mailbox(10);
				GenTcp genTcp = GenTcp.open();
				ListenSocket listen = Connected.listen(genTcp, to(mailbox).recbuf(32 * 1024));
				TcpSocket sender = Connected.connect(genTcp, listen.port(),
						SocketOptions.defaults()
							.backend(Backend.SOCKET)
							.sndbuf(32 * 1024)
							.sendTimeout(Duration.ofMillis(300)))) {
			assertThat(listen.accept()).isInstanceOf(AcceptResult.Accepted.class);
			RestData rest = ((SendResult.TimedOutWithRest) sender.send(stream.array())).rest();
			assertThat(rest.bytesOut()).as("what the kernel and one buffer hold").isLessThan(2_000_000);
			assertThat(mailbox).hasToString("Mailbox[10 of 10 messages]");
			WaitingCall<SendResult> resumed = WaitingCall.of(() -> sender.resume(rest, Connected.PATIENCE));
			for (int i = 0; i < packets; i++) {
				Packet packet = ((SocketMessage.Data) mailbox.receive(Connected.PATIENCE).orElseThrow()).packet();
				assertThat(ByteBuffer.wrap(((Packet.Bytes) packet).array()).getInt()).isEqualTo(i);
			}
			assertThat(resumed.result()).isEqualTo(new SendResult.Sent());
		}
	}

	@Test
	void whatIsNoPacketComesAtTheBoundToo() {
		try (Mailbox mailbox = new Mailbox(1);
				Connected connected = Connected.over(TestWire.PLAIN, to(mailbox).active(ActiveMode.count(1)),
						Step.send(new byte[] { 0, 0, 0, 1, 'a' }), Step.close())) {
			await().atMost(Connected.PATIENCE).until(mailbox::toString, "Mailbox[2 of 1 messages]"::equals);
			assertThat(mailbox.receive(Duration.ZERO)).containsInstanceOf(SocketMessage.Data.class);
			assertThat(mailbox.receive(Duration.ZERO)).containsInstanceOf(SocketMessage.Passive.class);
			assertThat(connected.socket().active(ActiveMode.TRUE)).isEqualTo(new SetOptionsResult.Set());
			assertThat(mailbox.receive(Connected.PATIENCE)).containsInstanceOf(SocketMessage.Closed.class);
		}
	}

	@Test
	void everySocketThatFoundNoRoomGoesOn() {
		try (Mailbox mailbox = new Mailbox(1); GenTcp genTcp = GenTcp.open()) {
			List<Connected> connections = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				connections.add(Connected.over(genTcp, to(mailbox),
						Step.send(new byte[] { 0, 0, 0, 1, 'a', 0, 0, 0, 1, 'b', 0, 0, 0, 1, 'c' }), Step.close()));
			}
			List<SocketMessage> messages = new ArrayList<>();
			for (int i = 0; i < 40; i++) {
				messages.add(mailbox.receive(Connected.PATIENCE).orElseThrow());
			}
			for (Connected connected : connections) {
				assertThat(messages).filteredOn((message) -> message.socket().equals(connected.socket()))
					.satisfiesExactly((a) -> assertThat(a).isEqualTo(data(connected, 'a')),
							(b) -> assertThat(b).isEqualTo(data(connected, 'b')),
							(c) -> assertThat(c).isEqualTo(data(connected, 'c')),
							(end) -> assertThat(end).isEqualTo(new SocketMessage.Closed(connected.socket())));
				connected.listening().close();
			}
		}
	}

	@Test
	void aHandOverMakesRoomForTheOthers() {
		try (Mailbox mailbox = new Mailbox(1);
				Mailbox other = new Mailbox(1);
				Connected one = Connected.over(TestWire.PLAIN, to(mailbox),
						Step.send(new byte[] { 0, 0, 0, 1, 'a' }))) {
			await().atMost(Connected.PATIENCE).until(mailbox::toString, "Mailbox[1 of 1 messages]"::equals);
			try (Connected two = Connected.over(TestWire.PLAIN, to(mailbox),
					Step.send(new byte[] { 0, 0, 0, 1, 'b' }))) {
				assertThat(one.socket().controllingProcess(mailbox, other))
					.isEqualTo(new ControllingProcessResult.HandedOver());
				assertThat(mailbox.receive(Connected.PATIENCE)).contains(data(two, 'b'));
			}
		}
	}

	@Test
	void closingItClosesItsSocketsAndNoOthers() {
		Mailbox mailbox = new Mailbox(10);
		try (Mailbox other = new Mailbox(10);
				Connected active = Connected.over(TestWire.PLAIN, to(mailbox));
				Connected passive = Connected.over(TestWire.PLAIN, to(mailbox).active(ActiveMode.FALSE));
				Connected handedOver = Connected.over(TestWire.PLAIN, to(mailbox))) {
			assertThat(handedOver.socket().controllingProcess(mailbox, other))
				.isEqualTo(new ControllingProcessResult.HandedOver());
			WaitingCall<Optional<SocketMessage>> waiting = WaitingCall.of(() -> mailbox.receive(SocketOptions.INFINITY))
				.parked();
			mailbox.close();
			mailbox.close();
			assertThat(waiting.result()).isEmpty();
			active.peer().awaitEndOfStream(Connected.PATIENCE);
			passive.peer().awaitEndOfStream(Connected.PATIENCE);
			assertThat(handedOver.socket().isOpen()).isTrue();
			assertThat(handedOver.socket().controllingProcess(other, mailbox))
				.isEqualTo(new ControllingProcessResult.HandedOver());
			assertThat(handedOver.socket().isOpen()).isFalse();
		}
	}

	@Test
	void aBoundOfNothingIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Mailbox(0))
			.withMessage("bound is 0; it must be 1 or more");
	}

	private static SocketOptions to(Mailbox mailbox) {
		return FOUR.controllingProcess(mailbox).active(ActiveMode.TRUE);
	}

	private static SocketMessage data(Connected connected, char packet) {
		return new SocketMessage.Data(connected.socket(), new Packet.Bytes(new byte[] { (byte) packet }));
	}

}

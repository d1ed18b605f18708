package io.gentcp;

import java.time.Duration;
import java.util.List;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** A socket goes from one process to another, with the messages nobody has received. */
@Timeout(60)
class ControllingProcessTests {

	private static final SetOptionsResult SET = new SetOptionsResult.Set();

	private static final ControllingProcessResult OK = new ControllingProcessResult.HandedOver();

	private static final ControllingProcessResult NOT_OWNER = new ControllingProcessResult.NotOwner();

	private static final ControllingProcessResult CLOSED = new ControllingProcessResult.Closed();

	private final Mailbox from = new Mailbox(100);

	private final Mailbox to = new Mailbox(100);

	private final SocketOptions options = SocketOptions.defaults().packet(PacketType.ONE).controllingProcess(this.from);

	@AfterEach
	void closeMailboxes() {
		this.from.close();
		this.to.close();
	}

	@Test
	void messagesNobodyHasReceivedMoveInOrderInFrontOfLaterOnes() {
		try (Connected connected = connected(ActiveMode.TRUE)) {
			TcpSocket socket = connected.socket();
			connected.peer().send(new byte[] { 1, 'a', 1, 'b', 1, 'c' });
			assertThat(next(this.from)).isEqualTo(data(socket, 'a'));
			assertThat(socket.controllingProcess(this.from, this.to)).isEqualTo(OK);
			connected.peer().send(new byte[] { 1, 'd' });
			for (char packet : "bcd".toCharArray()) {
				assertThat(next(this.to)).isEqualTo(data(socket, packet));
			}
			assertThat(this.from.receive(Duration.ZERO)).isEmpty();
			assertThat(socket.options().controllingProcess()).containsSame(this.to);
		}
	}

	@Test
	void passiveAndClosedMoveToo() {
		try (Connected connected = connected(ActiveMode.count(1), Step.send(new byte[] { 1, 'a' }), Step.close())) {
			TcpSocket socket = connected.socket();
			connected.peer().awaitScript(Connected.PATIENCE);
			assertThat(next(this.from)).isEqualTo(data(socket, 'a'));
			assertThat(socket.controllingProcess(this.from, this.to)).isEqualTo(OK);
			assertThat(next(this.to)).isEqualTo(new SocketMessage.Passive(socket));
			assertThat(socket.active(ActiveMode.TRUE)).isEqualTo(SET);
			assertThat(socket.controllingProcess(this.to, this.from)).isEqualTo(OK);
			assertThat(next(this.from)).isEqualTo(new SocketMessage.Closed(socket));
		}
	}

	@Test
	void theModeStaysAndACountToo() {
		try (Connected connected = connected(ActiveMode.count(2))) {
			TcpSocket socket = connected.socket();
			connected.peer().send(new byte[] { 1, 'a' });
			assertThat(next(this.from)).isEqualTo(data(socket, 'a'));
			assertThat(socket.controllingProcess(this.from, this.to)).isEqualTo(OK);
			assertThat(socket.options().active()).isEqualTo(ActiveMode.count(1));
			connected.peer().send(new byte[] { 1, 'b', 1, 'c' });
			assertThat(next(this.to)).isEqualTo(data(socket, 'b'));
			assertThat(next(this.to)).isEqualTo(new SocketMessage.Passive(socket));
		}
	}

	@Test
	void messagesOfOtherSocketsStay() {
		try (Connected connected = connected(ActiveMode.count(0)); Connected other = connected(ActiveMode.count(0))) {
			assertThat(connected.socket().controllingProcess(this.from, this.to)).isEqualTo(OK);
			assertThat(next(this.from)).isEqualTo(new SocketMessage.Passive(other.socket()));
			assertThat(next(this.to)).isEqualTo(new SocketMessage.Passive(connected.socket()));
		}
	}

	@Test
	void onlyTheProcessThatControlsASocketGivesItAway() {
		try (Connected connected = connected(ActiveMode.TRUE)) {
			TcpSocket socket = connected.socket();
			assertThat(socket.controllingProcess(this.to, this.from)).isEqualTo(NOT_OWNER);
			assertThat(socket.controllingProcess(this.to)).isEqualTo(NOT_OWNER);
			assertThat(socket.controllingProcess(this.from, this.from)).isEqualTo(OK);
			assertThat(socket.controllingProcess(this.from, this.to)).isEqualTo(OK);
			assertThat(socket.controllingProcess(this.from, this.to)).isEqualTo(NOT_OWNER);
		}
	}

	@Test
	void aClosedSocketIsNotGivenAway() {
		try (Connected connected = connected(ActiveMode.TRUE)) {
			connected.socket().close();
			assertThat(connected.socket().controllingProcess(this.from, this.to)).isEqualTo(CLOSED);
			assertThat(connected.socket().controllingProcess(this.to, this.from)).isEqualTo(CLOSED);
			assertThat(connected.socket().controllingProcess(this.to)).isEqualTo(CLOSED);
		}
	}

	@Test
	void aSocketWithoutAProcessGetsItsFirst() {
		try (Connected connected = Connected.over(TestWire.PLAIN, SocketOptions.defaults().packet(PacketType.ONE),
				Step.send(new byte[] { 1, 'a' }))) {
			TcpSocket socket = connected.socket();
			assertThatIllegalStateException().isThrownBy(() -> socket.active(ActiveMode.ONCE));
			assertThat(socket.options().controllingProcess()).isEmpty();
			assertThat(socket.controllingProcess(this.from)).isEqualTo(OK);
			assertThat(socket.active(ActiveMode.ONCE)).isEqualTo(SET);
			assertThat(next(this.from)).isEqualTo(data(socket, 'a'));
		}
	}

	@Test
	void aFirstProcessMaySetItsSocketActiveWhenItIsTold() {
		ControllingProcess first = new ControllingProcess() {
			@Override
			public void deliver(SocketMessage message) {
				ControllingProcessTests.this.to.deliver(message);
			}

			@Override
			public void onControl(TcpSocket socket) {
				assertThat(socket.active(ActiveMode.ONCE)).isEqualTo(SET);
			}
		};
		try (Connected connected = Connected.over(TestWire.PLAIN, SocketOptions.defaults().packet(PacketType.ONE))) {
			assertThat(connected.socket().controllingProcess(first)).isEqualTo(OK);
			connected.peer().send(new byte[] { 1, 'a' });
			assertThat(next(this.to)).isEqualTo(data(connected.socket(), 'a'));
		}
	}

	@Test
	void aSocketThatFoundNoRoomGoesOnWithTheNextProcess() {
		try (Mailbox small = new Mailbox(1);
				Connected connected = Connected.over(TestWire.PLAIN,
						this.options.controllingProcess(small).active(ActiveMode.TRUE),
						Step.send(new byte[] { 1, 'a', 1, 'b', 1, 'c' }))) {
			connected.peer().awaitScript(Connected.PATIENCE);
			assertThat(connected.socket().controllingProcess(small, this.to)).isEqualTo(OK);
			for (char packet : "abc".toCharArray()) {
				assertThat(next(this.to)).isEqualTo(data(connected.socket(), packet));
			}
		}
	}

	@Test
	void aProcessMayHandOverTheSocketOfTheMessageItGets() {
		ControllingProcess first = new ControllingProcess() {
			@Override
			public void deliver(SocketMessage message) {
				assertThat(message.socket().controllingProcess(this, ControllingProcessTests.this.to)).isEqualTo(OK);
			}
		};
		try (Connected connected = Connected.over(TestWire.PLAIN,
				this.options.controllingProcess(first).active(ActiveMode.count(2)),
				Step.send(new byte[] { 1, 'a', 1, 'b' }))) {
			List<SocketMessage> expected = List.of(data(connected.socket(), 'b'),
					new SocketMessage.Passive(connected.socket()));
			assertThat(expected).allSatisfy((message) -> assertThat(next(this.to)).isEqualTo(message));
		}
	}

	private Connected connected(ActiveMode mode, Step... script) {
		return Connected.over(TestWire.PLAIN, this.options.active(mode).exitOnClose(false), script);
	}

	private static SocketMessage next(Mailbox mailbox) {
		return mailbox.receive(Connected.PATIENCE).orElseThrow();
	}

	private static SocketMessage data(TcpSocket socket, char packet) {
		return new SocketMessage.Data(socket, new Packet.Bytes(new byte[] { (byte) packet }));
	}

}

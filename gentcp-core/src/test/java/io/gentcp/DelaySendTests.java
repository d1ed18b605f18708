package io.gentcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Options that say how much goes or comes at once: delay_send and buffer. */
@ParameterizedClass
@EnumSource(TestBackend.class)
@Timeout(60)
class DelaySendTests {

	@Parameter
	private TestBackend backend;

	@Test
	void everyPacketThatIsDelayedArrivesInOrder() {
		SocketOptions delayed = SocketOptions.defaults().packet(PacketType.ONE).delaySend(true);
		try (Connected connected = Connected.over(this.backend, delayed, Step.readAll())) {
			byte[] packet = new byte[1];
			for (int i = 0; i < 1000; i++) {
				packet[0] = (byte) i;
				assertThat(connected.socket().send(packet)).isEqualTo(new SendResult.Sent());
			}
			connected.socket().close();
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			byte[] received = connected.peer().received();
			assertThat(received).hasSize(2000);
			for (int i = 0; i < 1000; i++) {
				assertThat(received[2 * i + 1]).isEqualTo((byte) i);
			}
		}
	}

	@Test
	void aQueueThatIsFullHoldsDelayedSendersToo() {
		SocketOptions delayed = SocketOptions.defaults()
			.packet(PacketType.FOUR)
			.delaySend(true)
			.sendTimeout(Duration.ofMillis(50));
		try (Connected connected = Connected.over(this.backend, delayed, Step.stall())) {
			SendResult first = connected.socket().send(new byte[4_000_000]);
			if (this.backend.queues()) {
				assertThat(first).isEqualTo(new SendResult.Sent());
				assertThat(connected.socket().send(new byte[1])).isInstanceOf(SendResult.TimedOutQueued.class);
			}
			else {
				assertThat(first).isInstanceOf(SendResult.TimedOutWithRest.class);
			}
		}
	}

	@Test
	void bufferLimitsWhatARawReceiveReturns() {
		SocketOptions raw = SocketOptions.defaults().buffer(10);
		try (Connected connected = Connected.over(this.backend, raw, Step.send(letters()))) {
			TcpSocket socket = connected.socket();
			assertThat(socket.recv(3, Connected.PATIENCE)).isEqualTo(received("abc"));
			assertThat(socket.recv()).isEqualTo(received("defghijklm"));
			assertThat(socket.recv(13, Connected.PATIENCE)).as("a length is not limited")
				.isEqualTo(received("nopqrstuvwxyz"));
		}
	}

	@Test
	void bufferLimitsWhatAMessageOfARawStreamCarries() {
		try (Mailbox mailbox = new Mailbox(10);
				Connected connected = Connected.over(this.backend, SocketOptions.defaults().buffer(10),
						Step.send(letters()))) {
			TcpSocket socket = connected.socket();
			assertThat(socket.recv(1, Connected.PATIENCE)).isEqualTo(received("a"));
			connected.peer().awaitScript(Connected.PATIENCE);
			assertThat(socket.controllingProcess(mailbox)).isEqualTo(new ControllingProcessResult.HandedOver());
			assertThat(socket.active(ActiveMode.TRUE)).isEqualTo(new SetOptionsResult.Set());
			for (String part : new String[] { "bcdefghijk", "lmnopqrstu", "vwxyz" }) {
				assertThat(mailbox.receive(Connected.PATIENCE))
					.contains(new SocketMessage.Data(socket, new Packet.Bytes(part.getBytes(StandardCharsets.UTF_8))));
			}
		}
	}

	private static byte[] letters() {
		return "abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.UTF_8);
	}

	private static RecvResult received(String text) {
		return new RecvResult.Received(new Packet.Bytes(text.getBytes(StandardCharsets.UTF_8)));
	}

}

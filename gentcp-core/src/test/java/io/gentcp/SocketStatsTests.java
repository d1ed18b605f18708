package io.gentcp;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What went over a connection is counted in packets, with their headers. */
@ParameterizedClass
@EnumSource(TestBackend.class)
@Timeout(60)
class SocketStatsTests {

	private static final SocketOptions FOUR = SocketOptions.defaults().packet(PacketType.FOUR);

	@Parameter
	private TestBackend backend;

	@Test
	void aPacketCountsOnceWithItsHeaderHoweverItCame() {
		byte[] packets = { 0, 0, 0, 5, 'h', 'e', 'l', 'l', 'o', 0, 0, 0, 1, 'a' };
		try (Connected connected = Connected.over(this.backend, FOUR, Step.sendInPieces(packets, 1, Duration.ZERO))) {
			TcpSocket socket = connected.socket();
			assertThat(socket.send(new byte[3])).isEqualTo(new SendResult.Sent());
			assertThat(socket.send(new byte[2])).isEqualTo(new SendResult.Sent());
			assertThat(socket.recv()).isInstanceOf(RecvResult.Received.class);
			assertThat(socket.recv()).isInstanceOf(RecvResult.Received.class);
			assertThat(socket.stats().toMap())
				.isEqualTo(Map.of("recv_oct", 14L, "recv_cnt", 2L, "recv_max", 9L, "recv_avg", 7L, "recv_dvi", 1L,
						"send_oct", 13L, "send_cnt", 2L, "send_max", 7L, "send_avg", 6L, "send_pend", 0L));
			socket.close();
			assertThat(socket.stats().get("recv_oct")).isEqualTo(14);
		}
	}

	@Test
	void packetsThatAreDeliveredCountToo() {
		try (Mailbox mailbox = new Mailbox(10);
				Connected connected = Connected.over(this.backend,
						FOUR.controllingProcess(mailbox).active(ActiveMode.TRUE),
						Step.send(new byte[] { 0, 0, 0, 1, 'a' }))) {
			assertThat(mailbox.receive(Connected.PATIENCE)).isPresent();
			assertThat(connected.socket().stats().received().bytes()).isEqualTo(5);
		}
	}

	@Test
	void ofARawStreamEachReceiveCounts() {
		SocketOptions raw = SocketOptions.defaults();
		try (Connected connected = Connected.over(this.backend, raw, Step.send(new byte[10]))) {
			assertThat(connected.socket().recv(4, Connected.PATIENCE)).isInstanceOf(RecvResult.Received.class);
			assertThat(connected.socket().recv(6, Connected.PATIENCE)).isInstanceOf(RecvResult.Received.class);
			assertThat(connected.socket().stats().get("recv_cnt")).isEqualTo(2);
			assertThat(connected.socket().stats().get("recv_max")).isEqualTo(6);
		}
	}

	@Test
	void whatIsQueuedIsPendingAndOnTheSocketBackendNothingIs() {
		SocketOptions impatient = FOUR.sendTimeout(Duration.ZERO);
		try (Connected connected = Connected.over(this.backend, impatient, Step.stall())) {
			SendResult result = connected.socket().send(new byte[8 * 1024 * 1024]);
			SocketStats stats = connected.socket().stats();
			assertThat(stats.get("send_cnt")).isEqualTo(1);
			assertThat(stats.get("send_oct")).isEqualTo(8 * 1024 * 1024 + 4);
			assertThat(stats.pending() > 0).isEqualTo(this.backend.queues());
			assertThat(connected.socket().bytesOut()).isBetween(1L, 8 * 1024 * 1024L);
			SocketInfo info = connected.socket().info();
			if (result instanceof SendResult.TimedOutWithRest(RestData rest)) {
				assertThat(connected.socket().bytesOut()).isEqualTo(rest.bytesOut());
				assertThat(info.pending().tornOut()).isEqualTo(rest.bytesOut());
				assertThat(info.pending().tornRest()).isEqualTo(rest.size());
			}
		}
	}

	@Test
	void anUnknownFigureIsNamed() {
		try (Connected connected = Connected.over(this.backend, FOUR)) {
			assertThatIllegalArgumentException().isThrownBy(() -> connected.socket().stats().get("recv_octs"))
				.withMessageStartingWith("'recv_octs' is not counted; allowed: recv_oct, recv_cnt");
			assertThat(SocketStats.KEYS).isEqualTo(List.copyOf(connected.socket().stats().toMap().keySet()));
		}
	}

}

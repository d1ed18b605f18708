package io.gentcp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Who matches replies to requests knows which packets are out, and in which order. */
@ParameterizedClass
@EnumSource(TestWire.class)
class PacketPlaceTests {

	private static final SocketOptions OPTIONS = SocketOptions.defaults()
		.backend(Backend.SOCKET)
		.packet(PacketType.FOUR)
		.sendTimeout(Connected.PATIENCE);

	private static final ByteBuffer LARGE = ByteBuffer.wrap(Payloads.random(Payloads.LARGE));

	private static final ByteBuffer SMALL = ByteBuffer.wrap(new byte[] { 1, 2, 3 });

	@Parameter
	TestWire wire;

	@Test
	void aPacketIsGivenItsPlaceInTheOrderInWhichPacketsGoOut() {
		try (Connected connected = Connected.over(this.wire, OPTIONS, new Step.Stall())) {
			List<PendingSend> places = new ArrayList<>();
			PendingSend large = connected.socket().beginSend(LARGE, places::add);
			PendingSend behind = connected.socket().beginSend(SMALL, places::add);

			assertThat(places).containsExactly(large, behind);
			assertThat(large.packetSize()).isEqualTo(4 + Payloads.LARGE);
			assertThat(behind.packetSize()).isEqualTo(7);
			connected.peer().readAll();
			assertThat(large.await()).isEqualTo(new SendResult.Sent());
			assertThat(behind.await()).isEqualTo(new SendResult.Sent());
		}
	}

	@Test
	void aClosedSocketGivesNoPlace() {
		try (Connected connected = Connected.over(this.wire, OPTIONS)) {
			List<PendingSend> places = new ArrayList<>();
			connected.socket().close();

			PendingSend send = connected.socket().beginSend(SMALL, places::add);

			assertThat(places).isEmpty();
			assertThat(send.nothingSent()).isTrue();
			assertThat(send.await()).isEqualTo(new SendResult.Closed(0));
		}
	}

	@Test
	void nothingIsSentOfAPacketThatWasTakenBack() {
		try (Connected connected = Connected.over(this.wire, OPTIONS, new Step.Stall())) {
			PendingSend large = connected.socket().beginSend(LARGE);
			PendingSend behind = connected.socket().beginSend(SMALL);
			assertThat(behind.nothingSent()).as("still in line").isFalse();

			assertThat(behind.withdraw()).isTrue();

			assertThat(behind.nothingSent()).isTrue();
			assertThat(large.nothingSent()).isFalse();
			connected.peer().readAll();
			assertThat(large.await()).isEqualTo(new SendResult.Sent());
			assertThat(large.nothingSent()).isFalse();
		}
	}

	@Test
	void nothingIsSentOfAPacketThatIsRefused() {
		try (Connected connected = Connected.over(this.wire, OPTIONS.sendTimeout(Duration.ofMillis(50)),
				new Step.Stall())) {
			PendingSend large = connected.socket().beginSend(LARGE);
			PendingSend behind = connected.socket().beginSend(SMALL);

			assertThat(large.await()).isInstanceOfSatisfying(SendResult.TimedOutWithRest.class,
					(timedOut) -> assertThat(timedOut.rest().socket()).isSameAs(connected.socket()));

			assertThat(large.nothingSent()).as("a part is out").isFalse();
			assertThat(behind.nothingSent()).as("refused, although it had a place").isTrue();
		}
	}

}

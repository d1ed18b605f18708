package io.gentcp.spring.core;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gentcp.RestData;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.Step;
import org.junit.jupiter.api.Test;

import static io.gentcp.spring.core.ClientAndPeer.LARGE;
import static io.gentcp.spring.core.ClientAndPeer.PATIENCE;
import static io.gentcp.spring.core.TestClient.sendTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** What a connection says of a packet of which only a part is out. */
class PartialPacketTests {

	private static final UnaryOperator<GenTcpClientSettings> SHORT = sendTimeout(Duration.ofMillis(100));

	@Test
	void thereIsNoneOnAConnectionWhosePacketsAreOut() {
		try (ClientAndPeer pair = ClientAndPeer.with()) {
			pair.connected();
			assertThat(only(pair).partialPacket()).isEmpty();
		}
	}

	@Test
	void oneThatIsRecoveredGrowsUntilItIsWhole() {
		try (ClientAndPeer pair = ClientAndPeer.with(SHORT, Step.stall())) {
			SendTimeoutException late = cut(pair);
			PartialPacket stalled = only(pair).partialPacket().orElseThrow();
			assertThat(stalled.packetSize()).isEqualTo(4 + LARGE.length);
			assertThat(stalled.bytesOut()).isBetween(late.bytesOut(), (long) LARGE.length);
			assertThat(stalled.bytesOut() + stalled.rest()).isEqualTo(stalled.packetSize());
			assertThat(stalled.age()).isPositive();

			PeerConnection peer = pair.peer().accept(PATIENCE);
			peer.read(LARGE.length / 2);
			await().atMost(PATIENCE)
				.until(() -> only(pair).partialPacket().map(PartialPacket::bytesOut).orElseThrow() >= LARGE.length / 2);
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(only(pair).partialPacket()).map(PartialPacket::bytesOut)
					.contains(only(pair).socket().bytesOut()));

			peer.readAll();
			await().atMost(PATIENCE).until(() -> only(pair).partialPacket().isEmpty());
			peer.awaitReceived(4 + LARGE.length, PATIENCE);
		}
	}

	@Test
	void oneThatIsItsSendersToResumeIsThereUntilItHasDoneSo() {
		try (ClientAndPeer pair = ClientAndPeer.with((settings) -> SHORT.apply(settings).recovery(Recovery.MANUAL),
				Step.stall())) {
			SendTimeoutException late = cut(pair);
			RestData rest = late.rest();
			assertThat(only(pair).partialPacket()).map(PartialPacket::rest).contains((long) rest.size());

			pair.peer().accept(PATIENCE).readAll();
			pair.client().resume(rest);

			assertThat(only(pair).partialPacket()).isEmpty();
		}
	}

	@Test
	void theNextOneIsShownWhenTheLastOneIsWhole() {
		try (ClientAndPeer pair = ClientAndPeer.with(SHORT, Step.stall())) {
			SendTimeoutException first = cut(pair);
			PeerConnection peer = pair.peer().accept(PATIENCE);
			peer.read(4 + LARGE.length);
			first.recovery().join();

			SendTimeoutException second = cut(pair);

			assertThat(only(pair).partialPacket()).map(PartialPacket::bytesOut)
				.hasValueSatisfying((out) -> assertThat(out).isGreaterThanOrEqualTo(second.bytesOut()));
		}
	}

	@Test
	void itEndsWithItsConnection() {
		try (ClientAndPeer pair = ClientAndPeer.with(SHORT, Step.stall())) {
			cut(pair);
			GenTcpConnection connection = only(pair);
			connection.close();
			await().atMost(PATIENCE).until(() -> connection.partialPacket().equals(Optional.empty()));
		}
	}

	@CanIgnoreReturnValue
	private static SendTimeoutException cut(ClientAndPeer pair) {
		SendTimeoutException late = catchThrowableOfType(SendTimeoutException.class, () -> pair.client().send(LARGE));
		assertThat(late.nothingSent()).isFalse();
		return late;
	}

	private static GenTcpConnection only(ClientAndPeer pair) {
		return pair.client().connections().all().iterator().next();
	}

}

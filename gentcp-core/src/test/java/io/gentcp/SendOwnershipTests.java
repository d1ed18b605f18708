package io.gentcp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whose the array is, and what an interrupt does. */
@ParameterizedClass
@EnumSource(TestWire.class)
class SendOwnershipTests {

	private static final SocketOptions OPTIONS = SocketOptions.defaults()
		.backend(Backend.SOCKET)
		.packet(PacketType.FOUR)
		.sendTimeout(Duration.ofMillis(100));

	private static final byte[] LARGE = Payloads.random(Payloads.LARGE);

	@Parameter
	TestWire wire;

	@Test
	void whenSendReturnsTheArrayIsTheCallersAgain() {
		try (Connected connected = Connected.over(this.wire, OPTIONS, new Step.Stall())) {
			byte[] reused = LARGE.clone();
			RestData rest = connected.tearPacket(reused);
			Arrays.fill(reused, (byte) 0);
			connected.peer().readAll();
			connected.sendTimeout(Connected.PATIENCE);
			assertThat(connected.socket().resume(rest)).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(4 + LARGE.length, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(LARGE);
		}
	}

	@Test
	void theBufferOfTheCallerIsNotMoved() {
		try (Connected connected = Connected.over(this.wire, OPTIONS)) {
			ByteBuffer buffer = ByteBuffer.wrap(new byte[] { 9, 1, 2, 9 }, 1, 2);
			assertThat(connected.socket().send(buffer)).isEqualTo(new SendResult.Sent());
			assertThat(buffer.position()).isEqualTo(1);
			assertThat(buffer.limit()).isEqualTo(3);
			connected.peer().awaitReceived(6, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(new byte[] { 1, 2 });
		}
	}

	@Test
	void anInterruptEndsTheWaitAsTheTimeoutWould() throws InterruptedException {
		SocketOptions patient = OPTIONS.sendTimeout(SocketOptions.INFINITY);
		try (Connected connected = Connected.over(this.wire, patient, new Step.Stall())) {
			AtomicReference<SendResult> result = new AtomicReference<>();
			CompletableFuture<Boolean> flag = new CompletableFuture<>();
			Thread sender = Thread.startVirtualThread(() -> {
				result.set(connected.socket().send(LARGE));
				flag.complete(Thread.currentThread().isInterrupted());
			});
			await().until(
					() -> sender.getState() == Thread.State.WAITING || sender.getState() == Thread.State.TIMED_WAITING);
			sender.interrupt();
			assertThat(flag).succeedsWithin(Connected.PATIENCE).isEqualTo(true);
			RestData rest = ((SendResult.TimedOutWithRest) result.get()).rest();
			assertThat(rest.bytesOut()).isPositive();

			connected.peer().readAll();
			connected.sendTimeout(Connected.PATIENCE);
			assertThat(connected.socket().resume(rest)).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(4 + LARGE.length, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(LARGE);
		}
	}

	@Test
	void aSendThatNeedNotWaitDoesNotMindTheInterruptFlag() {
		try (Connected connected = Connected.over(this.wire, OPTIONS)) {
			Thread.currentThread().interrupt();
			assertThat(connected.socket().send(new byte[] { 1 })).isEqualTo(new SendResult.Sent());
			assertThat(Thread.interrupted()).isTrue();
			connected.peer().awaitReceived(5, Connected.PATIENCE);
		}
	}

	@Test
	void anInterruptFlagThatIsSetBeforeEndsTheFirstWait() {
		SocketOptions patient = OPTIONS.sendTimeout(SocketOptions.INFINITY);
		try (Connected connected = Connected.over(this.wire, patient, new Step.Stall())) {
			Thread.currentThread().interrupt();
			SendResult result = connected.socket().send(LARGE);
			assertThat(Thread.interrupted()).isTrue();
			assertThat(result).isInstanceOf(SendResult.TimedOutWithRest.class);
			assertThat(connected.socket().isOpen()).isTrue();
		}
	}

	@Test
	void anInterruptDoesNotCloseWhereATimeoutWould() {
		SocketOptions closing = OPTIONS.sendTimeout(Connected.PATIENCE).sendTimeoutClose(true);
		try (Connected connected = Connected.over(this.wire, closing, new Step.Stall())) {
			WaitingCall<SendResult> sending = WaitingCall.of(() -> connected.socket().send(LARGE)).parked();
			sending.interrupt();
			assertThat(sending.result()).isInstanceOf(SendResult.TimedOutWithRest.class);
			PendingSend behind = connected.socket().beginSend(ByteBuffer.wrap(new byte[] { 1 }));
			connected.peer().readAll();
			RestData rest = ((SendResult.TimedOutWithRest) sending.result()).rest();
			assertThat(connected.socket().resume(rest)).isEqualTo(new SendResult.Sent());
			assertThat(behind.await()).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(4 + LARGE.length + 5, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(LARGE, new byte[] { 1 });
		}
	}

}

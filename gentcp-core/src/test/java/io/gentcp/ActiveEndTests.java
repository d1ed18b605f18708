package io.gentcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.gentcp.packet.DecodeResult;
import io.gentcp.packet.More;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketCodec;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a controlling process is told when a connection ends, and what it is not. */
@ParameterizedClass
@EnumSource(TestBackend.class)
@Timeout(60)
class ActiveEndTests {

	private static final Duration SHORT = Duration.ofMillis(50);

	private static final SetOptionsResult SET = new SetOptionsResult.Set();

	private static final SetOptionsResult EINVAL = new SetOptionsResult.Failed(PosixError.EINVAL);

	private final Mailbox mailbox = new Mailbox(1000);

	private final SocketOptions one = SocketOptions.defaults().packet(PacketType.ONE).controllingProcess(this.mailbox);

	@Parameter
	TestBackend backend;

	@AfterEach
	void closeMailbox() {
		this.mailbox.close();
	}

	@Test
	void aPassiveSocketIsToldNothingUntilItIsActiveAgain() {
		try (Connected connected = Connected.over(this.backend, this.one.active(ActiveMode.ONCE),
				Step.send(new byte[] { 1, 'a' }), Step.close())) {
			assertThat(next()).isEqualTo(data(connected, "a"));
			assertThatNothingComes();
			assertThat(connected.socket().active(ActiveMode.ONCE)).isEqualTo(SET);
			assertThat(next()).isEqualTo(new SocketMessage.Closed(connected.socket()));
			assertThatNothingComes();
		}
	}

	@Test
	void anEndThatARecvHasSeenIsToldExactlyOnce() {
		try (Connected connected = Connected.over(this.backend, this.one, Step.send(new byte[] { 9, 'a' }),
				Step.close())) {
			assertThat(connected.socket().recv()).isEqualTo(new RecvResult.Closed());
			assertThat(connected.socket().active(ActiveMode.TRUE)).isEqualTo(SET);
			assertThat(next()).isEqualTo(new SocketMessage.Closed(connected.socket()));
			assertThat(connected.socket().options().active()).isEqualTo(ActiveMode.FALSE);
			assertThat(connected.socket().active(ActiveMode.TRUE)).isEqualTo(EINVAL);
			assertThat(connected.socket().active(ActiveMode.FALSE)).as("closed with the peer").isEqualTo(EINVAL);
			assertThatNothingComes();
		}
	}

	@Test
	void aCountThatRanOutTellsNoEnd() {
		try (Connected connected = Connected.over(this.backend, this.one.active(ActiveMode.count(1)),
				Step.send(new byte[] { 1, 'a' }), Step.close())) {
			assertThat(next()).isEqualTo(data(connected, "a"));
			assertThat(next()).isEqualTo(new SocketMessage.Passive(connected.socket()));
			assertThatNothingComes();
			assertThat(connected.socket().recv()).isEqualTo(new RecvResult.Closed());
		}
	}

	@Test
	void aResetIsToldAsTheEndBehindWhatCameBeforeIt() {
		try (Connected connected = Connected.over(this.backend, this.one.active(ActiveMode.TRUE))) {
			connected.peer().send(new byte[] { 1, 'a' });
			assertThat(next()).isEqualTo(data(connected, "a"));
			connected.peer().reset();
			assertThat(next()).isEqualTo(new SocketMessage.Closed(connected.socket()));
			assertThatNothingComes();
		}
	}

	@Test
	void aPeerThatEndedItsHalfStillGetsWhatWeSend() {
		SocketOptions halfOpen = this.one.active(ActiveMode.TRUE).exitOnClose(false);
		try (Connected connected = Connected.over(this.backend, halfOpen, Step.halfClose(), Step.readAll())) {
			assertThat(next()).isEqualTo(new SocketMessage.Closed(connected.socket()));
			assertThat(connected.socket().isOpen()).isTrue();
			assertThat(connected.socket().send(new byte[] { 'x' })).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(2, Connected.PATIENCE);
		}
	}

	/** OTP 25's socket backend reads no further then, and tells nothing. */
	@Test
	void anEndBehindAPartOfAHeaderIsTold() {
		try (Connected connected = Connected.over(this.backend, this.one.packet(PacketType.TWO).active(ActiveMode.TRUE),
				Step.send(new byte[] { 0, 1, 'a', 0 }), Step.close())) {
			assertThat(next()).isEqualTo(data(connected, "a"));
			assertThat(next()).isEqualTo(new SocketMessage.Closed(connected.socket()));
			assertThatNothingComes();
		}
	}

	@Test
	void endingThePeersHalfIsToldAsTheEnd() {
		try (Connected connected = Connected.over(this.backend, this.one.active(ActiveMode.TRUE))) {
			connected.socket().shutdown(Direction.READ);
			assertThat(next()).isEqualTo(new SocketMessage.Closed(connected.socket()));
			assertThatNothingComes();
		}
	}

	@Test
	void closingItselfIsToldToNobody() {
		try (Connected connected = Connected.over(this.backend, this.one.active(ActiveMode.TRUE))) {
			connected.socket().close();
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			assertThatNothingComes();
		}
	}

	@Test
	void aPacketThatIsTooLargeEndsTheConnectionBehindTheGoodOnes() {
		SocketOptions four = this.one.packet(PacketType.FOUR).packetSize(5).active(ActiveMode.TRUE);
		try (Connected connected = Connected.over(this.backend, four,
				Step.send(new byte[] { 0, 0, 0, 2, 'o', 'k', 0, 0, 0, 6, 'a' }))) {
			assertThat(next()).isEqualTo(data(connected, "ok"));
			SocketMessage error = next();
			assertThat(connected.socket().isOpen()).isFalse();
			assertThat(error).isInstanceOfSatisfying(SocketMessage.Error.class, (told) -> {
				assertThat(told.error()).isEqualTo(PosixError.EMSGSIZE);
				assertThat(told.detail()).contains("packet of 6 bytes, packet_size is 5");
			});
			assertThat(next()).isEqualTo(new SocketMessage.Closed(connected.socket()));
			assertThatNothingComes();
		}
	}

	@Test
	void aPacketThatIsTooLargeWaitsWhileTheSocketIsPassive() {
		SocketOptions four = this.one.packet(PacketType.FOUR).packetSize(5).active(ActiveMode.ONCE);
		try (Connected connected = Connected.over(this.backend, four,
				Step.send(new byte[] { 0, 0, 0, 2, 'o', 'k', 0, 0, 0, 6, 'a' }))) {
			assertThat(next()).isEqualTo(data(connected, "ok"));
			assertThatNothingComes();
			assertThat(connected.socket().recv()).isInstanceOfSatisfying(RecvResult.Failed.class,
					(failed) -> assertThat(failed.error()).isEqualTo(PosixError.EMSGSIZE));
		}
	}

	@Test
	void aCodecThatThrowsEndsItsConnectionAndNoOther() {
		SocketOptions broken = this.one.packet(new ThrowingPacketType()).active(ActiveMode.TRUE);
		try (Connected connected = Connected.over(this.backend, broken)) {
			TcpSocket other = Connected.connect(connected.genTcp(), connected.listening().port(),
					this.backend.of(this.one.active(ActiveMode.TRUE)));
			connected.peer().send(new byte[] { 1 });
			assertThat(next()).isInstanceOfSatisfying(SocketMessage.Error.class, (told) -> {
				assertThat(told.socket()).isEqualTo(connected.socket());
				assertThat(told.detail()).contains("cannot decode");
			});
			assertThat(next()).isEqualTo(new SocketMessage.Closed(connected.socket()));
			assertThat(connected.socket().isOpen()).isFalse();
			connected.listening().accept(Connected.PATIENCE).send(new byte[] { 1, 'a' });
			assertThat(next()).isEqualTo(new SocketMessage.Data(other, new Packet.Bytes(new byte[] { 'a' })));
		}
	}

	@Test
	void aCodecThatThrowsInAReceiveEndsTheConnectionAsWell() {
		try (Connected connected = Connected.over(this.backend, this.one.packet(new ThrowingPacketType()))) {
			connected.peer().send(new byte[] { 1 });
			assertThat(connected.socket().recv()).isInstanceOfSatisfying(RecvResult.Failed.class, (failed) -> {
				assertThat(failed.error()).isEqualTo(PosixError.EMSGSIZE);
				assertThat(failed.detail()).contains("cannot decode");
			});
			assertThat(connected.socket().isOpen()).isFalse();
			assertThat(connected.socket().recv()).isEqualTo(new RecvResult.Closed());
		}
	}

	@Test
	void aProcessThatThrowsIsDeadAndItsSocketClosed() throws Exception {
		CompletableFuture<Throwable> reported = new CompletableFuture<>();
		List<SocketMessage> messages = new CopyOnWriteArrayList<>();
		IllegalStateException failure = new IllegalStateException("cannot take it");
		ControllingProcess process = (message) -> {
			messages.add(message);
			Thread.currentThread().setUncaughtExceptionHandler((thread, ex) -> reported.complete(ex));
			throw failure;
		};
		try (Connected connected = Connected.over(this.backend,
				this.one.controllingProcess(process).active(ActiveMode.count(1)))) {
			connected.peer().send(new byte[] { 1, 'a', 1, 'b' });
			// With a byte of ours unread the kernel resets the connection.
			await().atMost(Connected.PATIENCE).until(() -> !connected.socket().isOpen());
			assertThat(reported.get(20, TimeUnit.SECONDS)).isSameAs(failure);
			assertThat(messages).containsExactly(data(connected, "a"));
			assertThat(connected.socket().active(ActiveMode.TRUE)).isEqualTo(EINVAL);
		}
	}

	@Test
	void aProcessThatThrowsWhenItsSocketIsClosedIsToldOfTheEndAsWellAsMonitors() {
		IllegalStateException failure = new IllegalStateException("cannot close");
		List<Throwable> reported = new CopyOnWriteArrayList<>();
		ControllingProcess process = new ControllingProcess() {
			@Override
			public void deliver(SocketMessage message) {
				ActiveEndTests.this.mailbox.deliver(message);
			}

			@Override
			public void onClose(TcpSocket socket) {
				Thread.currentThread().setUncaughtExceptionHandler((thread, ex) -> reported.add(ex));
				throw failure;
			}
		};
		try (Connected connected = Connected.over(this.backend,
				this.one.controllingProcess(process).active(ActiveMode.TRUE))) {
			CompletableFuture<TcpSocket> down = new CompletableFuture<>();
			SocketMonitor monitor = connected.socket().monitor(down::complete);
			connected.peer().close();
			assertThat(next()).isEqualTo(new SocketMessage.Closed(connected.socket()));
			assertThat(down).succeedsWithin(Connected.PATIENCE).isSameAs(connected.socket());
			assertThat(monitor.cancel()).isFalse();
			connected.socket().close();
			assertThat(reported).containsExactly(failure, failure);
		}
		finally {
			Thread.currentThread().setUncaughtExceptionHandler(null);
		}
	}

	private SocketMessage next() {
		return this.mailbox.receive(Connected.PATIENCE).orElseThrow();
	}

	private void assertThatNothingComes() {
		assertThat(this.mailbox.receive(SHORT)).isEmpty();
	}

	private static SocketMessage data(Connected connected, String packet) {
		return new SocketMessage.Data(connected.socket(),
				new Packet.Bytes(packet.getBytes(StandardCharsets.ISO_8859_1)));
	}

	/** An application's packet type with a defect. */
	private record ThrowingPacketType() implements PacketType {

		@Override
		public String name() {
			return "throwing";
		}

		@Override
		public PacketCodec codec(PacketLimits limits) {
			return new PacketCodec() {
				@Override
				public DecodeResult decode(ByteBuffer in) {
					if (in.hasRemaining()) {
						throw new IllegalArgumentException("cannot decode");
					}
					return More.UNKNOWN;
				}
			};
		}

	}

}

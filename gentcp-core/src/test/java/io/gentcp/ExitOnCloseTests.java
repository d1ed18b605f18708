package io.gentcp;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the end of the peer's stream, and a reset, do to this side. */
@ParameterizedClass
@EnumSource(TestBackend.class)
@Timeout(60)
class ExitOnCloseTests {

	private static final SocketOptions RAW = SocketOptions.defaults();

	private static final byte[] X = { 'x' };

	@Parameter
	private TestBackend backend;

	@Test
	void theEndOfThePeersStreamClosesThisSideOnceItIsNoticed() {
		try (Connected connected = Connected.over(this.backend, RAW, Step.halfClose(), Step.readAll())) {
			assertThat(connected.socket().recv()).isEqualTo(new RecvResult.Closed());
			assertThat(connected.socket().isOpen()).isFalse();
			assertThat(connected.socket().send(X)).isEqualTo(new SendResult.Closed(0));
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			assertThat(connected.genTcp().sockets()).isEmpty();
		}
	}

	@Test
	void whatIsNotNoticedClosesNothing() {
		try (Connected connected = Connected.over(this.backend, RAW, Step.halfClose(), Step.readAll())) {
			connected.peer().awaitScript(Connected.PATIENCE.dividedBy(20));
			assertThat(connected.socket().isOpen()).isTrue();
		}
	}

	@Test
	void aSocketThatWasClosedByThePeerStillHasOptionsUntilItIsClosed() {
		try (Connected connected = Connected.over(this.backend, RAW, Step.close())) {
			assertThat(connected.socket().recv()).isEqualTo(new RecvResult.Closed());
			assertThat(connected.socket().setOptions((options) -> options.packetSize(5)))
				.isEqualTo(new SetOptionsResult.Set());
			connected.socket().close();
			assertThat(connected.socket().setOptions((options) -> options.packetSize(6)))
				.isEqualTo(new SetOptionsResult.Failed(PosixError.EINVAL));
		}
	}

	@Test
	void ofASocketThatWasClosedByThePeerEveryOptionCanBeSetAndRead() {
		try (Connected connected = Connected.over(this.backend, RAW, Step.close())) {
			TcpSocket socket = connected.socket();
			assertThat(socket.recv()).isEqualTo(new RecvResult.Closed());
			assertThat(socket.setOptions((options) -> options.nodelay(true).linger(3)))
				.isEqualTo(new SetOptionsResult.Set());
			assertThat(socket.getOptions("packet", "nodelay", "linger"))
				.isEqualTo(new GetOptionsResult.Got(Map.of("packet", PacketType.RAW, "nodelay", true, "linger", 3)));
		}
	}

	@Test
	void aProcessThatGetsASocketClosedByThePeerIsToldOfTheEndWhenItSetsItActive() {
		try (Mailbox mailbox = new Mailbox(10); Connected connected = Connected.over(this.backend, RAW, Step.close())) {
			TcpSocket socket = connected.socket();
			assertThat(socket.recv()).isEqualTo(new RecvResult.Closed());
			assertThat(socket.controllingProcess(mailbox)).isEqualTo(new ControllingProcessResult.HandedOver());
			assertThat(socket.active(ActiveMode.ONCE)).isEqualTo(new SetOptionsResult.Set());
			assertThat(mailbox.receive(Connected.PATIENCE)).contains(new SocketMessage.Closed(socket));
			assertThat(socket.getOptions("packet")).as("once the end is told")
				.isEqualTo(new GetOptionsResult.Failed(PosixError.EINVAL));
			assertThat(socket.setOptions((options) -> options.packetSize(5)))
				.isEqualTo(new SetOptionsResult.Failed(PosixError.EINVAL));
		}
	}

	@Test
	void aHalfOpenConnectionIsAnsweredAfterTheEnd() {
		SocketOptions halfOpen = RAW.exitOnClose(false);
		try (Connected connected = Connected.over(this.backend, halfOpen, Step.send(X), Step.halfClose(),
				Step.readAll())) {
			assertThat(connected.socket().recv()).isInstanceOf(RecvResult.Received.class);
			assertThat(connected.socket().recv()).isEqualTo(new RecvResult.Closed());
			assertThat(connected.socket().send(X)).isEqualTo(new SendResult.Sent());
			connected.socket().close();
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			assertThat(connected.peer().received()).isEqualTo(X);
		}
	}

	@Test
	void aResetIsClosedUnlessItIsToBeShown() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.peer().reset();
			assertThat(connected.socket().recv()).isEqualTo(new RecvResult.Closed());
		}
		try (Connected connected = Connected.over(this.backend, RAW.showEconnreset(true))) {
			connected.peer().reset();
			assertThat(connected.socket().recv())
				.isEqualTo(new RecvResult.Failed(PosixError.ECONNRESET, PosixError.ECONNRESET.toString()));
			assertThat(connected.socket().recv()).isEqualTo(new RecvResult.Closed());
		}
	}

	@Test
	void aSendBehindAResetThatWasReceivedIsClosed() {
		SocketOptions halfOpen = RAW.exitOnClose(false).showEconnreset(true);
		try (Connected connected = Connected.over(this.backend, halfOpen)) {
			connected.peer().reset();
			assertThat(connected.socket().recv()).isInstanceOf(RecvResult.Failed.class);
			assertThat(connected.socket().isOpen()).isTrue();
			assertThat(connected.socket().send(X)).isInstanceOf(SendResult.Closed.class);
			assertThat(connected.socket().send(X)).isInstanceOf(SendResult.Closed.class);
		}
	}

	@Test
	void aCleanEndIsNoResetEvenIfResetsAreShown() {
		try (Connected connected = Connected.over(this.backend, RAW.showEconnreset(true), Step.close())) {
			assertThat(connected.socket().recv()).isEqualTo(new RecvResult.Closed());
		}
	}

	@Test
	void aControllingProcessIsToldOfAResetThatIsShown() {
		try (Mailbox mailbox = new Mailbox(10);
				Connected connected = Connected.over(this.backend,
						RAW.showEconnreset(true).controllingProcess(mailbox).active(ActiveMode.TRUE))) {
			connected.peer().reset();
			TcpSocket socket = connected.socket();
			assertThat(mailbox.receive(Connected.PATIENCE))
				.contains(new SocketMessage.Error(socket, PosixError.ECONNRESET, PosixError.ECONNRESET.toString()));
			assertThat(mailbox.receive(Connected.PATIENCE)).contains(new SocketMessage.Closed(socket));
			assertThat(socket.isOpen()).isFalse();
		}
	}

	@Test
	void aMonitorIsToldOnceWhoeverCloses() {
		AtomicInteger told = new AtomicInteger();
		try (Connected connected = Connected.over(this.backend, RAW, Step.close())) {
			SocketMonitor first = connected.socket().monitor((socket) -> told.incrementAndGet());
			SocketMonitor cancelled = connected.socket().monitor((socket) -> told.addAndGet(100));
			assertThat(cancelled.cancel()).isTrue();
			assertThat(cancelled.cancel()).isFalse();
			assertThat(connected.socket().recv()).isEqualTo(new RecvResult.Closed());
			assertThat(told).hasValue(1);
			connected.socket().close();
			assertThat(told).hasValue(1);
			assertThat(first.cancel()).isFalse();
			SocketMonitor late = connected.socket().monitor((socket) -> told.incrementAndGet());
			assertThat(told).hasValue(2);
			assertThat(late.cancel()).isFalse();
		}
	}

}

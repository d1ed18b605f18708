package io.gentcp;

import java.time.Duration;
import java.util.List;

import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What setting {@code active} makes of the mode there is, as Erlang counts. */
@Timeout(60)
class ActiveModeTests {

	private static final ActiveMode MOST = ActiveMode.count(32767);

	private static final boolean SILENT = false;

	private static final boolean PASSIVE = true;

	static List<Arguments> rows() {
		return List.of(
				// Counts add up.
				row(ActiveMode.count(1), ActiveMode.count(2), ActiveMode.count(3), SILENT),
				row(ActiveMode.count(5), ActiveMode.count(-3), ActiveMode.count(2), SILENT),
				row(ActiveMode.count(3), ActiveMode.count(3), ActiveMode.count(6), SILENT),
				row(ActiveMode.count(3), ActiveMode.count(0), ActiveMode.count(3), SILENT),
				row(ActiveMode.count(32766), ActiveMode.count(1), MOST, SILENT),
				// They end at zero or below.
				row(ActiveMode.count(2), ActiveMode.count(-2), ActiveMode.FALSE, PASSIVE),
				row(ActiveMode.count(2), ActiveMode.count(-9), ActiveMode.FALSE, PASSIVE),
				row(ActiveMode.FALSE, ActiveMode.count(-1), ActiveMode.FALSE, PASSIVE),
				row(ActiveMode.FALSE, ActiveMode.count(0), ActiveMode.FALSE, PASSIVE),
				row(ActiveMode.ONCE, ActiveMode.count(0), ActiveMode.FALSE, PASSIVE),
				row(ActiveMode.TRUE, ActiveMode.count(-32768), ActiveMode.FALSE, PASSIVE),
				// Only a count is added to.
				row(ActiveMode.FALSE, ActiveMode.count(7), ActiveMode.count(7), SILENT),
				row(ActiveMode.TRUE, ActiveMode.count(7), ActiveMode.count(7), SILENT),
				row(ActiveMode.ONCE, ActiveMode.count(7), ActiveMode.count(7), SILENT),
				// The others replace it without a word.
				row(ActiveMode.count(3), ActiveMode.FALSE, ActiveMode.FALSE, SILENT),
				row(ActiveMode.count(3), ActiveMode.ONCE, ActiveMode.ONCE, SILENT),
				row(ActiveMode.count(3), ActiveMode.TRUE, ActiveMode.TRUE, SILENT),
				row(ActiveMode.TRUE, ActiveMode.FALSE, ActiveMode.FALSE, SILENT),
				row(ActiveMode.ONCE, ActiveMode.ONCE, ActiveMode.ONCE, SILENT));
	}

	private static Arguments row(ActiveMode current, ActiveMode set, ActiveMode then, boolean passive) {
		return Arguments.of(current, set, then, passive);
	}

	@ParameterizedTest
	@MethodSource("rows")
	void settingAModeCountsAsErlangDoes(ActiveMode current, ActiveMode set, ActiveMode then, boolean passive) {
		try (Mailbox mailbox = new Mailbox(10); Connected connected = active(mailbox, current)) {
			TcpSocket socket = connected.socket();
			assertThat(socket.active(set)).isEqualTo(new SetOptionsResult.Set());
			assertThat(socket.options().active()).isEqualTo(then);
			assertThatPassiveWasTold(mailbox, socket, passive);
		}
	}

	@ParameterizedTest
	@MethodSource("rows")
	void settingItAmongOtherOptionsDoesTheSame(ActiveMode current, ActiveMode set, ActiveMode then, boolean passive) {
		try (Mailbox mailbox = new Mailbox(10); Connected connected = active(mailbox, current)) {
			TcpSocket socket = connected.socket();
			assertThat(socket.setOptions((options) -> options.active(set).keepalive(true)))
				.isEqualTo(new SetOptionsResult.Set());
			assertThat(socket.options().active()).isEqualTo(then);
			assertThat(socket.options().channelOptions().keepalive()).isTrue();
			assertThatPassiveWasTold(mailbox, socket, passive);
		}
	}

	private static void assertThatPassiveWasTold(Mailbox mailbox, TcpSocket socket, boolean passive) {
		List<SocketMessage> expected = passive ? List.of(new SocketMessage.Passive(socket)) : List.of();
		assertThat(mailbox.receive(Duration.ZERO)).isEqualTo(expected.stream().findFirst());
		assertThat(mailbox.receive(Duration.ZERO)).isEmpty();
	}

	@Test
	void aCountThatBecomesTooLargeIsRefusedAndNothingChanges() {
		try (Mailbox mailbox = new Mailbox(10); Connected connected = active(mailbox, MOST)) {
			TcpSocket socket = connected.socket();
			SetOptionsResult einval = new SetOptionsResult.Failed(PosixError.EINVAL);
			assertThat(socket.active(ActiveMode.count(1))).isEqualTo(einval);
			assertThat(socket.setOptions((options) -> options.active(ActiveMode.count(1)).nodelay(true)))
				.isEqualTo(einval);
			assertThat(socket.options().active()).isEqualTo(MOST);
			assertThat(socket.options().channelOptions().nodelay()).isFalse();
			assertThat(mailbox.receive(Duration.ZERO)).isEmpty();
		}
	}

	@Test
	void settingOtherOptionsLeavesACountAlone() {
		try (Mailbox mailbox = new Mailbox(10); Connected connected = active(mailbox, ActiveMode.count(3))) {
			assertThat(connected.socket().setOptions((options) -> options.keepalive(true)))
				.isEqualTo(new SetOptionsResult.Set());
			assertThat(connected.socket().options().active()).isEqualTo(ActiveMode.count(3));
		}
	}

	@Test
	void theSameConstantAddsUpAsWell() {
		ActiveMode three = ActiveMode.count(3);
		try (Mailbox mailbox = new Mailbox(10); Connected connected = active(mailbox, three)) {
			assertThat(connected.socket().setOptions((options) -> options.active(three)))
				.isEqualTo(new SetOptionsResult.Set());
			assertThat(connected.socket().options().active()).isEqualTo(ActiveMode.count(6));
		}
	}

	@Test
	void connectingWithZeroIsPassiveAndSaysSo() {
		try (Mailbox mailbox = new Mailbox(10); Connected connected = active(mailbox, ActiveMode.count(0))) {
			assertThat(mailbox.receive(Duration.ZERO)).contains(new SocketMessage.Passive(connected.socket()));
			assertThat(connected.socket().options().active()).isEqualTo(ActiveMode.FALSE);
		}
	}

	@Test
	void settingItOnAClosedSocketIsRefused() {
		try (Mailbox mailbox = new Mailbox(10); Connected connected = active(mailbox, ActiveMode.FALSE)) {
			connected.socket().close();
			assertThat(connected.socket().active(ActiveMode.TRUE))
				.isEqualTo(new SetOptionsResult.Failed(PosixError.EINVAL));
		}
	}

	@Test
	void activeWithoutAControllingProcessIsTheCallersMistake() {
		SocketOptions active = SocketOptions.defaults().active(ActiveMode.ONCE);
		try (Connected connected = Connected.over(TestWire.PLAIN, SocketOptions.defaults())) {
			int port = connected.listening().port();
			assertThatIllegalArgumentException()
				.isThrownBy(() -> connected.genTcp().connect("127.0.0.1", port, active, Connected.PATIENCE))
				.withMessageContaining("set controllingProcess");
			assertThatIllegalArgumentException().isThrownBy(() -> connected.genTcp().listen(0, active))
				.withMessageContaining("set controllingProcess");
			assertThatIllegalStateException().isThrownBy(() -> connected.socket().active(ActiveMode.TRUE))
				.withMessageContaining("no controlling process");
			assertThatIllegalStateException()
				.isThrownBy(() -> connected.socket().setOptions((options) -> options.active(ActiveMode.TRUE)))
				.withMessageContaining("no controlling process");
			assertThat(connected.socket().options().active()).isEqualTo(ActiveMode.FALSE);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false", "once", "0", "5", "-3", "32767", "-32768" })
	void modesAreWrittenAsInErlang(String text) {
		assertThat(ActiveMode.of(text)).hasToString(text).isEqualTo(ActiveMode.of(" " + text.toUpperCase() + " "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "yes", "twice", "1.5", "99999999999" })
	void whatIsNoModeIsRefusedWithWhatIsAllowed(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> ActiveMode.of(text))
			.withMessageContaining("'%s'; it must be true, false, once or a number", text);
	}

	@ParameterizedTest
	@ValueSource(ints = { 32768, -32769, 40000 })
	void countsOutOfRangeAreRefused(int count) {
		assertThatIllegalArgumentException().isThrownBy(() -> ActiveMode.count(count))
			.withMessage("active is %d; a count must be -32768 to 32767", count);
	}

	@Test
	void equalModesAreEqual() {
		assertThat(ActiveMode.count(2)).isEqualTo(ActiveMode.count(2)).hasSameHashCodeAs(ActiveMode.count(2));
		assertThat(ActiveMode.count(0)).isNotEqualTo(ActiveMode.FALSE);
		assertThat(ActiveMode.TRUE).isNotEqualTo(ActiveMode.ONCE);
	}

	private static Connected active(Mailbox mailbox, ActiveMode mode) {
		return Connected.over(TestWire.PLAIN, SocketOptions.defaults().controllingProcess(mailbox).active(mode));
	}

}

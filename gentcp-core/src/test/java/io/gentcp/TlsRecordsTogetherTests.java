package io.gentcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import io.gentcp.transport.EngineOptions;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Records that arrive together: the last says no less than one that comes alone, though
 * the network has nothing more to tell of it.
 */
@ParameterizedClass
@CsvSource({ "INET, TLSv1.2", "INET, TLSv1.3", "SOCKET, TLSv1.2", "SOCKET, TLSv1.3" })
@Timeout(60)
class TlsRecordsTogetherTests {

	/** A record that nobody has encrypted. */
	private static final byte[] DAMAGED = ByteBuffer.allocate(45).put(new byte[] { 23, 3, 3, 0, 40 }).array();

	private final Mailbox mailbox = new Mailbox(1_000);

	private CorkedSocket below;

	private TlsConnected connected;

	@Parameter(0)
	Backend backend;

	@Parameter(1)
	String protocol;

	@BeforeEach
	void connect() throws Exception {
		SocketOptions options = SocketOptions.defaults()
			.backend(this.backend)
			.packet(PacketType.FOUR)
			.controllingProcess(this.mailbox);
		// Who spins would find by chance what nobody tells.
		GenTcp genTcp = GenTcp.open(EngineOptions.defaults().spin(Duration.ZERO));
		this.connected = TlsConnected.toClient(genTcp, options, this.protocol, (port) -> {
			this.below = new CorkedSocket(port);
			return this.below;
		});
	}

	@AfterEach
	void close() throws IOException {
		this.connected.close();
		this.mailbox.close();
	}

	@Test
	void theEndOfTheStreamIsReceivedBehindAPacketThatCameWithIt() throws Exception {
		sendPacketAndEnd();
		assertThat(recv()).isEqualTo(new RecvResult.Received(packet(100)));
		assertThat(recv()).isEqualTo(new RecvResult.Closed());
	}

	@Test
	void whoeverWaitsReceivesTheEndOfTheStreamBehindAPacketThatCameWithIt() throws Exception {
		WaitingCall<RecvResult> first = WaitingCall.of(this::recv).parked();
		sendPacketAndEnd();
		assertThat(first.result()).isEqualTo(new RecvResult.Received(packet(100)));
		assertThat(recv()).isEqualTo(new RecvResult.Closed());
	}

	@Test
	void anActiveSocketIsToldOfTheEndOfTheStreamBehindAPacketThatCameWithIt() throws Exception {
		activate();
		sendPacketAndEnd();
		assertThat(next()).isEqualTo(data(100));
		assertThat(next()).isEqualTo(new SocketMessage.Closed(this.connected.socket()));
		assertThat(this.connected.socket().isOpen()).isFalse();
	}

	/** At whatever packet the active side lets others have their turn. */
	@Test
	void noPacketStaysInTheWireUntilAnotherComes() throws Exception {
		for (int count = 10; count < 25; count++) {
			this.below.cork();
			for (int i = 0; i < count; i++) {
				this.connected.peerSends(encoded(16_380));
			}
			this.connected.peerSends(encoded(50));
			this.below.uncork();
			activate();
			for (int i = 0; i < count; i++) {
				assertThat(next()).isEqualTo(data(16_380));
			}
			assertThat(next()).isEqualTo(data(50));
			assertThat(this.connected.socket().active(ActiveMode.FALSE)).isEqualTo(new SetOptionsResult.Set());
		}
	}

	@Test
	void aPacketThatCameWithADamagedRecordIsReceivedFirst() throws Exception {
		sendPacketAndDamagedRecord();
		assertThat(recv()).isEqualTo(new RecvResult.Received(packet(100)));
		assertThat(recv()).isInstanceOfSatisfying(RecvResult.Failed.class,
				(failed) -> assertThat(failed.error()).isEqualTo(PosixError.TLS_ALERT));
		assertThat(recv()).isEqualTo(new RecvResult.Closed());
		assertThatExceptionOfType(IOException.class).isThrownBy(this.connected::peerReadsToTheEnd)
			.withMessageContaining("alert");
	}

	@Test
	void anAnswerThatIsTooLateLeavesTheReasonToTheReceiver() throws Exception {
		sendPacketAndDamagedRecord();
		assertThat(recv()).isEqualTo(new RecvResult.Received(packet(100)));
		assertThat(this.connected.socket().send(new byte[100])).isInstanceOf(SendResult.Closed.class);
		assertThat(recv()).isInstanceOfSatisfying(RecvResult.Failed.class,
				(failed) -> assertThat(failed.detail()).startsWith("tls_alert (tls failed): (bad_record_mac)"));
	}

	@Test
	void anActiveSocketDeliversAPacketThatCameWithADamagedRecordFirst() throws Exception {
		activate();
		sendPacketAndDamagedRecord();
		assertThat(next()).isEqualTo(data(100));
		assertThat(next()).isInstanceOfSatisfying(SocketMessage.Error.class,
				(error) -> assertThat(error.error()).isEqualTo(PosixError.TLS_ALERT));
		assertThat(next()).isEqualTo(new SocketMessage.Closed(this.connected.socket()));
	}

	private void sendPacketAndDamagedRecord() throws IOException {
		this.below.cork();
		this.connected.peerSends(encoded(100));
		this.below.getOutputStream().write(DAMAGED);
		this.below.uncork();
	}

	private void sendPacketAndEnd() throws IOException {
		this.below.cork();
		this.connected.peerSends(encoded(100));
		this.connected.peer().shutdownOutput();
		this.below.uncork();
	}

	private void activate() {
		assertThat(this.connected.socket().active(ActiveMode.TRUE)).isEqualTo(new SetOptionsResult.Set());
	}

	private RecvResult recv() {
		return this.connected.socket().recv(Connected.PATIENCE);
	}

	private SocketMessage next() {
		return this.mailbox.receive(Connected.PATIENCE).orElseThrow();
	}

	private SocketMessage data(int size) {
		return new SocketMessage.Data(this.connected.socket(), packet(size));
	}

	private static Packet packet(int size) {
		return new Packet.Bytes(new byte[size]);
	}

	private static byte[] encoded(int size) {
		return ByteBuffer.allocate(4 + size).putInt(size).array();
	}

}

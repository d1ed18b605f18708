package io.gentcp.spring.integration;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.gentcp.ConnectResult;
import io.gentcp.GenTcp;
import io.gentcp.RecvResult;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.core.serializer.Deserializer;
import org.springframework.integration.ip.tcp.serializer.ByteArrayCrLfSerializer;
import org.springframework.integration.ip.tcp.serializer.ByteArrayLengthHeaderSerializer;
import org.springframework.integration.ip.tcp.serializer.ByteArrayStxEtxSerializer;
import org.springframework.integration.ip.tcp.serializer.SoftEndOfStreamException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** A raw connection that is read as a stream, on both backends. */
@ParameterizedClass
@EnumSource(Backend.class)
class TcpSocketInputStreamTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Parameter
	private Backend backend;

	private GenTcp genTcp;

	private ScriptedPeer listening;

	private TcpSocket socket;

	private PeerConnection peer;

	@BeforeEach
	void connect() {
		this.genTcp = GenTcp.open();
		this.listening = ScriptedPeer.listening();
		this.socket = connect(SocketOptions.defaults());
		this.peer = this.listening.accept(PATIENCE);
	}

	private TcpSocket connect(SocketOptions options) {
		ConnectResult result = this.genTcp.connect("127.0.0.1", this.listening.port(), options.backend(this.backend),
				PATIENCE);
		return ((ConnectResult.Connected) result).socket();
	}

	@AfterEach
	void close() {
		this.genTcp.close();
		this.listening.close();
	}

	@Test
	void aReadGetsWhatIsThereAndKeepsTheRestForTheNext() throws Exception {
		this.peer.send("hello".getBytes());
		try (TcpSocketInputStream in = stream()) {
			await().atMost(PATIENCE).until(() -> in.available() == 5);
			byte[] buffer = new byte[9];

			assertThat(in.read(buffer, 1, 2)).isEqualTo(2);
			assertThat(in.available()).isEqualTo(3);
			assertThat(in.read()).isEqualTo('l');
			assertThat(in.read(buffer, 3, 6)).isEqualTo(2);
			assertThat(in.read(buffer, 9, 0)).isZero();

			assertThat(buffer).asString(StandardCharsets.US_ASCII).isEqualTo("\0helo\0\0\0\0");
			assertThat(in.available()).isZero();
		}
	}

	@Test
	void bytesAbove127AreNoEndOfTheStream() throws Exception {
		this.peer.send(new byte[] { -1 });
		assertThat(stream().read()).isEqualTo(255);
	}

	@Test
	void whatWasNotReadIsTheSocketsAgain() throws Exception {
		this.peer.send("hello".getBytes());
		try (TcpSocketInputStream in = stream()) {
			await().atMost(PATIENCE).until(() -> in.available() == 5);
			assertThat(in.read()).isEqualTo('h');
		}

		assertThat(this.socket.recv(4, PATIENCE))
			.isEqualTo(new RecvResult.Received(new Packet.Bytes("ello".getBytes())));
		assertThat(this.socket.isOpen()).isTrue();
	}

	@Test
	void aClosedStreamIsNotRead() throws Exception {
		TcpSocketInputStream in = stream();
		in.close();
		in.close();

		assertThatIOException().isThrownBy(in::read).withMessageEndingWith("this stream was closed");
		assertThatIOException().isThrownBy(in::available).withMessageEndingWith("this stream was closed");
	}

	@Test
	void theEndOfTheStreamIsBehindItsBytes() throws Exception {
		this.peer.send("hi".getBytes());
		this.peer.halfClose();

		TcpSocketInputStream in = stream();
		assertThat(in.readAllBytes()).asString().isEqualTo("hi");
		assertThat(in.read()).isEqualTo(-1);
		assertThat(in.read(new byte[1], 0, 1)).isEqualTo(-1);
		assertThat(in.available()).isZero();
	}

	@Test
	void aResetIsAnErrorAndStaysOne() {
		TcpSocketInputStream in = stream();
		this.peer.reset();

		assertThatIOException().isThrownBy(in::read).withMessageEndingWith(": econnreset (connection reset)");
		assertThatIOException().isThrownBy(() -> in.read(new byte[1], 0, 1)).withMessageContaining("econnreset");
	}

	@Test
	void aSocketThatThisSideClosedIsNoEndOfTheStream() {
		TcpSocketInputStream in = stream();
		this.socket.close();

		assertThatIOException().isThrownBy(in::read).withMessageEndingWith("this side closed it");
	}

	@Test
	void aReadThatTimesOutMayBeTriedAgain() throws Exception {
		TcpSocketInputStream in = new TcpSocketInputStream(this.socket, Duration.ofMillis(1));

		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(in::read)
			.withMessageEndingWith("nothing came within PT0.001S");

		this.peer.send(new byte[] { 'x' });
		await().atMost(PATIENCE).until(() -> in.available() == 1);
		assertThat(in.read()).isEqualTo('x');
	}

	@Test
	void anInterruptEndsTheWaitAndNothingElse() throws Exception {
		TcpSocketInputStream in = stream();
		AtomicReference<Object> outcome = new AtomicReference<>();
		Thread reader = Thread.ofVirtual().start(() -> {
			try {
				outcome.set(in.read());
			}
			catch (IOException ex) {
				outcome.set(ex);
				assertThat(Thread.currentThread().isInterrupted()).isTrue();
			}
		});
		reader.interrupt();
		assertThat(reader.join(PATIENCE)).isTrue();
		assertThat(outcome.get()).isInstanceOf(InterruptedIOException.class)
			.isNotInstanceOf(SocketTimeoutException.class);

		this.peer.send(new byte[] { 'x' });
		assertThat(in.read()).isEqualTo('x');
	}

	@Test
	void aSocketWithPacketsIsRefused() {
		TcpSocket four = connect(SocketOptions.defaults().packet(PacketType.FOUR));

		assertThatIllegalArgumentException().isThrownBy(() -> new TcpSocketInputStream(four))
			.withMessageEndingWith("has packet 4; a stream reads what is raw: set packet to raw first");
	}

	@Test
	void crLfOfSpringIntegrationReadsFromIt() throws Exception {
		assertThatItReads(new ByteArrayCrLfSerializer(), "hello\r\n\r\nworld\r\n", "hello", "", "world");
	}

	@Test
	void lengthHeadersOfSpringIntegrationReadFromIt() throws Exception {
		assertThatItReads(new ByteArrayLengthHeaderSerializer(2), "\0\5hello\0\0\0\5world", "hello", "", "world");
	}

	@Test
	void stxEtxOfSpringIntegrationReadsFromIt() throws Exception {
		assertThatItReads(new ByteArrayStxEtxSerializer(), "\2hello\3\2\3\2world\3", "hello", "", "world");
	}

	/** Packets that come together, then byte by byte, then the end of the stream. */
	private void assertThatItReads(Deserializer<byte[]> deserializer, String stream, String... packets)
			throws IOException {
		byte[] bytes = stream.getBytes(StandardCharsets.US_ASCII);
		this.peer.play(Step.send(bytes), Step.sendInPieces(bytes, 1, Duration.ofMillis(1)), Step.halfClose());
		TcpSocketInputStream in = stream();
		for (int time = 0; time < 2; time++) {
			for (String packet : packets) {
				assertThat(deserializer.deserialize(in)).asString().isEqualTo(packet);
			}
		}
		assertThatExceptionOfType(SoftEndOfStreamException.class).isThrownBy(() -> deserializer.deserialize(in));
	}

	private TcpSocketInputStream stream() {
		return new TcpSocketInputStream(this.socket);
	}

}

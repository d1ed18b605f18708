package io.gentcp.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.gentcp.TestCertificates;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Records are decrypted wherever the network cuts them, and whatever room there is. */
@Timeout(60)
class TlsInputTests {

	/** A record of the largest size, and a few bytes more or less. */
	private static final List<Integer> ROOMS = List.of(1_000, 16_383, 16_384, 16_385, 16_401, 20_000, 100_000);

	private static final List<Integer> PIECES = List.of(700, 16_383, 16_406, 30_000, 50_000);

	static Stream<Arguments> cuts() {
		return Stream.of("TLSv1.2", "TLSv1.3")
			.flatMap((protocol) -> ROOMS.stream()
				.flatMap((room) -> PIECES.stream().map((piece) -> Arguments.of(protocol, room, piece))));
	}

	@ParameterizedTest
	@MethodSource("cuts")
	void everyByteAndTheEndAreReadWhereverRecordsAreCut(String protocol, int room, int piece) throws Exception {
		byte[] sent = new byte[10 * 16_384 + 17];
		new Random(piece).nextBytes(sent);
		EnginePair engines = EnginePair.of(TestCertificates.server(), protocol);
		byte[] records = engines.encryptedWithItsEnd(sent);
		try (ServerSocketChannel listening = ServerSocketChannel.open()
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				SocketChannel sender = SocketChannel.open(listening.getLocalAddress());
				SocketChannel receiver = listening.accept()) {
			receiver.configureBlocking(false);
			TlsInput input = new TlsInput(receiver, engines.client(), new BufferPool(1));
			ByteArrayOutputStream received = new ByteArrayOutputStream();
			int count = 0;
			for (int from = 0; from < records.length; from += piece) {
				ByteBuffer next = ByteBuffer.wrap(records, from, Math.min(piece, records.length - from));
				while (next.hasRemaining()) {
					sender.write(next);
				}
				count = readAll(input, room, received);
			}
			while (count == 0) {
				count = readAll(input, room, received);
			}
			assertThat(count).isEqualTo(-1);
			assertThat(received.toByteArray()).isEqualTo(sent);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void itSaysWhatIsLeftThatNoEventTells(String protocol) throws Exception {
		EnginePair engines = EnginePair.of(TestCertificates.server(), protocol);
		byte[] records = engines.encryptedWithItsEnd(new byte[100]);
		try (ServerSocketChannel listening = ServerSocketChannel.open()
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				SocketChannel sender = SocketChannel.open(listening.getLocalAddress());
				SocketChannel receiver = listening.accept()) {
			TlsInput input = new TlsInput(receiver, engines.client(), new BufferPool(1));
			assertThat(input.hasMore()).isFalse();
			int record = 5 + ((records[3] & 0xff) << 8) + (records[4] & 0xff);

			sender.write(ByteBuffer.wrap(records, 0, record));
			assertThat(input.read(ByteBuffer.allocate(40))).isEqualTo(40);
			assertThat(input.hasMore()).isTrue();
			assertThat(input.read(ByteBuffer.allocate(100))).isEqualTo(60);
			assertThat(input.hasMore()).isFalse();

			sender.write(ByteBuffer.wrap(records, record, records.length - record));
			assertThat(input.read(ByteBuffer.allocate(100))).isEqualTo(-1);
			assertThat(input.hasMore()).isTrue();
		}
	}

	/** Reads until nothing is there; returns what the last read said. */
	private static int readAll(TlsInput input, int room, ByteArrayOutputStream received) throws IOException {
		ByteBuffer target = ByteBuffer.allocate(room);
		int count = input.read(target);
		while (count > 0) {
			received.write(target.array(), 0, count);
			count = input.read(target.clear());
		}
		return count;
	}

}

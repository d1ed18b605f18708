package io.gentcp.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Random;

import io.gentcp.TestCertificates;
import io.gentcp.WaitingCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Who closes while another thread writes. */
@Timeout(60)
class TlsOutputTests {

	/** More than the kernel takes of it while nobody reads. */
	private final byte[] bytes = new byte[8 * 1024 * 1024];

	/** A channel that blocks keeps the writer in its call as long as the test likes. */
	@Test
	void theStreamHasItsEndThoughTheWriterWasInItsCallAtTheClose() throws Exception {
		new Random(1).nextBytes(this.bytes);
		EnginePair engines = EnginePair.of(TestCertificates.server(), "TLSv1.3");
		try (ServerSocketChannel listening = ServerSocketChannel.open()
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				SocketChannel receiver = SocketChannel.open(listening.getLocalAddress());
				SocketChannel sender = listening.accept()) {
			sender.setOption(StandardSocketOptions.SO_SNDBUF, 16 * 1024);
			TlsOutput output = new TlsOutput(sender, engines.server(), new BufferPool(1));
			TlsInput input = new TlsInput(receiver, engines.client(), new BufferPool(1));
			WaitingCall<Integer> writing = WaitingCall.of(() -> output.write(ByteBuffer.wrap(this.bytes)));
			ByteBuffer received = ByteBuffer.allocate(16 * 1024);
			assertThat(input.read(received)).isPositive();

			WaitingCall<Void> closing = WaitingCall.<Void>of(() -> {
				output.close();
				return null;
			}).parked();
			byte[] rest = readToTheEnd(input);

			assertThat(writing.result()).isEqualTo(this.bytes.length);
			closing.result();
			byte[] all = ByteBuffer.allocate(received.flip().remaining() + rest.length).put(received).put(rest).array();
			assertThat(all).isEqualTo(this.bytes);
		}
	}

	@Test
	void afterTheCloseNothingIsTaken() throws Exception {
		EnginePair engines = EnginePair.of(TestCertificates.server(), "TLSv1.3");
		try (ServerSocketChannel listening = ServerSocketChannel.open()
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				SocketChannel receiver = SocketChannel.open(listening.getLocalAddress());
				SocketChannel sender = listening.accept()) {
			TlsOutput output = new TlsOutput(sender, engines.server(), new BufferPool(1));
			TlsInput input = new TlsInput(receiver, engines.client(), new BufferPool(1));
			output.close();
			output.close();

			assertThat(output.write(ByteBuffer.wrap(this.bytes))).isZero();
			assertThat(output.flush()).isFalse();
			assertThat(readToTheEnd(input)).isEmpty();
		}
	}

	private static byte[] readToTheEnd(TlsInput input) throws IOException {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		ByteBuffer target = ByteBuffer.allocate(64 * 1024);
		while (input.read(target.clear()) >= 0) {
			received.write(target.array(), 0, target.position());
		}
		return received.toByteArray();
	}

}

package io.gentcp.spring.boot;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.RecoveryOutcome;
import io.gentcp.spring.core.SendTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A peer that stops reading an encrypted connection, which is a socket of the JDK's: what
 * was promised over plain TCP holds.
 */
@Timeout(120)
class TlsRecoveryTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/** More than a stalled peer and the kernel take. */
	private static final byte[] LARGE = new byte[4_000_000];

	static {
		new Random(42).nextBytes(LARGE);
	}

	@Test
	void thePacketIsCompletedByTheBackgroundWhenThePeerReadsAgain() throws IOException {
		try (SSLServerSocket listening = listen()) {
			CompletableFuture<SSLSocket> accepted = async(() -> shakeHands(listening));
			client(listening).run((context) -> {
				GenTcpTemplate client = context.getBean(GenTcpTemplate.class);

				SendTimeoutException late = timeOut(client);

				assertThat(late.recovery()).isNotDone();
				CompletableFuture<Void> next = client.sendAsync("next".getBytes(StandardCharsets.UTF_8));
				try (SSLSocket peer = accepted.join()) {
					DataInputStream in = new DataInputStream(peer.getInputStream());
					assertThat(packet(in)).isEqualTo(LARGE);
					assertThat(next).succeedsWithin(PATIENCE);
					assertThat(packet(in)).asString().isEqualTo("next");
				}
				assertThat(late.recovery()).succeedsWithin(PATIENCE);
				assertThat(client.counters().recoveries(RecoveryOutcome.COMPLETED)).isOne();
			});
		}
	}

	@Test
	void thePacketIsCompletedByTheCallerFromItsRest() throws IOException {
		try (SSLServerSocket listening = listen()) {
			CompletableFuture<SSLSocket> accepted = async(() -> shakeHands(listening));
			client(listening).withPropertyValues("gentcp.client.orders.recovery=manual").run((context) -> {
				GenTcpTemplate client = context.getBean(GenTcpTemplate.class);

				SendTimeoutException late = timeOut(client);

				assertThat(late.rest().bytesOut() + late.rest().size()).isEqualTo(4 + LARGE.length);
				assertThat(late.rest().bytes()).isEqualTo(
						ByteBuffer.wrap(onWire(), (int) late.bytesOut(), 4 + LARGE.length - (int) late.bytesOut()));
				try (SSLSocket peer = accepted.join()) {
					CompletableFuture<byte[]> received = async(
							() -> packet(new DataInputStream(peer.getInputStream())));
					resumeUntilOut(client, late);
					assertThat(received).succeedsWithin(PATIENCE).isEqualTo(LARGE);
				}
			});
		}
	}

	/** A send timeout holds for a rest, too. */
	private static void resumeUntilOut(GenTcpTemplate client, SendTimeoutException late) {
		SendTimeoutException last = late;
		while (last != null) {
			SendTimeoutException again = last;
			last = catchThrowableOfType(SendTimeoutException.class, () -> client.resume(again.rest()));
		}
	}

	private static SendTimeoutException timeOut(GenTcpTemplate client) {
		SendTimeoutException late = catchThrowableOfType(SendTimeoutException.class, () -> client.send(LARGE));
		assertThat(late.bytesOut()).isPositive().isLessThan(4 + LARGE.length);
		assertThat(late.bytesTotal()).isEqualTo(4 + LARGE.length);
		return late;
	}

	private static SSLServerSocket listen() throws IOException {
		SSLServerSocket listening = (SSLServerSocket) TestCertificates.context("server")
			.getServerSocketFactory()
			.createServerSocket();
		listening.setReceiveBufferSize(16 * 1024);
		listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		return listening;
	}

	private static SSLSocket shakeHands(SSLServerSocket listening) throws IOException {
		SSLSocket accepted = (SSLSocket) listening.accept();
		accepted.setSoTimeout((int) PATIENCE.toMillis());
		accepted.startHandshake();
		return accepted;
	}

	private static byte[] packet(DataInputStream in) throws IOException {
		return in.readNBytes(in.readInt());
	}

	private static byte[] onWire() {
		return ByteBuffer.allocate(4 + LARGE.length).putInt(LARGE.length).put(LARGE).array();
	}

	private static <T> CompletableFuture<T> async(Callable<T> call) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return call.call();
			}
			catch (Exception ex) {
				throw new CompletionException(ex);
			}
		}, Thread::startVirtualThread);
	}

	private static ApplicationContextRunner client(SSLServerSocket listening) {
		return ConfiguredContext.runner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withPropertyValues(TestCertificates.trustStore("orders", "authority"), "gentcp.packet=4",
					"gentcp.sndbuf=16KB", "gentcp.client.orders.port=" + listening.getLocalPort(),
					"gentcp.client.orders.ssl.bundle=orders", "gentcp.client.orders.send-timeout=2s");
	}

}

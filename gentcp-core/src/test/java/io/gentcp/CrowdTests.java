package io.gentcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Engine;
import io.gentcp.transport.EngineOptions;
import io.gentcp.transport.WatchedWire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many virtual threads that wait by turns: a deputy of the poller hears for them. What
 * runs code of the application stays with the poller itself, where nothing may wait.
 */
@Timeout(60)
class CrowdTests {

	private static final SocketOptions FOUR = SocketOptions.defaults()
		.packet(PacketType.FOUR)
		.nodelay(true)
		.backlog(1000);

	private static final int PLAYERS = 32;

	private static final int PACKETS = 300;

	private final Set<String> readers = ConcurrentHashMap.newKeySet();

	private final Set<String> deliverers = ConcurrentHashMap.newKeySet();

	private final Semaphore delivered = new Semaphore(0);

	private final AtomicBoolean over = new AtomicBoolean();

	private final AtomicInteger wrong = new AtomicInteger();

	@Test
	void aDeputyReadsForThreadsThatWaitAndThePollerDelivers() throws InterruptedException {
		try (GenTcp genTcp = new GenTcp(new Engine(EngineOptions.defaults().pollers(1),
				(channel) -> new WatchedWire(channel, (reader) -> this.readers.add(reader.getName()))));
				ListenSocket listen = Connected.listen(genTcp, FOUR)) {
			List<Thread> players = new ArrayList<>();
			for (int i = 0; i < PLAYERS; i++) {
				SocketPair pair = SocketPair.over(genTcp, listen, FOUR);
				players.add(Thread.ofVirtual().unstarted(() -> echo(pair.server())));
				players.add(Thread.ofVirtual().unstarted(() -> ask(pair.client())));
			}
			SocketPair active = SocketPair.over(genTcp, listen, FOUR);
			activate(active.server());
			players.forEach(Thread::start);

			int sent = 0;
			while (sent < PACKETS || this.readers.stream().noneMatch((name) -> name.endsWith("-deputy"))) {
				assertThat(active.client().send(new byte[1])).isEqualTo(new SendResult.Sent());
				assertThat(this.delivered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
				sent++;
			}
			this.over.set(true);
			for (Thread player : players) {
				player.join();
			}
			assertThat(this.wrong).hasValue(0);
			assertThat(this.deliverers).singleElement().asString().endsWith("-poller-1");
		}
	}

	private void activate(TcpSocket socket) {
		assertThat(socket.controllingProcess((message) -> {
			if (message instanceof SocketMessage.Data) {
				this.deliverers.add(Thread.currentThread().getName());
				this.delivered.release();
			}
		})).isInstanceOf(ControllingProcessResult.HandedOver.class);
		assertThat(socket.active(ActiveMode.TRUE)).isEqualTo(new SetOptionsResult.Set());
	}

	private void ask(TcpSocket socket) {
		try (socket) {
			for (byte i = 0; !this.over.get(); i++) {
				byte[] packet = { i };
				if (!(socket.send(packet) instanceof SendResult.Sent) || !isNext(socket.recv(), i)) {
					this.wrong.incrementAndGet();
					return;
				}
			}
		}
	}

	private static boolean isNext(RecvResult result, byte expected) {
		return result instanceof RecvResult.Received(Packet.Bytes(byte[] bytes)) && bytes.length == 1
				&& bytes[0] == expected;
	}

	private static void echo(TcpSocket socket) {
		try (socket) {
			while (socket.recv() instanceof RecvResult.Received(Packet.Bytes(byte[] bytes))
					&& socket.send(bytes) instanceof SendResult.Sent) {
				// The next one.
			}
		}
	}

}

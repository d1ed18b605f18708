package io.gentcp.spring.listener;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.gentcp.packet.Packet;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.LogContext;
import io.gentcp.spring.core.PacketHandling;
import io.gentcp.test.PeerConnection;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import static io.gentcp.spring.listener.RunningServer.PATIENCE;
import static io.gentcp.spring.listener.RunningServer.awaitPackets;
import static io.gentcp.spring.listener.RunningServer.framed;
import static org.assertj.core.api.Assertions.assertThat;

/** What is logged while a packet is handled says on which connection. */
class LogContextTests {

	private static Map<String, String> of(GenTcpConnection connection) {
		return Map.of("gentcp.connection", connection.id(), "gentcp.name", "edge");
	}

	@Test
	void aHandlerLogsForItsConnection() {
		List<Map<String, String>> seen = new CopyOnWriteArrayList<>();
		List<Map<String, String>> expected = new CopyOnWriteArrayList<>();
		try (RunningServer server = RunningServer.with((packet, connection) -> {
			seen.add(MDC.getCopyOfContextMap());
			expected.add(of(connection));
			return bytes(packet);
		}); PeerConnection one = server.connect(); PeerConnection other = server.connect()) {
			one.readAll();
			other.readAll();
			one.send(framed("1"));
			awaitPackets(one, "1");
			other.send(framed("2"));
			awaitPackets(other, "2");

			assertThat(seen).isEqualTo(expected).doesNotHaveDuplicates().hasSize(2);
		}
	}

	@Test
	void whatAHandlerPutsThereIsGoneAtTheNextPacket() {
		List<Map<String, String>> seen = new CopyOnWriteArrayList<>();
		List<Map<String, String>> expected = new CopyOnWriteArrayList<>();
		try (RunningServer server = RunningServer.with((packet, connection) -> {
			seen.add(MDC.getCopyOfContextMap());
			expected.add(of(connection));
			MDC.remove(LogContext.CONNECTION);
			MDC.put("order", "17");
			return bytes(packet);
		}); PeerConnection peer = server.connect()) {
			peer.readAll();
			peer.send(framed("1"));
			peer.send(framed("2"));
			awaitPackets(peer, "1", "2");

			assertThat(seen).isEqualTo(expected).hasSize(2);
		}
	}

	@Test
	void whatTheServerLogsOfAConnectionNamesIt() {
		Logger logger = (Logger) LoggerFactory.getLogger(PacketHandling.class);
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		logger.addAppender(log);
		List<Map<String, String>> expected = new CopyOnWriteArrayList<>();
		try (RunningServer server = RunningServer.with((packet, connection) -> {
			expected.add(of(connection));
			throw new IllegalStateException("no such order");
		}); PeerConnection peer = server.connect()) {
			peer.readAll();
			peer.send(framed("1"));
			peer.awaitEndOfStream(PATIENCE);

			assertThat(log.list).filteredOn((line) -> line.getFormattedMessage().contains("handling a packet"))
				.singleElement()
				.satisfies((line) -> assertThat(line.getMDCPropertyMap()).isEqualTo(expected.getFirst()));
		}
		finally {
			logger.detachAppender(log);
		}
	}

	@Test
	void aThreadLogsAsBeforeWhenItIsDone() {
		try (RunningServer server = RunningServer.with((packet, connection) -> {
			MDC.put("order", "17");
			LogContext nested = LogContext.enter(connection);
			MDC.put("order", "18");
			MDC.put("item", "1");
			nested.close();
			return ByteBuffer
				.wrap((MDC.get("order") + MDC.get("item") + connection.id().equals(MDC.get("gentcp.connection")))
					.getBytes(StandardCharsets.UTF_8));
		}); PeerConnection peer = server.connect()) {
			peer.readAll();
			peer.send(framed("1"));
			assertThat(awaitPackets(peer, "17nulltrue")).containsExactly("17nulltrue");
		}
	}

	private static ByteBuffer bytes(Packet packet) {
		return ByteBuffer.wrap(((Packet.Bytes) packet).array());
	}

}

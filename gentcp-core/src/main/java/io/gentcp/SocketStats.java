package io.gentcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gentcp.transport.PacketCount;

/**
 * What went over a connection: {@code inet:getstat/1}. Counted as OTP's inet backend
 * does, on both backends: received are packets that the application got, sent are those
 * that got a place in line, also if their send timed out; each with its header.
 *
 * @param received the packets that were received
 * @param sent the packets that were sent
 * @param pending {@code send_pend}: bytes in the queue of the inet backend; 0 on the
 * socket backend
 */
public record SocketStats(PacketCount.Snapshot received, PacketCount.Snapshot sent, long pending) {

	/** The keys of {@code inet:getstat/2}, in its order. */
	public static final List<String> KEYS = List.of("recv_oct", "recv_cnt", "recv_max", "recv_avg", "recv_dvi",
			"send_oct", "send_cnt", "send_max", "send_avg", "send_pend");

	/**
	 * Returns one figure.
	 * @param key one of {@link #KEYS}
	 * @throws IllegalArgumentException if it is none of them
	 */
	public long get(String key) {
		return switch (key) {
			case "recv_oct" -> this.received.bytes();
			case "recv_cnt" -> this.received.packets();
			case "recv_max" -> this.received.largest();
			case "recv_avg" -> this.received.average();
			case "recv_dvi" -> this.received.deviation();
			case "send_oct" -> this.sent.bytes();
			case "send_cnt" -> this.sent.packets();
			case "send_max" -> this.sent.largest();
			case "send_avg" -> this.sent.average();
			case "send_pend" -> this.pending;
			default -> throw new IllegalArgumentException(
					"'%s' is not counted; allowed: %s".formatted(key, String.join(", ", KEYS)));
		};
	}

	/** Returns all figures by their keys, in Erlang's order. */
	public Map<String, Long> toMap() {
		Map<String, Long> figures = new LinkedHashMap<>();
		KEYS.forEach((key) -> figures.put(key, get(key)));
		return figures;
	}

}

package io.gentcp.transport;

/**
 * What a connection is made of, below the packets.
 *
 * @param backend what carries it
 * @param channel what it asks of the operating system
 * @param waitBehindTorn whether writes wait behind a packet of which a part is out, and
 * are refused otherwise; only the socket backend leaves such a part
 * @param watermarks how much is queued; only the inet backend queues
 * @param delaySend whether writes are queued in any case; only the inet backend queues
 */
public record TransportOptions(Backend backend, ChannelOptions channel, boolean waitBehindTorn, Watermarks watermarks,
		boolean delaySend) {
}

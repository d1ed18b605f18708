package io.gentcp.spring.core;

import java.nio.ByteBuffer;

import io.gentcp.packet.Packet;
import org.jspecify.annotations.Nullable;

/**
 * What a server does with the packets it receives, or a client with those that no request
 * asked for. A method annotated with {@code @GenTcpListener} becomes one.
 */
@FunctionalInterface
public interface PacketHandler {

	/**
	 * Handles one packet. Runs on the virtual thread of its connection, so it may block:
	 * the next packet of this connection is not read before it returns, which holds up
	 * the peer once the kernel's buffers are full. Packets of other connections are
	 * handled meanwhile.
	 * @param packet the packet, which is the handler's own from now on
	 * @param connection where it came from; the handler may send on it or close it
	 * @return the reply, whose bytes between position and limit are sent as a packet;
	 * null to send nothing
	 * @throws Exception is logged, and the connection is closed
	 */
	@Nullable ByteBuffer onPacket(Packet packet, GenTcpConnection connection) throws Exception;

}

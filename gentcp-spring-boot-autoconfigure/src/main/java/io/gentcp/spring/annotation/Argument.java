package io.gentcp.spring.annotation;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;

import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.PacketBytes;

/** What one parameter of a listener method is given. Has no state. */
@FunctionalInterface
interface Argument {

	/** The value, of a packet that {@link PacketParameter#takes fits} the parameter. */
	Object value(Packet packet, GenTcpConnection connection);

	static Argument of(Class<?> type, Charset charset) {
		if (type == GenTcpConnection.class) {
			return (packet, connection) -> connection;
		}
		if (type == TcpSocket.class) {
			return (packet, connection) -> connection.socket();
		}
		if (type == byte[].class) {
			return (packet, connection) -> PacketBytes.of(packet);
		}
		if (type == ByteBuffer.class) {
			return (packet, connection) -> ByteBuffer.wrap(PacketBytes.of(packet));
		}
		if (type == String.class) {
			return (packet, connection) -> new String(PacketBytes.of(packet), charset);
		}
		if (type == Packet.Bytes.class) {
			return (packet, connection) -> (packet instanceof Packet.Bytes) ? packet
					: new Packet.Bytes(PacketBytes.of(packet));
		}
		return (packet, connection) -> packet;
	}

}

package io.gentcp.spring.annotation;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;

import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.spring.core.PacketBytes;

/** What one parameter of a listener method is given. Has no state. */
@FunctionalInterface
interface Argument {

	Object value(Packet packet, TcpSocket connection);

	static Argument of(Class<?> type, Charset charset, Method method) {
		if (type == TcpSocket.class) {
			return (packet, connection) -> connection;
		}
		if (type == Packet.class || type == Packet.Bytes.class) {
			return (packet, connection) -> packet;
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
		throw invalid(method, "has a parameter of type " + type.getTypeName());
	}

	static InvalidGenTcpListenerException invalid(Method method, String problem) {
		return new InvalidGenTcpListenerException(
				"@GenTcpListener method %s %s".formatted(ListenerMethod.describe(method), problem),
				"Allowed is one parameter for the packet, of type byte[], String, ByteBuffer or Packet, "
						+ "and optionally one of type TcpSocket for the connection.");
	}

}

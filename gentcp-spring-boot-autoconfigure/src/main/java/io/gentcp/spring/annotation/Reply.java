package io.gentcp.spring.annotation;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;

import io.gentcp.packet.Packet;
import io.gentcp.spring.core.PacketBytes;

/** How what a listener method returns becomes a packet. Has no state. */
@FunctionalInterface
interface Reply {

	ByteBuffer packet(Object returned);

	static Reply of(Method method, Charset charset) {
		Class<?> type = method.getReturnType();
		if (type == byte[].class) {
			return (returned) -> ByteBuffer.wrap((byte[]) returned);
		}
		if (type == ByteBuffer.class) {
			return (returned) -> (ByteBuffer) returned;
		}
		if (type == String.class) {
			return (returned) -> ByteBuffer.wrap(((String) returned).getBytes(charset));
		}
		if (type == Packet.class || type == Packet.Bytes.class || type == Packet.WithHeader.class) {
			return (returned) -> ByteBuffer.wrap(bytes((Packet) returned, method));
		}
		if (type == void.class) {
			return (returned) -> {
				throw new IllegalStateException("nothing is returned by a void method");
			};
		}
		throw new InvalidGenTcpListenerException(
				"@GenTcpListener method %s returns %s".formatted(ListenerMethod.describe(method), type.getTypeName()),
				"Allowed are byte[], String, ByteBuffer and Packet, which are sent back, and void.");
	}

	private static byte[] bytes(Packet returned, Method method) {
		if (!PacketBytes.existIn(returned.getClass())) {
			throw new IllegalStateException("%s returned %s, which has no bytes to send; return bytes or text"
				.formatted(ListenerMethod.describe(method), returned));
		}
		return PacketBytes.of(returned);
	}

}

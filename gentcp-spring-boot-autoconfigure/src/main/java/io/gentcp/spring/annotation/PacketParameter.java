package io.gentcp.spring.annotation;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.gentcp.TcpSocket;
import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.Packet;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.PacketBytes;
import io.gentcp.spring.listener.GenTcpServerSettings;

/**
 * The parameter of a listener method that is given the packet: its type covers all that
 * its server delivers.
 *
 * @param type the type of the parameter
 */
record PacketParameter(Class<?> type) {

	private static final List<Class<?>> FOR_BYTES = List.of(byte[].class, String.class, ByteBuffer.class,
			Packet.Bytes.class);

	private static final Set<Class<?>> CONNECTION = Set.of(GenTcpConnection.class, TcpSocket.class);

	/**
	 * The parameter for the packet of a method that listens to a server.
	 * @throws InvalidGenTcpListenerException if there is not exactly one, beside at most
	 * one for the connection, or it does not cover what the server delivers
	 */
	static PacketParameter of(Method method, GenTcpServerSettings server) {
		List<Class<?>> types = List.of(method.getParameterTypes());
		int connections = (int) types.stream().filter(CONNECTION::contains).count();
		if (connections > 1 || types.size() - connections != 1) {
			throw invalid(method, server, "has %d parameters for the packet and %d for the connection"
				.formatted(types.size() - connections, connections));
		}
		Class<?> type = types.get(CONNECTION.contains(types.getFirst()) ? 1 : 0);
		Class<? extends Packet> delivered = server.options().delivers();
		if (covering(delivered).noneMatch(type::equals)) {
			throw invalid(method, server, "has a parameter of type %s, but server %s, whose packet is %s, delivers %s"
				.formatted(name(type), server.name(), server.options().packet().name(), name(delivered)));
		}
		return new PacketParameter(type);
	}

	private static Stream<Class<?>> covering(Class<? extends Packet> delivered) {
		Stream<Class<?>> forBytes = PacketBytes.existIn(delivered) ? FOR_BYTES.stream() : Stream.empty();
		Stream<Class<?>> packets = Stream.<Class<?>>of(delivered, HttpPacket.class, Packet.class)
			.filter((type) -> type.isAssignableFrom(delivered));
		return Stream.concat(forBytes, packets).distinct();
	}

	private static InvalidGenTcpListenerException invalid(Method method, GenTcpServerSettings server, String problem) {
		String types = covering(server.options().delivers()).map(PacketParameter::name)
			.collect(Collectors.joining(", "))
			.replaceFirst(", ([^,]+)$", " or $1");
		return new InvalidGenTcpListenerException(
				"@GenTcpListener method %s %s".formatted(ListenerMethod.describe(method), problem),
				("Allowed for server %s is one parameter for the packet, of type %s, "
						+ "and optionally one of type GenTcpConnection or TcpSocket for the connection.")
					.formatted(server.name(), types));
	}

	/** As one writes it: {@code Packet.Bytes}. */
	private static String name(Class<?> type) {
		Class<?> outer = type.getDeclaringClass();
		return (outer != null) ? name(outer) + "." + type.getSimpleName() : type.getSimpleName();
	}

	/**
	 * Whether this packet can be given to it: not if {@code packet} was changed on the
	 * live connection to what delivers something else.
	 */
	boolean takes(Packet packet) {
		return FOR_BYTES.contains(this.type) ? PacketBytes.existIn(packet.getClass()) : this.type.isInstance(packet);
	}

}

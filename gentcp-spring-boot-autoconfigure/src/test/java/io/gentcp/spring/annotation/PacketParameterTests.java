package io.gentcp.spring.annotation;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketCodec;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;
import io.gentcp.spring.listener.GenTcpServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The parameter for the packet covers all that its server delivers, or is refused. */
class PacketParameterTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			raw     | 0 | bytes text buffer packetOfBytes packet
			4       | 0 | bytes text buffer packetOfBytes packet
			line    | 0 | bytes text buffer packetOfBytes packet
			asn1    | 0 | bytes text buffer packetOfBytes packet
			4       | 2 | bytes text buffer packetOfBytes withHeader packet
			raw     | 2 | bytes text buffer packetOfBytes withHeader packet
			http    | 0 | httpPacket packet
			http    | 2 | httpPacket packet
			httph   | 0 | httpPacket packet
			ssl_tls | 0 | record packet
			ssl_tls | 2 | record packet
			""")
	void coversWhatItsServerDelivers(String packet, int header, String covering) {
		GenTcpServerSettings server = server(PacketType.of(packet), header);
		assertThat(Arrays.stream(Parameters.class.getDeclaredMethods())
			.filter((method) -> isAccepted(method, server))
			.map(Method::getName)).containsExactlyInAnyOrder(covering.split(" "));
	}

	private static boolean isAccepted(Method method, GenTcpServerSettings server) {
		try {
			return PacketParameter.of(method, server).type() == method.getParameterTypes()[0];
		}
		catch (InvalidGenTcpListenerException ex) {
			return false;
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			bytes | http | 0 | byte[] | HttpPacket | HttpPacket or Packet
			request | http | 0 | HttpPacket.Request | HttpPacket | HttpPacket or Packet
			header | httph | 0 | HttpPacket.Header | HttpPacket | HttpPacket or Packet
			httpPacket | 4 | 0 | HttpPacket | Packet.Bytes | Packet.Bytes or Packet
			withHeader | 4 | 0 | Packet.WithHeader | Packet.Bytes | Packet.Bytes or Packet
			record | 4 | 2 | Packet.TlsRecord | Packet.WithHeader | Packet.Bytes, Packet.WithHeader or Packet
			text | ssl_tls | 0 | String | Packet.TlsRecord | Packet.TlsRecord or Packet
			""")
	void otherwiseItIsToldWhatDoes(String method, String packet, int header, String type, String delivered,
			String allowed) {
		assertThatExceptionOfType(InvalidGenTcpListenerException.class)
			.isThrownBy(() -> PacketParameter.of(method(method), server(PacketType.of(packet), header)))
			.satisfies((ex) -> assertThat(ex.problem()).contains("Parameters.%s(".formatted(method))
				.endsWith("has a parameter of type %s, but server web, whose packet is %s, delivers %s".formatted(type,
						packet, delivered)))
			.satisfies((ex) -> assertThat(ex.remedy()).startsWith("Allowed for server web is one parameter")
				.contains(allowed + ", and optionally one of type GenTcpConnection or TcpSocket for the connection."));
	}

	@Test
	void anOwnPacketTypeSaysItselfWhatIsCovered() {
		GenTcpServerSettings headers = server(new Delivering(HttpPacket.Header.class), 0);
		assertThat(isAccepted(method("header"), headers)).isTrue();
		assertThat(isAccepted(method("httpPacket"), headers)).isTrue();
		assertThat(isAccepted(method("request"), headers)).isFalse();
		GenTcpServerSettings mixed = server(new Delivering(Packet.class), 2);
		assertThatExceptionOfType(InvalidGenTcpListenerException.class)
			.isThrownBy(() -> PacketParameter.of(method("bytes"), mixed))
			.withMessageContaining("for the packet, of type Packet, and optionally");
		assertThat(isAccepted(method("packet"), mixed)).isTrue();
	}

	@Test
	void isFoundBesideTheConnection() {
		GenTcpServerSettings server = server(PacketType.HTTP, 0);
		assertThat(PacketParameter.of(method("connectionFirst"), server).type()).isEqualTo(HttpPacket.class);
		assertThat(PacketParameter.of(method("connectionLast"), server).type()).isEqualTo(HttpPacket.class);
	}

	private static Method method(String name) {
		return List.of(Parameters.class.getDeclaredMethods(), WithConnection.class.getDeclaredMethods())
			.stream()
			.flatMap(Arrays::stream)
			.filter((candidate) -> candidate.getName().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static GenTcpServerSettings server(PacketType type, int header) {
		return GenTcpServerSettings.of("web", 0).options(SocketOptions.defaults().packet(type).header(header));
	}

	private record Delivering(Class<? extends Packet> delivers) implements PacketType {

		@Override
		public String name() {
			return "own";
		}

		@Override
		public PacketCodec codec(PacketLimits limits) {
			return PacketType.RAW.codec(limits);
		}

	}

	@SuppressWarnings("unused")
	private interface Parameters {

		void bytes(byte[] packet);

		void text(String packet);

		void buffer(ByteBuffer packet);

		void packetOfBytes(Packet.Bytes packet);

		void withHeader(Packet.WithHeader packet);

		void record(Packet.TlsRecord packet);

		void httpPacket(HttpPacket packet);

		void request(HttpPacket.Request packet);

		void header(HttpPacket.Header packet);

		void packet(Packet packet);

		void object(Object packet);

	}

	@SuppressWarnings("unused")
	private interface WithConnection {

		void connectionFirst(TcpSocket connection, HttpPacket packet);

		void connectionLast(HttpPacket packet, TcpSocket connection);

	}

}

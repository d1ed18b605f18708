package io.gentcp.spring.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

import io.gentcp.ConnectResult;
import io.gentcp.GenTcp;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.HttpUri;
import io.gentcp.packet.Packet;
import io.gentcp.spring.core.ConnectionSettings;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpConnections;
import io.gentcp.spring.core.Recovery;
import io.gentcp.spring.core.Role;
import io.gentcp.spring.listener.GenTcpServerSettings;
import io.gentcp.test.ScriptedPeer;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.SingletonTargetSource;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ListenerMethodTests {

	private static final byte[] BYTES = "h\u00e9llo".getBytes(StandardCharsets.ISO_8859_1);

	private static final Packet HELLO = new Packet.Bytes(BYTES);

	private static final Packet HELLO_APART = new Packet.WithHeader(Arrays.copyOf(BYTES, 2),
			Arrays.copyOfRange(BYTES, 2, BYTES.length));

	private static final Packet REQUEST = new HttpPacket.Request("GET", new HttpUri.AbsolutePath("/"),
			new HttpPacket.Version(1, 1));

	private static final GenTcpServerSettings EDGE = GenTcpServerSettings.of("edge", 0)
		.charset(StandardCharsets.ISO_8859_1);

	private static final GenTcpConnections CONNECTIONS = new GenTcpConnections(
			new ConnectionSettings(Role.SERVER, "edge", "server edge", new InetSocketAddress(0), SocketOptions.INFINITY,
					Recovery.CLOSE, SocketOptions.INFINITY),
			Thread::startVirtualThread);

	static Stream<String> methodsThatEcho() {
		return Arrays.stream(Echoes.class.getDeclaredMethods())
			.filter((method) -> !method.isSynthetic())
			.map(Method::getName);
	}

	@ParameterizedTest
	@MethodSource("methodsThatEcho")
	void takesAndReturnsEachType(String name) throws Exception {
		ListenerMethod listener = listener(new Echoes(), name);
		withConnection(
				(connection) -> assertThat(listener.onPacket(HELLO, connection)).isEqualTo(ByteBuffer.wrap(BYTES)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "returnsVoid", "returnsNull" })
	void nothingIsSentForVoidAndNull(String name) throws Exception {
		ListenerMethod listener = listener(new Silent(), name);
		withConnection((connection) -> assertThat(listener.onPacket(HELLO, connection)).isNull());
	}

	@ParameterizedTest
	@ValueSource(strings = { "throwsChecked", "throwsError" })
	void whatTheMethodThrowsIsThrown(String name) throws Exception {
		ListenerMethod listener = listener(new Failing(), name);
		withConnection((connection) -> assertThatExceptionOfType(Throwable.class)
			.isThrownBy(() -> listener.onPacket(HELLO, connection))
			.withMessage(name)
			.withNoCause());
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes", "text", "buffer", "packetOfBytes", "connectionFirst", "connectionLast" })
	void aPacketWhoseHeaderIsApartIsGivenWhole(String name) throws Exception {
		ListenerMethod listener = listener(new Echoes(), name, EDGE.options(EDGE.options().header(2)));
		withConnection((connection) -> assertThat(listener.onPacket(HELLO_APART, connection))
			.isEqualTo(ByteBuffer.wrap(BYTES)));
	}

	@Test
	void itsPartsCanBeHadToo() throws Exception {
		ListenerMethod listener = listener(new Apart(), "parts", EDGE.options(EDGE.options().header(2)));
		withConnection((connection) -> assertThat(listener.onPacket(HELLO_APART, connection))
			.isEqualTo(ByteBuffer.wrap(BYTES)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes", "text", "buffer", "packetOfBytes" })
	void whatItCannotTakeAnyMoreIsToldWithTheReason(String name) throws Exception {
		ListenerMethod listener = listener(new Echoes(), name);
		withConnection((connection) -> assertThatIllegalStateException()
			.isThrownBy(() -> listener.onPacket(REQUEST, connection))
			.withMessageContaining("Echoes.%s(".formatted(name))
			.withMessageContaining("cannot take Request[GET, HTTP/1.1]")
			.withMessageContaining("packet is raw on this connection by now"));
	}

	@Test
	void aLineOfHttpIsNoReply() throws Exception {
		ListenerMethod listener = listener(new Echoes(), "packet");
		withConnection((connection) -> assertThatIllegalStateException()
			.isThrownBy(() -> listener.onPacket(REQUEST, connection))
			.withMessageContaining(
					"Echoes.packet(Packet) returned Request[GET, HTTP/1.1], which has no bytes to send"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "nothing", "twoPackets", "twoConnections", "number", "object", "onlyConnection" })
	void otherParametersAreRefusedWithWhatIsAllowed(String name) {
		assertThatExceptionOfType(InvalidGenTcpListenerException.class)
			.isThrownBy(() -> listener(new Unsupported(), name))
			.withMessageContaining("%s.%s(".formatted(Unsupported.class.getName(), name))
			.withMessageContaining("byte[], String, ByteBuffer, Packet.Bytes or Packet")
			.withMessageContaining("GenTcpConnection or TcpSocket");
	}

	@Test
	void anotherReturnTypeIsRefusedWithWhatIsAllowed() {
		assertThatExceptionOfType(InvalidGenTcpListenerException.class)
			.isThrownBy(() -> listener(new Unsupported(), "returnsNumber"))
			.withMessageContaining("returnsNumber(String) returns int")
			.withMessageContaining("byte[], String, ByteBuffer and Packet")
			.withMessageContaining("void");
	}

	@Test
	void isCalledThroughTheInterfaceThatItsProxyHas() throws Exception {
		StringBuilder calls = new StringBuilder();
		ProxyFactory factory = new ProxyFactory(new Greeter());
		factory.addAdvice((MethodInterceptor) (invocation) -> {
			calls.append(invocation.getMethod().getName());
			return invocation.proceed();
		});
		Object proxy = factory.getProxy();
		assertThat(Proxy.isProxyClass(proxy.getClass())).isTrue();
		Method method = ReflectionUtils.findMethod(Greeter.class, "greet", String.class);
		ListenerMethod listener = new ListenerMethod(proxy, method, EDGE);
		withConnection((connection) -> assertThat(listener.onPacket(HELLO, connection)).isNotNull());
		assertThat(calls).hasToString("greet");
	}

	@Test
	void aMethodThatItsProxyDoesNotHaveIsRefused() {
		Object proxy = new ProxyFactory(Greeting.class, new SingletonTargetSource(new Greeter())).getProxy();
		Method method = ReflectionUtils.findMethod(Greeter.class, "other", String.class);
		assertThatExceptionOfType(InvalidGenTcpListenerException.class)
			.isThrownBy(() -> new ListenerMethod(proxy, method, EDGE))
			.withMessageContaining("Greeter.other(String)")
			.withMessageContaining("proxy");
	}

	@Test
	void showsWhichMethodItIs() {
		assertThat(listener(new Echoes(), "connectionFirst"))
			.hasToString(Echoes.class.getName() + ".connectionFirst(TcpSocket, byte[])");
	}

	private static ListenerMethod listener(Object bean, String name) {
		return listener(bean, name, EDGE);
	}

	private static ListenerMethod listener(Object bean, String name, GenTcpServerSettings server) {
		Method method = Arrays.stream(bean.getClass().getDeclaredMethods())
			.filter((candidate) -> candidate.getName().equals(name))
			.findFirst()
			.orElseThrow();
		return new ListenerMethod(bean, method, server);
	}

	private static void withConnection(ConnectionTest test) throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); GenTcp genTcp = GenTcp.open()) {
			ConnectResult result = genTcp.connect("127.0.0.1", peer.port(), SocketOptions.defaults(),
					SocketOptions.INFINITY);
			test.with(CONNECTIONS.opened(((ConnectResult.Connected) result).socket()));
		}
	}

	@FunctionalInterface
	interface ConnectionTest {

		void with(GenTcpConnection connection) throws Exception;

	}

	interface Greeting {

		String greet(String packet);

	}

	static class Greeter implements Greeting {

		@Override
		public String greet(String packet) {
			return "hello " + packet;
		}

		String other(String packet) {
			return packet;
		}

	}

	@SuppressWarnings("unused")
	private static final class Echoes {

		byte[] bytes(byte[] packet) {
			return packet;
		}

		String text(String packet) {
			assertThat(packet).isEqualTo("h\u00e9llo");
			return packet;
		}

		ByteBuffer buffer(ByteBuffer packet) {
			return packet;
		}

		Packet packet(Packet packet) {
			return packet;
		}

		Packet.Bytes packetOfBytes(Packet.Bytes packet) {
			return packet;
		}

		byte[] connectionFirst(TcpSocket connection, byte[] packet) {
			assertThat(connection.isOpen()).isTrue();
			return packet;
		}

		byte[] wholeConnection(byte[] packet, GenTcpConnection connection) {
			assertThat(connection.id()).startsWith("edge-");
			return packet;
		}

		private ByteBuffer connectionLast(Packet.Bytes packet, TcpSocket connection) {
			assertThat(connection.isOpen()).isTrue();
			return ByteBuffer.wrap(packet.array());
		}

	}

	@SuppressWarnings("unused")
	static final class Apart {

		Packet.WithHeader parts(Packet.WithHeader packet) {
			assertThat(packet.header()).hasSize(2);
			return packet;
		}

	}

	@SuppressWarnings("unused")
	static final class Silent {

		void returnsVoid(byte[] packet) {
		}

		String returnsNull(byte[] packet) {
			return null;
		}

	}

	@SuppressWarnings("unused")
	static final class Failing {

		void throwsChecked(byte[] packet) throws Exception {
			throw new Exception("throwsChecked");
		}

		void throwsError(byte[] packet) {
			throw new AssertionError("throwsError");
		}

	}

	@SuppressWarnings("unused")
	static final class Unsupported {

		void nothing() {
		}

		void onlyConnection(TcpSocket connection) {
		}

		void twoPackets(String one, byte[] other) {
		}

		void twoConnections(String packet, TcpSocket one, GenTcpConnection other) {
		}

		void number(int packet) {
		}

		void object(Object packet) {
		}

		int returnsNumber(String packet) {
			return 0;
		}

	}

}

package io.gentcp.scenarios;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

import io.gentcp.AcceptResult;
import io.gentcp.ConnectResult;
import io.gentcp.GenTcp;
import io.gentcp.ListenResult;
import io.gentcp.ListenSocket;
import io.gentcp.Mailbox;
import io.gentcp.RecvResult;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static io.gentcp.scenarios.Term.list;
import static io.gentcp.scenarios.Term.tuple;

/** OTP's scenarios of connecting: to whom, and with which options. */
@ParameterizedClass
@EnumSource(Backend.class)
@ExtendWith(Scenarios.class)
@Timeout(60)
@NotApplicable(id = "s89_fdopen", because = "the JDK opens its sockets itself")
class ConnectScenarioTests {

	private static final Duration SHORT = Duration.ofMillis(300);

	private static final String BADARG = "{exit,badarg}";

	private static final String EXIT = "{exit,_}";

	@Parameter
	Backend backend;

	private GenTcp genTcp;

	private SocketOptions raw;

	private SocketOptions local;

	@BeforeEach
	void open() {
		this.genTcp = GenTcp.open();
		this.raw = SocketOptions.defaults().backend(this.backend);
		this.local = this.raw.ip(InetAddress.getLoopbackAddress());
	}

	@AfterEach
	void close() {
		this.genTcp.close();
	}

	@Test
	void s01_connect_refused(Scenario scenario) {
		ListenSocket listen = listen(this.local);
		listen.close();
		ConnectResult first = connect(listen, this.raw);
		scenario.cameTo(this.backend, tuple(first, connect(listen, this.raw.sendTimeout(Duration.ofMillis(1)))));
	}

	@Test
	void s02_connect_timeout_full_backlog(Scenario scenario) {
		ListenSocket listen = listen(this.local.backlog(1));
		List<String> results = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			results.add(Term.of(this.genTcp.connect(listen.localAddress(), this.raw, SHORT)));
		}
		List<String> distinct = List.copyOf(new TreeSet<>(results));
		scenario.cameTo(this.backend, tuple(list(distinct), results.getLast()));
	}

	/**
	 * What no type allows has no counterpart: an address of three numbers, and the place
	 * of inet_backend in a list.
	 */
	@Test
	@Differs(on = Backend.INET, by = Decision.ONE_SET_OF_OPTIONS, ours = "[*,{backlog_in_connect,{ok,port}}]")
	@Differs(on = Backend.SOCKET, by = Decision.ONE_SET_OF_OPTIONS, ours = "[*,{backlog_in_connect,{ok,socket}}]")
	@Differs(on = Backend.SOCKET, by = Decision.NOTHING_WRAPS_AROUND,
			ours = "[*,{badport,{exit,_}},{listen_badport,{exit,badarg}}]")
	void s09_bad_options(Scenario scenario) {
		ListenSocket listen = listen(this.local);
		try (Mailbox mailbox = new Mailbox(10)) {
			List<String> results = new ArrayList<>();
			results.add(tuple("unknown", connectWith(listen, "foo", 1)));
			results.add(tuple("badactive", connectWith(listen, "active", "maybe_")));
			results.add(tuple("atom", connectWith(listen, "foo", true)));
			results.add(tuple("badpacket", connectWith(listen, "packet", 3)));
			results.add(tuple("backlog_in_connect", connectWith(listen, "backlog", 5)));
			results.add(tuple("bigactive", connectWith(listen, "active", 40_000)));
			results
				.add(tuple("zeroactive", ok(connect(listen, this.raw.controllingProcess(mailbox).set("active", 0)))));
			results.add(tuple("negst", connectWith(listen, "send_timeout", -1)));
			results.add(tuple("badmode", connectWith(listen, "mode", "x")));
			results.add(tuple("str", connectWith(listen, "x", "")));
			results.add(tuple("badport", OptionTerm.unlessRefused(EXIT,
					() -> this.genTcp.connect("127.0.0.1", 70_000, this.raw, Pair.PATIENCE))));
			results.add("{badaddr,_}");
			results.add(tuple("nxdomain", this.genTcp.connect("no.such.host.test", 1, this.raw, Pair.PATIENCE)));
			results.add(tuple("listen_unknown",
					OptionTerm.unlessRefused(BADARG, () -> listen(this.raw.set("foo", 1)).toString())));
			results.add(tuple("listen_badport",
					OptionTerm.unlessRefused(BADARG, () -> this.genTcp.listen(-1, this.raw).toString())));
			results.add(tuple("neg_timeout", OptionTerm.unlessRefused("{error,badarg}",
					() -> this.genTcp.connect(listen.localAddress(), this.raw, Duration.ofMillis(-1)))));
			results.add("{backend_not_first,_}");
			scenario.cameTo(this.backend, list(results));
		}
	}

	private String connectWith(ListenSocket listen, String option, Object value) {
		return OptionTerm.unlessRefused(BADARG, () -> ok(connect(listen, this.raw.set(option, value))));
	}

	/** Erlang's paths are longer or shorter than ours, and so is what is printed. */
	@Test
	@Differs(on = Backend.INET, by = Decision.A_LOCAL_SOCKET_HAS_NO_PORT, ours = "{_,none,_,_,_}")
	@Differs(on = Backend.SOCKET, by = Decision.A_LOCAL_SOCKET_HAS_NO_PORT, ours = "{_,none,_,_,_}")
	void s59_local_socket(Scenario scenario, @TempDir Path folder) throws Exception {
		Path file = folder.resolve("scn.sock");
		UnixDomainSocketAddress address = UnixDomainSocketAddress.of(file);
		ListenSocket listen = ((ListenResult.Listening) this.genTcp.listen(address, this.raw)).socket();
		String name = local(listen.localAddress(), file);
		String port = port(listen);
		TcpSocket client = connected(this.genTcp.connect(address, this.raw, Pair.PATIENCE));
		TcpSocket accepted = ((AcceptResult.Accepted) listen.accept(Pair.PATIENCE)).socket();
		Term.of(client.send(Pair.bytes("hi")));
		String received = text(accepted.recv(Pair.PATIENCE));
		String names = tuple(local(client.peerAddress(), file), local(client.localAddress(), file),
				local(accepted.peerAddress(), file));
		Files.delete(file);
		scenario.cameTo(this.backend,
				tuple(name, port, received, names, this.genTcp.connect(address, this.raw, Pair.PATIENCE)));
	}

	private String local(Object address, Path file) {
		String otp = "/tmp/scn_%s.sock".formatted(this.backend.name().toLowerCase(Locale.ROOT));
		String path = ((UnixDomainSocketAddress) address).getPath().toString().replace(file.toString(), otp);
		return "{ok,{local,%s}}".formatted(Term.of(Pair.bytes(path)));
	}

	private static String port(ListenSocket listen) {
		try {
			return Term.of(listen.port());
		}
		catch (IllegalStateException ex) {
			return "none";
		}
	}

	/** Without the option binary, Erlang receives text as a list. */
	private static String text(RecvResult result) {
		return (result instanceof RecvResult.Received(Packet.Bytes(byte[] bytes)))
				? tuple("ok", Term.string(new String(bytes, StandardCharsets.ISO_8859_1))) : Term.of(result);
	}

	/** Of the atom loopback there is no counterpart. */
	@Test
	@Differs(on = Backend.SOCKET, by = Decision.NO_BUG_OF_OTP_25, ours = "{_,{ok,socket},_,_,_}")
	void s60_inet6_and_sockaddr(Scenario scenario) throws Exception {
		InetAddress loopback6 = InetAddress.getByName("::1");
		SocketOptions six = this.raw.family(StandardProtocolFamily.INET6);
		TcpSocket client = connected(connect(listen(six.ip(loopback6)), six));
		byte[] peer = ((InetSocketAddress) client.peerAddress()).getAddress().getAddress();
		ListenSocket listen = listen(this.local);
		int port = listen.port();
		String address = ok(connect(listen, this.raw));
		String name = ok(this.genTcp.connect("localhost", port, this.raw, Pair.PATIENCE));
		scenario.cameTo(this.backend, tuple(words(peer), address, "_", name,
				this.genTcp.connect(new InetSocketAddress(loopback6, port), this.raw, Pair.PATIENCE)));
	}

	private static String words(byte[] address) {
		List<String> words = new ArrayList<>();
		for (int i = 0; i < address.length; i += 2) {
			words.add(String.valueOf(Byte.toUnsignedInt(address[i]) << 8 | Byte.toUnsignedInt(address[i + 1])));
		}
		return tuple(words.toArray());
	}

	private ListenSocket listen(SocketOptions options) {
		return ((ListenResult.Listening) this.genTcp.listen(0, options)).socket();
	}

	private ConnectResult connect(ListenSocket listen, SocketOptions options) {
		return this.genTcp.connect(listen.localAddress(), options, Pair.PATIENCE);
	}

	private static TcpSocket connected(ConnectResult result) {
		return ((ConnectResult.Connected) result).socket();
	}

	/** What is connected has another word on each backend. */
	private String ok(ConnectResult result) {
		String word = (this.backend == Backend.INET) ? "{ok,port}" : "{ok,socket}";
		return (result instanceof ConnectResult.Connected) ? word : Term.of(result);
	}

}

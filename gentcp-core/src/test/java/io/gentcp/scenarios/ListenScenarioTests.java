package io.gentcp.scenarios;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gentcp.AcceptResult;
import io.gentcp.ActiveMode;
import io.gentcp.ConnectResult;
import io.gentcp.GenTcp;
import io.gentcp.ListenResult;
import io.gentcp.ListenSocket;
import io.gentcp.Mailbox;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.WaitingCall;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static io.gentcp.scenarios.Term.list;
import static io.gentcp.scenarios.Term.tuple;

/** OTP's scenarios of listen sockets, and of what they accept. */
@ParameterizedClass
@EnumSource(Backend.class)
@ExtendWith(Scenarios.class)
@Timeout(60)
@NotApplicable(id = "s10_accept_on_nonlistener", because = "connections and listen sockets are types of their own")
class ListenScenarioTests {

	private static final Duration SHORT = Duration.ofMillis(100);

	private final Mailbox mailbox = new Mailbox(10);

	@Parameter
	Backend backend;

	private GenTcp genTcp;

	private SocketOptions raw;

	@BeforeEach
	void open() {
		this.genTcp = GenTcp.open();
		this.raw = SocketOptions.defaults().backend(this.backend).ip(InetAddress.getLoopbackAddress());
	}

	@AfterEach
	void close() {
		this.genTcp.close();
		this.mailbox.close();
	}

	@Test
	void s03_eaddrinuse(Scenario scenario) throws Exception {
		int port = listen(this.raw).port();
		SocketOptions elsewhere = this.raw.ip(InetAddress.getByName("10.255.255.1"));
		scenario.cameTo(this.backend,
				tuple(refused(port, this.raw), refused(port, this.raw.reuseaddr(true)), refused(0, elsewhere)));
	}

	private String refused(int port, SocketOptions options) {
		return switch (this.genTcp.listen(port, options)) {
			case ListenResult.Listening listening -> "ok";
			case ListenResult.Failed failed -> "{error,%s}".formatted(failed.error().atom());
		};
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.NO_BUG_OF_OTP_25, ours = "{_,_,_,_,ok}")
	void s04_accept_timeout(Scenario scenario) {
		ListenSocket listen = listen(this.raw);
		Elapsed elapsed = Elapsed.now();
		AcceptResult first = listen.accept(Duration.ofMillis(200));
		String time = elapsed.about(200);
		elapsed = Elapsed.now();
		AcceptResult second = listen.accept(Duration.ZERO);
		String secondTime = elapsed.immediate();
		connect(listen);
		scenario.cameTo(this.backend, tuple(first, time, second, secondTime, listen.accept(Duration.ZERO)));
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.CLOSING_AGAIN_IS_OK, ours = "{_,_,_,_,_,ok}")
	void s05_accept_listener_closed(Scenario scenario) {
		ListenSocket listen = listen(this.raw);
		WaitingCall<AcceptResult> first = WaitingCall.of(listen::accept).parked();
		WaitingCall<AcceptResult> second = WaitingCall.of(() -> listen.accept(Pair.PATIENCE)).parked();
		listen.close();
		String waiting = "%s,%s".formatted(Term.of(first.result()), Term.of(second.result()));
		AcceptResult after = listen.accept();
		AcceptResult withTimeout = listen.accept(Duration.ofMillis(10));
		listen.close();
		scenario.cameTo(this.backend, tuple("ok", waiting, after, withTimeout, "ok"));
	}

	@Test
	void s06_accept_fifo(Scenario scenario) {
		ListenSocket listen = listen(this.raw);
		List<WaitingCall<AcceptResult>> acceptors = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			acceptors.add(WaitingCall.of(listen::accept).parked());
		}
		List<Integer> ports = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			ports.add(connect(listen).port());
		}
		List<String> pairs = new ArrayList<>();
		for (WaitingCall<AcceptResult> acceptor : acceptors) {
			InetSocketAddress client = (InetSocketAddress) accepted(acceptor.result()).peerAddress();
			pairs.add(tuple(pairs.size() + 1, ports.indexOf(client.getPort()) + 1));
		}
		scenario.cameTo(this.backend, list(pairs));
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.OPTIONS_ARE_READ_AS_THEY_WERE_SET,
			ours = "[*,{recbuf,20000,20000},{sndbuf,30000,30000}]")
	@Differs(on = Backend.SOCKET, by = Decision.OPTIONS_ARE_READ_AS_THEY_WERE_SET,
			ours = "[*,{high_watermark,20000,20000},{tos,16,16},{recbuf,20000,20000},{sndbuf,30000,30000}]")
	void s07_accept_inherits(Scenario scenario) {
		SocketOptions options = this.raw.packet(PacketType.TWO)
			.sendTimeout(Duration.ofMillis(1234))
			.sendTimeoutClose(true)
			.nodelay(true)
			.keepalive(true)
			.delaySend(true)
			.header(3)
			.packetSize(999)
			.showEconnreset(true)
			.exitOnClose(false)
			.highWatermark(20_000)
			.lowWatermark(10_000)
			.linger(3)
			.tos(16)
			.buffer(5000)
			.recbuf(20_000)
			.sndbuf(30_000)
			.reuseaddr(true)
			.controllingProcess(this.mailbox)
			.active(ActiveMode.count(5));
		ListenSocket listen = listen(options);
		connect(listen);
		TcpSocket accepted = accepted(listen.accept());
		List<String> values = new ArrayList<>();
		for (String name : List.of("active", "packet", "send_timeout", "send_timeout_close", "nodelay", "keepalive",
				"delay_send", "header", "packet_size", "show_econnreset", "exit_on_close", "high_watermark",
				"low_watermark", "", "", "linger", "", "tos", "", "buffer", "recbuf", "sndbuf", "reuseaddr", "", "")) {
			// Those without a name cannot be set in Java.
			values.add(name.isEmpty() ? "{_,_,_}"
					: tuple(name, OptionTerm.value(accepted, name), OptionTerm.of(name, listen.options().get(name))));
		}
		scenario.cameTo(this.backend, list(values));
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.ONE_SET_OF_OPTIONS, ours = "{{ok,<<\"a;\">>},_}")
	@Differs(on = Backend.SOCKET, by = Decision.ONE_SET_OF_OPTIONS, ours = "{{ok,<<\"a;\">>},_}")
	void s62_listen_line_delimiter(Scenario scenario) {
		ListenSocket listen = listen(this.raw.packet(PacketType.LINE).lineDelimiter(';'));
		TcpSocket client = connect(listen);
		Term.of(client.send(Pair.bytes("a;b")));
		// Of ipv6_v6only there is no counterpart.
		scenario.cameTo(this.backend, tuple(accepted(listen.accept()).recv(Pair.PATIENCE), "_"));
	}

	@Test
	void s88_accepted_survives_listener_close(Scenario scenario) {
		ListenSocket listen = listen(this.raw);
		TcpSocket client = connect(listen);
		TcpSocket accepted = accepted(listen.accept());
		listen.close();
		Term.of(client.send(Pair.bytes("x")));
		scenario.cameTo(this.backend, Term.of(accepted.recv(Pair.PATIENCE)));
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.A_BACKLOG_IS_AT_LEAST_ONE, ours = "2")
	@Differs(on = Backend.SOCKET, by = Decision.A_BACKLOG_IS_AT_LEAST_ONE, ours = "2")
	void s94_backlog_zero_and_default(Scenario scenario) {
		ListenSocket listen = listen(this.raw.backlog(0));
		int connected = 0;
		for (int i = 0; i < 4; i++) {
			connected += (connect(listen, Duration.ofMillis(150)) instanceof ConnectResult.Connected) ? 1 : 0;
		}
		scenario.cameTo(this.backend, Term.of(connected));
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.NO_BUG_OF_OTP_25,
			ours = "{[ok,{error,timeout},{error,timeout}],{error,timeout}}")
	void s98_accept_zero_retry(Scenario scenario) {
		ListenSocket listen = listen(this.raw);
		connect(listen);
		String atOnce = list(
				List.of(listen.accept(Duration.ZERO), listen.accept(Duration.ZERO), listen.accept(Duration.ZERO)));
		scenario.cameTo(this.backend, tuple(atOnce, listen.accept(SHORT)));
	}

	@Test
	void x09_accept_process_dies(Scenario scenario) {
		ListenSocket listen = listen(this.raw.controllingProcess(this.mailbox));
		TcpSocket client = connect(listen);
		TcpSocket accepted = accepted(listen.accept());
		this.mailbox.close();
		scenario.cameTo(this.backend, tuple(client.recv(Pair.PATIENCE), accepted.send(Pair.bytes("x"))));
	}

	private ListenSocket listen(SocketOptions options) {
		return ((ListenResult.Listening) this.genTcp.listen(0, options)).socket();
	}

	@CanIgnoreReturnValue
	private TcpSocket connect(ListenSocket listen) {
		return ((ConnectResult.Connected) connect(listen, Pair.PATIENCE)).socket();
	}

	private ConnectResult connect(ListenSocket listen, Duration timeout) {
		return this.genTcp.connect(listen.localAddress(), this.raw, timeout);
	}

	private static TcpSocket accepted(AcceptResult result) {
		return ((AcceptResult.Accepted) result).socket();
	}

}

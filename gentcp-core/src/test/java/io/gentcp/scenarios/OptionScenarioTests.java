package io.gentcp.scenarios;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import io.gentcp.GenTcp;
import io.gentcp.ListenResult;
import io.gentcp.ListenSocket;
import io.gentcp.SocketInfo;
import io.gentcp.SocketMonitor;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static io.gentcp.scenarios.Term.list;
import static io.gentcp.scenarios.Term.tuple;

/** OTP's scenarios of options, and of what inet tells of a socket. */
@ParameterizedClass
@EnumSource(Backend.class)
@ExtendWith(Scenarios.class)
@Timeout(60)
@NotApplicable(id = "x21_getopts_raw", because = "the JDK reads no options by number")
class OptionScenarioTests {

	private static final SocketOptions RAW = SocketOptions.defaults();

	private static final String EINVAL = "{error,einval}";

	@Parameter
	Backend backend;

	/** Sizes that the system chooses, and options that Java cannot have, are left out. */
	@Test
	@Differs(on = Backend.INET, by = Decision.PASSIVE_UNTIL_THERE_IS_A_PROCESS, ours = "[*,{active,false,false}]")
	@Differs(on = Backend.INET, by = Decision.THERE_ARE_NO_LISTS, ours = "[*,{mode,binary,binary}]")
	@Differs(on = Backend.INET, by = Decision.WHAT_IS_THERE_IS_TAKEN, ours = "[*,{buffer,0,0}]")
	@Differs(on = Backend.INET, by = Decision.ONE_SET_OF_OPTIONS,
			ours = "[*,{line_delimiter,10,10},{backlog,5,5},{reuseport,false,false}]")
	@Differs(on = Backend.SOCKET, by = Decision.PASSIVE_UNTIL_THERE_IS_A_PROCESS, ours = "[*,{active,false,false}]")
	@Differs(on = Backend.SOCKET, by = Decision.THERE_ARE_NO_LISTS, ours = "[*,{mode,binary,binary}]")
	@Differs(on = Backend.SOCKET, by = Decision.ZERO_IS_NO_LIMIT, ours = "[*,{packet_size,0,0}]")
	@Differs(on = Backend.SOCKET, by = Decision.WHAT_IS_THERE_IS_TAKEN, ours = "[*,{buffer,0,0}]")
	@Differs(on = Backend.SOCKET, by = Decision.OPTIONS_ARE_READ_AS_THEY_WERE_SET,
			ours = "[*,{high_watermark,8192,8192},{low_watermark,4096,4096}]")
	@Differs(on = Backend.SOCKET, by = Decision.ONE_SET_OF_OPTIONS, ours = "[*,{backlog,5,5},{reuseport,false,false}]")
	void s08_defaults(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW);
				ListenSocket listen = ((ListenResult.Listening) pair.genTcp().listen(0, RAW.backend(this.backend)))
					.socket()) {
			List<String> values = new ArrayList<>();
			for (String name : List.of("active", "mode", "packet", "packet_size", "header", "deliver", "buffer",
					"recbuf", "sndbuf", "high_watermark", "low_watermark", "high_msgq_watermark", "low_msgq_watermark",
					"nodelay", "keepalive", "linger", "delay_send", "exit_on_close", "send_timeout",
					"send_timeout_close", "show_econnreset", "reuseaddr", "priority", "tos", "ttl", "line_delimiter",
					"ipv6_v6only", "tclass", "recvtos", "recvttl", "dontroute", "debug", "backlog", "nopush",
					"reuseport", "bind_to_device", "read_packets")) {
				boolean chosen = SocketOptions.names().contains(name) && !name.endsWith("cbuf")
						&& !name.equals("sndbuf");
				values.add(chosen
						? tuple(name, defaultOf(name, OptionTerm.value(pair.socket(), name)),
								defaultOf(name, OptionTerm.of(name, listen.options().get(name))))
						: "{%s,_,_}".formatted(name));
			}
			String unknown = OptionTerm.unlessRefused(EINVAL, () -> OptionTerm.got(pair.socket(), "foo"));
			values.add(tuple("foo", unknown, unknown));
			scenario.cameTo(this.backend, list(values));
		}
	}

	/** Inet's word for raw is 0. */
	private String defaultOf(String name, String value) {
		return (name.equals("packet") && this.backend == Backend.INET) ? value.replace("raw", "0") : value;
	}

	@Test
	void s56_monitor(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			AtomicReference<TcpSocket> told = new AtomicReference<>();
			SocketMonitor open = pair.socket().monitor(told::set);
			pair.socket().close();
			// Who is told gets the socket, and no reason.
			String down = tuple("'DOWN'", "_", told.get() == pair.socket() && !open.cancel(), "_");
			told.set(null);
			SocketMonitor closed = pair.socket().monitor(told::set);
			String atOnce = (told.get() == pair.socket() && !closed.cancel()) ? "{_,_}" : "none";
			scenario.cameTo(this.backend, tuple(down, atOnce));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.ONE_SET_OF_OPTIONS, ours = "{[_,_,_,_,_,_,ok,_,_,_,_,_,_,_,_,_],_,_}")
	@Differs(on = Backend.SOCKET, by = Decision.ONE_SET_OF_OPTIONS,
			ours = "{[_,_,_,_,_,_,_,_,_,_,{error,einval},_,_,_,_,_],_,_}")
	@Differs(on = Backend.INET, by = Decision.NOTHING_WRAPS_AROUND,
			ours = "{[_,_,_,_,_,_,_,_,_,_,_,_,_,_,{error,einval},_],_,_}")
	@Differs(on = Backend.SOCKET, by = Decision.EVERYTHING_OR_NOTHING_IS_SET,
			ours = "{[_,{error,einval},_,_,{error,einval},_,_,{error,einval},_,_,_,{error,einval},_,{error,einval},"
					+ "_,_],false,_}")
	@Differs(on = Backend.SOCKET, by = Decision.WHAT_IS_THERE_IS_TAKEN,
			ours = "{[_,_,_,_,_,_,_,_,_,_,_,_,ok,_,_,_],_,_}")
	@Differs(on = Backend.SOCKET, by = Decision.NOTHING_WRAPS_AROUND,
			ours = "{[_,_,_,_,_,_,_,_,_,_,_,_,_,_,{error,einval},_],_,_}")
	void s57_setopts_errors(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			List<UnaryOperator<SocketOptions>> changes = List.of((options) -> options.set("foo", 1),
					(options) -> options.set("foo", true), (options) -> options.set("packet", 3),
					(options) -> options.set("active", "x"), (options) -> options.set("nodelay", 7),
					(options) -> options.set("nodelay", true).set("packet", 3).set("keepalive", true),
					(options) -> options.set("backlog", 5), (options) -> options.set("mode", "foo"),
					(options) -> options.set("mode", "binary"), UnaryOperator.identity(),
					(options) -> options.set("ip", "127.0.0.1"), (options) -> options.set("send_timeout", -5),
					(options) -> options.set("buffer", 0), (options) -> options.set("packet_size", -1),
					(options) -> options.set("line_delimiter", 300), (options) -> options.set("high_watermark", 0));
			List<String> results = changes.stream()
				.map((change) -> OptionTerm.unlessRefused(EINVAL, () -> pair.set(change)))
				.toList();
			scenario.cameTo(this.backend, tuple(list(results), OptionTerm.value(pair.socket(), "nodelay"),
					OptionTerm.value(pair.socket(), "keepalive")));
		}
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.PACKETS_ARE_COUNTED,
			ours = "[*,{recv_oct,14},{recv_cnt,2},{recv_max,9},{recv_avg,7},{recv_dvi,1},{send_avg,6}]")
	void s58_getstat(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW.packet(PacketType.FOUR))) {
			pair.send("abc");
			pair.send("de");
			pair.peer().send(Pair.frame(Pair.bytes("hello")));
			pair.peer().send(Pair.frame(Pair.bytes("x")));
			pair.recv();
			pair.recv();
			List<String> figures = new ArrayList<>();
			for (Map.Entry<String, Long> figure : pair.socket().stats().toMap().entrySet()) {
				figures.add(tuple(figure.getKey(), figure.getValue()));
			}
			scenario.cameTo(this.backend, list(figures));
		}
	}

	@Test
	@Differs(on = Backend.SOCKET, by = Decision.NO_BUG_OF_OTP_25, ours = "{error,einval}")
	void s63_getstat_unknown(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			scenario.cameTo(this.backend, OptionTerm.unlessRefused(EINVAL, () -> pair.socket().stats().get("foo")));
		}
	}

	/** The size that the system chose at first is left out. */
	@Test
	@Differs(on = Backend.INET, by = Decision.OPTIONS_ARE_READ_AS_THEY_WERE_SET,
			ours = "[_,{_,_,20000,_},{_,_,20000,_},{_,_,1152,_},{_,_,1152,_}]")
	@Differs(on = Backend.SOCKET, by = Decision.OPTIONS_ARE_READ_AS_THEY_WERE_SET,
			ours = "[_,{_,_,20000,_},{_,_,20000,_},{_,_,1152,_},{_,_,1152,_}]")
	void s93_buffer_recbuf_interaction(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			String first = sizes(pair, "buffer", 5000).replaceFirst("ok,[0-9]+", "ok,_");
			scenario.cameTo(this.backend, list(List.of(first, sizes(pair, "recbuf", 20_000), sizes(pair, "buffer", 100),
					sizes(pair, "recbuf", 1000), sizes(pair, "sndbuf", 1000))));
		}
	}

	private static String sizes(Pair pair, String name, int size) {
		String set = Term.of(pair.set((options) -> options.set(name, size)));
		return tuple("[{%s,%d}]".formatted(name, size), set, OptionTerm.value(pair.socket(), "recbuf"),
				OptionTerm.value(pair.socket(), "buffer"));
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.A_RECORD_HAS_NAMES_OF_ITS_OWN,
			ours = "[active,backend,foreign,local,owner,packet,pending,state,stats]")
	@Differs(on = Backend.SOCKET, by = Decision.A_RECORD_HAS_NAMES_OF_ITS_OWN,
			ours = "[active,backend,foreign,local,owner,packet,pending,state,stats]")
	void s95_show_i(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			SocketInfo info = pair.socket().info();
			List<String> names = Arrays.stream(info.getClass().getRecordComponents())
				.map((component) -> component.getName())
				.sorted()
				.toList();
			scenario.cameTo(this.backend, list(names));
		}
	}

	@Test
	@Differs(on = Backend.INET, by = Decision.WHAT_IS_THERE_IS_TAKEN, ours = "{0,0}")
	@Differs(on = Backend.SOCKET, by = Decision.WHAT_IS_THERE_IS_TAKEN, ours = "{0,0}")
	void x03_recbuf_sets_buffer(Scenario scenario) {
		try (Pair later = Pair.of(this.backend, RAW); Pair first = Pair.of(this.backend, RAW.recbuf(20_000))) {
			later.set((options) -> options.recbuf(20_000));
			scenario.cameTo(this.backend,
					tuple(OptionTerm.value(later.socket(), "buffer"), OptionTerm.value(first.socket(), "buffer")));
		}
	}

	@Test
	void x29_send_timeout_infinity_atom(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			String infinity = Term.of(pair.set((options) -> options.set("send_timeout", "infinity")));
			String five = Term.of(pair.set((options) -> options.set("send_timeout", 5)));
			scenario.cameTo(this.backend, tuple(infinity, five, OptionTerm.got(pair.socket(), "send_timeout")));
		}
	}

	@Test
	void x31_show_i(Scenario scenario) {
		try (Pair pair = Pair.of(this.backend, RAW)) {
			GenTcp genTcp = pair.genTcp();
			boolean shown = genTcp.i().contains(String.valueOf(pair.socket().port()));
			scenario.cameTo(this.backend, shown ? "ok" : genTcp.i());
		}
	}

}

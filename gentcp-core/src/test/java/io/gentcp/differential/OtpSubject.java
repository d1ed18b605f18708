package io.gentcp.differential;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.gentcp.Direction;
import io.gentcp.test.ErlangNode;
import io.gentcp.transport.Backend;

/** Erlang's gen_tcp, on a node that performs nothing else meanwhile. */
record OtpSubject(ErlangNode erlang, Backend backend, Pace pace) implements Subject {

	/**
	 * Bytes are printed in hexadecimal digits, or by number and checksum. Waiting for
	 * messages, it asks the socket for an option now and then: OTP 25's socket backend
	 * may sleep on with bytes to read until somebody does.
	 */
	private static final String FUNCTIONS = """
			Bytes = fun
			    (B) when byte_size(B) > %d -> {bytes, byte_size(B), erlang:crc32(B)};
			    (B) -> {hex, binary_to_list(binary:encode_hex(B))}
			end,
			Packet = fun
			    (B) when is_binary(B) -> Bytes(B);
			    (L) ->
			        Split = fun Sp([H | T], Front) -> Sp(T, [H | Front]);
			            Sp([], Front) -> {Front, <<>>};
			            Sp(B, Front) -> {Front, B} end,
			        {Front, Rest} = Split(L, []),
			        {header, Bytes(list_to_binary(lists:reverse(Front))), Bytes(Rest)}
			end,
			Result = fun({ok, P}) -> {ok, Packet(P)}; (E) -> E end,
			Flush = fun F() -> receive {tcp, _, _} -> F(); {tcp_closed, _} -> F(); {tcp_error, _, _} -> F();
			    {tcp_passive, _} -> F() after 0 -> ok end end,
			Receive = fun R(S, Quiet, Asked) ->
			    receive
			        {tcp, S, D} -> [{tcp, Packet(D)} | R(S, Quiet, false)];
			        {tcp_closed, S} -> [tcp_closed | R(S, Quiet, false)];
			        {tcp_error, S, E} -> [{tcp_error, E} | R(S, Quiet, false)];
			        {tcp_passive, S} -> [tcp_passive | R(S, Quiet, false)]
			    after Quiet div 2 ->
			        case Asked of
			            true -> [];
			            false -> inet:getopts(S, [packet]), R(S, Quiet, true)
			        end
			    end
			end,
			Flush()""".formatted(Terms.SHOWN);

	static OtpSubject on(ErlangNode erlang, Backend backend, Pace pace) {
		erlang.forget();
		erlang.eval(FUNCTIONS);
		return new OtpSubject(erlang, backend, pace);
	}

	@Override
	public int listen(Map<String, String> options) {
		return this.erlang.evalInt("{ok, L} = gen_tcp:listen(0, %s), {ok, Port} = inet:port(L), Port"
			.formatted(all("{ip, {127,0,0,1}}", options)));
	}

	@Override
	public void accept() {
		this.erlang.eval("{ok, S} = gen_tcp:accept(L), gen_tcp:close(L)");
	}

	@Override
	public void connect(int port, Map<String, String> options) {
		this.erlang
			.eval("{ok, S} = gen_tcp:connect({127,0,0,1}, %d, %s), ok".formatted(port, all("{port, 0}", options)));
	}

	@Override
	public Sending send(int number, int size) {
		return sending("""
				begin
				    Letters = binary:copy(<<"abcdefghijklmnopqrstuvwxyz">>, %d),
				    gen_tcp:send(S, binary:part(Letters, %d, %d))
				end""".formatted(size / 26 + 3, number % 26, size));
	}

	@Override
	public Sending resume() {
		return sending("""
				begin
				    {ok, [{packet, P}]} = inet:getopts(S, [packet]),
				    ok = inet:setopts(S, [{packet, raw}, {send_timeout, 10000}]),
				    RestSent = gen_tcp:send(S, get(rest)),
				    ok = inet:setopts(S, [{packet, P}, {send_timeout, %d}]),
				    RestSent
				end""".formatted(this.pace.timeout().toMillis()));
	}

	private Sending sending(String send) {
		String result = this.erlang.eval("""
				(fun() -> case %s of
				    {error, {timeout, Rest}} ->
				        put(rest, iolist_to_binary([Rest])),
				        {rest, byte_size(get(rest)), erlang:crc32(get(rest))};
				    Other -> Other
				end end)()""".formatted(send));
		if (!result.startsWith("{rest,")) {
			return Sending.of(result);
		}
		String[] parts = result.substring(1, result.length() - 1).split(",");
		return new Sending("{error,{timeout,rest}}", Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
	}

	@Override
	public String recv(int length, Action.Wait wait) {
		long millis = (wait == Action.Wait.NONE) ? 0 : this.pace.timeout().toMillis();
		return shown("Result(gen_tcp:recv(S, %d, %d))".formatted(length, millis));
	}

	@Override
	public String unrecv(String text) {
		String bytes = text.chars().mapToObj(String::valueOf).collect(Collectors.joining(","));
		return shown("gen_tcp:unrecv(S, <<%s>>)".formatted(bytes));
	}

	@Override
	public String setOptions(Map<String, String> options) {
		return shown("inet:setopts(S, [%s])".formatted(list(options)));
	}

	@Override
	public String getOptions(List<String> names) {
		return shown("""
				case inet:getopts(S, [%s]) of
				    {ok, Values} -> [case V of {packet, 0} -> {packet, raw}; _ -> V end || V <- Values];
				    NoValues -> NoValues
				end""".formatted(String.join(",", names)));
	}

	@Override
	public String getStat(List<String> keys) {
		return shown("case inet:getstat(S, [%s]) of {ok, Counts} -> Counts; NoCounts -> NoCounts end"
			.formatted(String.join(",", keys)));
	}

	/** Ours has no result. */
	@Override
	public void shutdown(Direction direction) {
		this.erlang.eval("gen_tcp:shutdown(S, %s)".formatted(direction.name().toLowerCase(Locale.ROOT)));
	}

	@Override
	public String closeSocket() {
		return this.erlang.eval("gen_tcp:close(S)");
	}

	@Override
	public List<String> receive(int atLeast) {
		String printed = this.erlang
			.eval("lists:join('|', Receive(S, %d, false))".formatted(this.pace.quiet().toMillis()));
		String terms = Terms.ofErlang(printed.substring(1, printed.length() - 1));
		return terms.isEmpty() ? List.of() : List.of(terms.split(",'\\|',", -1));
	}

	/** Resets the connection, if it is still there, so that nothing is waited for. */
	@Override
	public void close() {
		this.erlang.eval("catch inet:setopts(S, [{linger, {true, 0}}]), catch gen_tcp:close(S), ok");
	}

	/** Case expressions leave variables behind that would have to match the next time. */
	private String shown(String expression) {
		return Terms.ofErlang(this.erlang.eval("(fun() -> %s end)()".formatted(expression)));
	}

	private String all(String first, Map<String, String> options) {
		return "[{inet_backend, %s}, binary, %s, {sndbuf, 8192}, {buffer, 65536}, %s]"
			.formatted(this.backend.name().toLowerCase(Locale.ROOT), first, list(options));
	}

	private String list(Map<String, String> options) {
		return options.entrySet()
			.stream()
			.map((option) -> "{%s, %s}".formatted(option.getKey(), value(option.getKey(), option.getValue())))
			.collect(Collectors.joining(", "));
	}

	private String value(String name, String value) {
		return switch (name) {
			case "send_timeout" -> String.valueOf(this.pace.timeout().toMillis());
			case "linger" -> "{true, %s}".formatted(value);
			default -> value;
		};
	}

}

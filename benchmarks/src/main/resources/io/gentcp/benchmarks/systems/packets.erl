%% Packets with 4 bytes of length in front, with gen_tcp.
%%
%%   erl -noshell -s packets main BACKEND DELAY server
%%   erl -noshell -s packets main BACKEND DELAY client PORT
%%
%% BACKEND is inet or socket, DELAY is plain or delay_send. The commands and the answers
%% are those of io.gentcp.benchmarks.peer.Peer. The first byte of a packet is E to be sent
%% back, S to be counted, C to ask how many were counted.
-module(packets).
-export([main/1]).

main([Backend, Delay, server]) ->
    {ok, Listening} = gen_tcp:listen(0, options(Backend, Delay) ++ [{backlog, 4096}, {ip, {127, 0, 0, 1}}]),
    {ok, Port} = inet:port(Listening),
    spawn_link(fun() -> accept(Listening) end),
    io:format("port ~p~n", [Port]),
    answer(fun serve_command/1),
    halt(0);
main([Backend, Delay, client, Port]) ->
    Options = options(Backend, Delay),
    Connect = fun() ->
        {ok, Socket} = gen_tcp:connect({127, 0, 0, 1}, list_to_integer(atom_to_list(Port)), Options),
        Socket
    end,
    io:format("ready~n"),
    put(idle, []),
    answer(fun(Command) -> client_command(Connect, Command) end),
    halt(0).

%% inet_backend has to be the first option.
options(Backend, Delay) ->
    Common = [binary, {packet, 4}, {active, false}, {nodelay, true}, {high_watermark, 131072}, {low_watermark, 65536}],
    [{inet_backend, Backend} | case {Backend, Delay} of
        {socket, _} -> [binary, {packet, 4}, {active, false}, {nodelay, true}];
        {inet, delay_send} -> [{delay_send, true} | Common];
        {inet, plain} -> Common
    end].

answer(Run) ->
    case io:get_line("") of
        Line when is_list(Line) ->
            Answer = try
                Run(string:lexemes(Line, " \n"))
            catch
                _:Reason -> io_lib:format("failed ~0p", [Reason])
            end,
            io:format("~ts~n", [Answer]),
            answer(Run);
        _ ->
            ended
    end.

%% The server.

accept(Listening) ->
    {ok, Socket} = gen_tcp:accept(Listening),
    Server = spawn(fun() -> receive begin_serving -> serve(Socket, 0) end end),
    ok = gen_tcp:controlling_process(Socket, Server),
    Server ! begin_serving,
    accept(Listening).

serve(Socket, Counted) ->
    case gen_tcp:recv(Socket, 0) of
        {ok, <<$S, _/binary>>} ->
            serve(Socket, Counted + 1);
        {ok, <<$E, _/binary>> = Packet} ->
            ok = gen_tcp:send(Socket, Packet),
            serve(Socket, Counted);
        {ok, <<$C>>} ->
            ok = gen_tcp:send(Socket, <<$C, Counted:64>>),
            serve(Socket, 0);
        {error, _} ->
            gen_tcp:close(Socket)
    end.

serve_command(["memory"]) ->
    [erlang:garbage_collect(Process) || Process <- processes()],
    {ok, Status} = file:read_file("/proc/self/statm"),
    [_, Pages | _] = string:lexemes(binary_to_list(Status), " "),
    io_lib:format("memory ~p ~p", [erlang:memory(total), list_to_integer(Pages) * 4096]).

%% The client.

client_command(Connect, ["exchange" | Numbers]) ->
    [Connections, Payload, InFlight, Millis] = [list_to_integer(Number) || Number <- Numbers],
    Packet = packet($E, Payload),
    Sockets = [Connect() || _ <- lists:seq(1, Connections)],
    run(Millis, [{Socket, fun(Over) -> exchange(Socket, Packet, InFlight, Over) end} || Socket <- Sockets],
        fun(Echoes) -> [gen_tcp:close(Socket) || Socket <- Sockets], Echoes end);
client_command(Connect, ["stream" | Numbers]) ->
    [Senders, Payload, Millis] = [list_to_integer(Number) || Number <- Numbers],
    Packet = packet($S, Payload),
    Socket = Connect(),
    run(Millis, [{none, fun(Over) -> stream(Socket, Packet, Over, 0) end} || _ <- lists:seq(1, Senders)],
        fun(Sent) ->
            ok = gen_tcp:send(Socket, <<$C>>),
            {ok, <<$C, Arrived:64>>} = gen_tcp:recv(Socket, 0),
            gen_tcp:close(Socket),
            {sent, Sent, arrived, Sent} = {sent, Sent, arrived, Arrived},
            Sent
        end);
client_command(Connect, ["open", Number]) ->
    Begin = erlang:monotonic_time(nanosecond),
    put(idle, [begin
        Socket = Connect(),
        ok = gen_tcp:send(Socket, <<$E>>),
        {ok, <<$E>>} = gen_tcp:recv(Socket, 0),
        Socket
    end || _ <- lists:seq(1, list_to_integer(Number))]),
    done(length(get(idle)), Begin);
client_command(_, ["close"]) ->
    Begin = erlang:monotonic_time(nanosecond),
    [gen_tcp:close(Socket) || Socket <- get(idle)],
    done(length(put(idle, [])), Begin).

done(Count, Begin) ->
    io_lib:format("done ~p ~p", [Count, erlang:monotonic_time(nanosecond) - Begin]).

packet(First, Payload) ->
    <<First, 0:((Payload - 1) * 8)>>.

%% Has processes work until the time is up, and adds up what they have done.
run(Millis, Works, End) ->
    Over = atomics:new(1, []),
    Main = self(),
    Workers = [begin
        {Worker, _} = spawn_monitor(fun() -> receive begin_working -> Main ! {did, Work(Over)} end end),
        Socket =:= none orelse (ok = gen_tcp:controlling_process(Socket, Worker)),
        Worker
    end || {Socket, Work} <- Works],
    Begin = erlang:monotonic_time(nanosecond),
    [Worker ! begin_working || Worker <- Workers],
    timer:sleep(Millis),
    atomics:put(Over, 1, 1),
    Did = lists:sum([receive
        {did, Count} -> Count;
        {'DOWN', _, process, _, Reason} when Reason =/= normal -> error(Reason)
    end || _ <- Workers]),
    Counted = End(Did),
    Answer = done(Counted, Begin),
    forget(),
    Answer.

forget() ->
    receive {'DOWN', _, process, _, _} -> forget() after 0 -> forgotten end.

exchange(Socket, Packet, InFlight, Over) ->
    [ok = gen_tcp:send(Socket, Packet) || _ <- lists:seq(1, InFlight)],
    Echoes = ping(Socket, Packet, Over, 0),
    [{ok, _} = gen_tcp:recv(Socket, 0) || _ <- lists:seq(1, InFlight)],
    Echoes + InFlight.

ping(Socket, Packet, Over, Echoes) ->
    case atomics:get(Over, 1) of
        1 ->
            Echoes;
        0 ->
            {ok, _} = gen_tcp:recv(Socket, 0),
            ok = gen_tcp:send(Socket, Packet),
            ping(Socket, Packet, Over, Echoes + 1)
    end.

stream(Socket, Packet, Over, Sent) ->
    case atomics:get(Over, 1) of
        1 ->
            Sent;
        0 ->
            ok = gen_tcp:send(Socket, Packet),
            stream(Socket, Packet, Over, Sent + 1)
    end.

%% What Erlang makes of bytes, written down as in the vectors of ../otp, which have
%% been made by OTP 25: one line of JSON for each answer.
-module(packet_answers).
-export([decode/2, receive_streams/3]).

%% Answers the questions in a file: "Type PacketSize LineLength LineDelimiter Bytes",
%% the bytes in hexadecimal, one question a line.
decode(Questions, Answers) ->
    write_answers(fun answer/1, Questions, Answers).

answer(Line) ->
    {Type, Options, Bytes} = question(Line),
    try erlang:decode_packet(Type, Bytes, Options) of
        {ok, Packet, Rest} -> ["{\"ok\":[", packet(Packet), ",\"", hex(Rest), "\"]}"];
        {more, undefined} -> "{\"more\":\"undefined\"}";
        {more, Length} -> ["{\"more\":", integer_to_list(Length), "}"];
        {error, Reason} -> ["{\"error\":\"", atom_to_list(Reason), "\"}"]
    catch
        error:badarg -> "{\"error\":\"badarg\"}"
    end.

%% Accepts a connection for each of such questions and receives its packets, until
%% there is an error. Their bytes come through the connection. The answer is an array of
%% the packets and the error.
receive_streams(Listen, Questions, Answers) ->
    write_answers(fun(Line) -> receive_stream(Listen, Line) end, Questions, Answers).

write_answers(Answer, Questions, Answers) ->
    {ok, File} = file:read_file(Questions),
    Lines = binary:split(File, <<"\n">>, [global, trim]),
    file:write_file(Answers, [[Answer(Line), $\n] || Line <- Lines]).

receive_stream(Listen, Line) ->
    {ok, Socket} = gen_tcp:accept(Listen),
    {Type, Options, _Bytes} = question(Line),
    %% Lines of http, and others, are limited by the buffer if by nothing else.
    ok = inet:setopts(Socket, [{buffer, 100000}, {packet, Type} | Options]),
    Answer = ["[", received(Socket), "]"],
    ok = gen_tcp:close(Socket),
    Answer.

received(Socket) ->
    case gen_tcp:recv(Socket, 0) of
        {ok, Packet} -> [packet(Packet), $, | received(Socket)];
        {error, Reason} -> [$", atom_to_list(Reason), $"]
    end.

question(Line) ->
    [Type, PacketSize, LineLength, LineDelimiter, Hex] = binary:split(Line, <<" ">>, [global]),
    Options = [{Name, Value} || {Name, Number, Default} <-
        [{packet_size, PacketSize, 0}, {line_length, LineLength, 0}, {line_delimiter, LineDelimiter, $\n}],
        Value <- [binary_to_integer(Number)],
        Value =/= Default],
    {type(Type), Options, bytes(Hex)}.

type(<<Digit>>) -> Digit - $0;
type(Name) -> binary_to_atom(Name).

packet(Bytes) when is_binary(Bytes) -> [$", hex(Bytes), $"];
packet(http_eoh) -> "{\"tag\":\"http_eoh\"}";
packet({http_request, Method, Uri, Version}) ->
    object(http_request, [{method, text(Method)}, {uri, uri(Uri)}, {version, version(Version)}]);
packet({http_response, Version, Status, Phrase}) ->
    object(http_response, [{version, version(Version)}, {status, integer_to_list(Status)}, {phrase, text(Phrase)}]);
packet({http_header, Index, Field, Original, Value}) ->
    object(http_header, [{int, integer_to_list(Index)}, {field, text(Field)}, {orig, text(Original)}, {value, text(Value)}]);
packet({http_error, Line}) ->
    object(http_error, [{line, text(Line)}]);
packet({ssl_tls, _Socket, ContentType, Version, Data}) ->
    object(ssl_tls, [{port, text("")}, {content_type, integer_to_list(ContentType)}, {version, version(Version)}, {data, text(Data)}]).

object(Tag, Members) ->
    ["{\"tag\":\"", atom_to_list(Tag), $", members(Members), $}].

members(Members) -> [[",\"", atom_to_list(Name), "\":", Value] || {Name, Value} <- Members].

version({Major, Minor}) -> [$[, integer_to_list(Major), $,, integer_to_list(Minor), $]].

uri('*') -> kind(star, []);
uri({abs_path, Path}) -> kind(abs_path, [{path, text(Path)}]);
uri({absoluteURI, Scheme, Host, Port, Path}) ->
    kind(absoluteURI, [{scheme, text(Scheme)}, {host, text(Host)}, {port, port(Port)}, {path, text(Path)}]);
uri({scheme, Scheme, Rest}) -> kind(scheme, [{scheme, text(Scheme)}, {rest, text(Rest)}]);
uri(Text) -> kind(string, [{value, text(Text)}]).

kind(Kind, Members) ->
    ["{\"kind\":\"", atom_to_list(Kind), $", members(Members), $}].

port(undefined) -> "\"undefined\"";
port(Number) -> integer_to_list(Number).

text(Atom) when is_atom(Atom) -> leaf("atom", atom_to_list(Atom));
text(Binary) when is_binary(Binary) -> leaf("binary", hex(Binary));
text(List) -> leaf("string", hex(list_to_binary(List))).

leaf(Type, Value) -> ["{\"", Type, "\":\"", Value, "\"}"].

hex(Bytes) -> << <<(digit(High)), (digit(Low))>> || <<High:4, Low:4>> <= Bytes >>.

digit(Value) when Value < 10 -> $0 + Value;
digit(Value) -> $a + Value - 10.

bytes(Hex) -> << <<(value(High)):4, (value(Low)):4>> || <<High, Low>> <= Hex >>.

value(Digit) when Digit >= $a -> Digit - $a + 10;
value(Digit) -> Digit - $0.

package io.gentcp.scenarios;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import io.gentcp.GetOptionsResult;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.PacketType;

/** Options and their values as Erlang prints them. */
final class OptionTerm {

	private OptionTerm() {
	}

	static String of(String name, Object value) {
		return switch (value) {
			case Duration timeout when timeout.equals(SocketOptions.INFINITY) -> "infinity";
			case Duration timeout -> String.valueOf(timeout.toMillis());
			case PacketType packet -> packet.name();
			case Integer seconds when name.equals("linger") ->
				Term.tuple(seconds >= 0, String.valueOf(Math.max(0, seconds)));
			default -> value.toString();
		};
	}

	/** Asks for one option of a connection. */
	static String got(TcpSocket socket, String name) {
		return switch (socket.getOptions(name)) {
			case GetOptionsResult.Got(Map<String, Object> values) ->
				"{ok,[{%s,%s}]}".formatted(name, of(name, values.get(name)));
			case GetOptionsResult.Failed failed -> "{error,%s}".formatted(failed.error().atom());
		};
	}

	/** Asks for the value of one option alone, of a connection that is open. */
	static String value(TcpSocket socket, String name) {
		return (socket.getOptions(name) instanceof GetOptionsResult.Got(Map<String, Object> values))
				? of(name, values.get(name)) : got(socket, name);
	}

	/** What is an error or an exit in Erlang is the caller's mistake here. */
	static String unlessRefused(String refused, Supplier<Object> call) {
		try {
			return Term.of(call.get());
		}
		catch (IllegalArgumentException ex) {
			return refused;
		}
	}

}

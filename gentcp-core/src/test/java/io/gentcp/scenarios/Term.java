package io.gentcp.scenarios;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.gentcp.AcceptResult;
import io.gentcp.ConnectResult;
import io.gentcp.ControllingProcessResult;
import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.SetOptionsResult;
import io.gentcp.UnrecvResult;
import io.gentcp.packet.Packet;

/** Results as Erlang prints them. */
final class Term {

	/** What is longer is shown by its size. */
	private static final int SHOWN = 60;

	private Term() {
	}

	static String tuple(Object... elements) {
		return Arrays.stream(elements).map(Term::of).collect(Collectors.joining(",", "{", "}"));
	}

	static String list(List<?> elements) {
		return elements.stream().map(Term::of).collect(Collectors.joining(",", "[", "]"));
	}

	static String of(Object result) {
		return switch (result) {
			case SendResult send -> ofSend(send);
			case RecvResult recv -> ofRecv(recv);
			case SetOptionsResult.Set set -> "ok";
			case SetOptionsResult.Failed failed -> "{error,%s}".formatted(failed.error().atom());
			case ConnectResult connect -> ofConnect(connect);
			case AcceptResult accept -> ofAccept(accept);
			case ControllingProcessResult control -> ofControl(control);
			case UnrecvResult.Unreceived unreceived -> "ok";
			case UnrecvResult.Closed closed -> "{error,closed}";
			case UnrecvResult.Busy busy -> "{error,ealready}";
			case byte[] bytes -> binary(bytes);
			case String text -> text;
			case Boolean fact -> fact.toString();
			case Number number -> number.toString();
			default -> throw new IllegalArgumentException("no term for " + result);
		};
	}

	private static String ofSend(SendResult result) {
		return switch (result) {
			case SendResult.Sent sent -> "ok";
			case SendResult.TimedOut timedOut -> "{error,timeout}";
			case SendResult.TimedOutQueued queued -> "{error,timeout}";
			case SendResult.TimedOutWithRest(var rest) ->
				"{error,{timeout,%s}}".formatted((rest.size() > SHOWN) ? "rest" : binary(rest.toByteArray()));
			case SendResult.QueueFull full -> "{error,queue_full}";
			case SendResult.Refused refused -> "{error,refused}";
			case SendResult.Closed closed -> "{error,closed}";
			case SendResult.Failed failed -> "{error,%s}".formatted(failed.error().atom());
		};
	}

	private static String ofRecv(RecvResult result) {
		return switch (result) {
			case RecvResult.Received(Packet packet) -> "{ok,%s}".formatted(PacketTerm.STRINGS.of(packet));
			case RecvResult.TimedOut timedOut -> "{error,timeout}";
			case RecvResult.Closed closed -> "{error,closed}";
			case RecvResult.Failed failed -> "{error,%s}".formatted(failed.error().atom());
		};
	}

	private static String ofConnect(ConnectResult result) {
		return switch (result) {
			case ConnectResult.Connected connected -> "ok";
			case ConnectResult.HandshakeFailed failed -> "{error,tls_alert}";
			case ConnectResult.TimedOut timedOut -> "{error,timeout}";
			case ConnectResult.Failed failed -> "{error,%s}".formatted(failed.error().atom());
		};
	}

	private static String ofAccept(AcceptResult result) {
		return switch (result) {
			case AcceptResult.Accepted accepted -> "ok";
			case AcceptResult.HandshakeFailed failed -> "{error,tls_alert}";
			case AcceptResult.TimedOut timedOut -> "{error,timeout}";
			case AcceptResult.Closed closed -> "{error,closed}";
			case AcceptResult.Failed failed -> "{error,%s}".formatted(failed.error().atom());
		};
	}

	private static String ofControl(ControllingProcessResult result) {
		return switch (result) {
			case ControllingProcessResult.HandedOver handedOver -> "ok";
			case ControllingProcessResult.NotOwner notOwner -> "{error,not_owner}";
			case ControllingProcessResult.Closed closed -> "{error,closed}";
		};
	}

	/**
	 * Shows a large one as the scenarios do: its size, and whether it is what we sent.
	 */
	private static String binary(byte[] bytes) {
		if (bytes.length > SHOWN) {
			return "{bin,%d,%s}".formatted(bytes.length, Arrays.equals(bytes, Pair.big(bytes.length)));
		}
		return binary(new String(bytes, StandardCharsets.ISO_8859_1));
	}

	/** Text as a binary. */
	static String binary(String text) {
		return isPrintable(text) ? "<<%s>>".formatted(quoted(text)) : numbers(text, "<<", ">>");
	}

	/** Text as a list, which is a list of numbers. */
	static String string(String text) {
		return isPrintable(text) ? quoted(text) : numbers(text, "[", "]");
	}

	private static String quoted(String text) {
		String escaped = text.replace("\\", "\\\\")
			.replace("\"", "\\\"")
			.replace("\t", "\\t")
			.replace("\r", "\\r")
			.replace("\n", "\\n");
		return "\"%s\"".formatted(escaped);
	}

	/** An empty one has no quotes either. */
	private static boolean isPrintable(String text) {
		return !text.isEmpty()
				&& text.chars().allMatch((one) -> (one >= ' ' && one <= '~') || "\t\r\n".indexOf(one) >= 0);
	}

	private static String numbers(String text, String start, String end) {
		return text.chars().mapToObj(String::valueOf).collect(Collectors.joining(",", start, end));
	}

}

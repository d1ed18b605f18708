package io.gentcp.differential;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.gentcp.AcceptResult;
import io.gentcp.ConnectResult;
import io.gentcp.Direction;
import io.gentcp.GenTcp;
import io.gentcp.GetOptionsResult;
import io.gentcp.ListenResult;
import io.gentcp.ListenSocket;
import io.gentcp.Mailbox;
import io.gentcp.RecvResult;
import io.gentcp.RestData;
import io.gentcp.SendResult;
import io.gentcp.SetOptionsResult;
import io.gentcp.SocketMessage;
import io.gentcp.SocketOptions;
import io.gentcp.SocketStats;
import io.gentcp.TcpSocket;
import io.gentcp.UnrecvResult;
import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;

/** Ours. One thread performs, which is also the controlling process. */
final class GentcpSubject implements Subject {

	private final GenTcp genTcp = GenTcp.open();

	private final Mailbox mailbox = new Mailbox(1000);

	private final Backend backend;

	private final Pace pace;

	private ListenSocket listening;

	private TcpSocket socket;

	private RestData rest;

	GentcpSubject(Backend backend, Pace pace) {
		this.backend = backend;
		this.pace = pace;
	}

	@Override
	public int listen(Map<String, String> options) {
		this.listening = ((ListenResult.Listening) this.genTcp.listen(0, all(options))).socket();
		return this.listening.port();
	}

	@Override
	public void accept() {
		this.socket = ((AcceptResult.Accepted) this.listening.accept(Pace.PATIENCE)).socket();
		this.listening.close();
	}

	@Override
	public void connect(int port, Map<String, String> options) {
		ConnectResult result = this.genTcp.connect("127.0.0.1", port, all(options), Pace.PATIENCE);
		this.socket = ((ConnectResult.Connected) result).socket();
	}

	private SocketOptions all(Map<String, String> options) {
		SocketOptions defaults = SocketOptions.defaults()
			.backend(this.backend)
			.controllingProcess(this.mailbox)
			.sndbuf(8192)
			.buffer(65536);
		return set(defaults, options);
	}

	private SocketOptions set(SocketOptions before, Map<String, String> options) {
		SocketOptions after = before;
		for (Map.Entry<String, String> option : options.entrySet()) {
			boolean isTimeout = option.getKey().equals("send_timeout");
			after = after.set(option.getKey(), isTimeout ? this.pace.timeout() : option.getValue());
		}
		return after;
	}

	@Override
	public Sending send(int number, int size) {
		byte[] packet = new byte[size];
		for (int i = 0; i < size; i++) {
			packet[i] = (byte) ('a' + (number + i) % 26);
		}
		return sending(this.socket.send(packet));
	}

	@Override
	public Sending resume() {
		return sending(this.socket.resume(this.rest, Pace.PATIENCE));
	}

	private Sending sending(SendResult result) {
		return switch (result) {
			case SendResult.Sent() -> Sending.of("ok");
			case SendResult.TimedOut(long bytesOut) -> Sending.of("{error,timeout}");
			case SendResult.TimedOutQueued queued -> Sending.of("{error,timeout}");
			case SendResult.TimedOutWithRest(RestData left) -> {
				this.rest = left;
				yield new Sending("{error,{timeout,rest}}", left.size(), Terms.checksum(left.toByteArray()));
			}
			case SendResult.QueueFull full -> Sending.of("{error,queue_full}");
			case SendResult.Refused refused -> Sending.of("{error,refused}");
			case SendResult.Closed(long bytesOut) -> Sending.of("{error,closed}");
			case SendResult.Failed failed -> Sending.of("{error,%s}".formatted(failed.error().atom()));
		};
	}

	@Override
	public String recv(int length, Action.Wait wait) {
		Duration timeout = (wait == Action.Wait.NONE) ? Duration.ZERO : this.pace.timeout();
		return switch (this.socket.recv(length, timeout)) {
			case RecvResult.Received(Packet packet) -> "{ok,%s}".formatted(term(packet));
			case RecvResult.TimedOut() -> "{error,timeout}";
			case RecvResult.Closed() -> "{error,closed}";
			case RecvResult.Failed failed -> "{error,%s}".formatted(failed.error().atom());
		};
	}

	private static String term(Packet packet) {
		return switch (packet) {
			case Packet.Bytes(byte[] bytes) -> Terms.bytes(bytes);
			case Packet.WithHeader(byte[] header, byte[] behind) ->
				"{header,%s,%s}".formatted(Terms.bytes(header), Terms.bytes(behind));
			case Packet.TlsRecord tls -> throw new IllegalArgumentException("no script has " + tls);
			case HttpPacket http -> throw new IllegalArgumentException("no script has " + http);
		};
	}

	@Override
	public String unrecv(String text) {
		return switch (this.socket.unrecv(text.getBytes(StandardCharsets.ISO_8859_1))) {
			case UnrecvResult.Unreceived() -> "ok";
			case UnrecvResult.Closed() -> "{error,enotconn}";
			case UnrecvResult.Busy() -> "{error,ealready}";
		};
	}

	@Override
	public String setOptions(Map<String, String> options) {
		return switch (this.socket.setOptions((before) -> set(before, options))) {
			case SetOptionsResult.Set() -> "ok";
			case SetOptionsResult.Failed failed -> "{error,%s}".formatted(failed.error().atom());
		};
	}

	@Override
	public String getOptions(List<String> names) {
		return switch (this.socket.getOptions(names.toArray(String[]::new))) {
			case GetOptionsResult.Got(Map<String, Object> values) -> values.entrySet()
				.stream()
				.map((option) -> "{%s,%s}".formatted(option.getKey(), term(option.getValue())))
				.collect(Collectors.joining(",", "[", "]"));
			case GetOptionsResult.Failed failed -> "{error,%s}".formatted(failed.error().atom());
		};
	}

	private static String term(Object value) {
		return switch (value) {
			case PacketType type -> type.name();
			case Duration time -> time.equals(SocketOptions.INFINITY) ? "infinity" : String.valueOf(time.toMillis());
			default -> value.toString();
		};
	}

	@Override
	public String getStat(List<String> keys) {
		SocketStats stats = this.socket.stats();
		return keys.stream()
			.map((key) -> "{%s,%d}".formatted(key, stats.get(key)))
			.collect(Collectors.joining(",", "[", "]"));
	}

	@Override
	public void shutdown(Direction direction) {
		this.socket.shutdown(direction);
	}

	@Override
	public String closeSocket() {
		this.socket.close();
		return "ok";
	}

	@Override
	public List<String> receive(int atLeast) {
		List<String> messages = new ArrayList<>();
		Optional<SocketMessage> next = message(messages.size() < atLeast);
		while (next.isPresent()) {
			messages.add(term(next.get()));
			next = message(messages.size() < atLeast);
		}
		return messages;
	}

	private Optional<SocketMessage> message(boolean expected) {
		return this.mailbox.receive(expected ? this.pace.quiet().multipliedBy(10) : this.pace.quiet());
	}

	private static String term(SocketMessage message) {
		return switch (message) {
			case SocketMessage.Data(TcpSocket socket, Packet packet) -> "{tcp,%s}".formatted(term(packet));
			case SocketMessage.Passive passive -> "tcp_passive";
			case SocketMessage.Closed closed -> "tcp_closed";
			case SocketMessage.Error error -> "{tcp_error,%s}".formatted(error.error().atom());
		};
	}

	@Override
	public void close() {
		if (this.socket != null) {
			this.socket.close(Duration.ZERO);
		}
		this.genTcp.close();
		this.mailbox.close();
	}

}

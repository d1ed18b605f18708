package io.gentcp.benchmarks.systems;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

import io.gentcp.AcceptResult;
import io.gentcp.ActiveMode;
import io.gentcp.ConnectResult;
import io.gentcp.ControllingProcess;
import io.gentcp.ControllingProcessResult;
import io.gentcp.GenTcp;
import io.gentcp.HandlerProcess;
import io.gentcp.ListenResult;
import io.gentcp.ListenSocket;
import io.gentcp.PendingSend;
import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.SetOptionsResult;
import io.gentcp.SocketMessage;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.benchmarks.peer.CallingClient;
import io.gentcp.benchmarks.peer.Client;
import io.gentcp.benchmarks.peer.Connection;
import io.gentcp.benchmarks.peer.EventClient;
import io.gentcp.benchmarks.peer.JavaPeer;
import io.gentcp.benchmarks.peer.Served;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import io.gentcp.transport.EngineOptions;

/** gentcp without Spring, through its public API. */
final class GenTcpCore implements JavaPeer {

	private static final int BACKLOG = 4096;

	private static final int KILO = 1024;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final String name;

	private final Backend backend;

	private final Style server;

	private final Style client;

	private final boolean tls;

	private GenTcpCore(String name, Backend backend, Style server, Style client, boolean tls) {
		this.name = name;
		this.backend = backend;
		this.server = server;
		this.client = client;
		this.tls = tls;
	}

	/** Threads that receive, on both sides. */
	static GenTcpCore calling(Backend backend) {
		return new GenTcpCore("gentcp-%s".formatted(lower(backend)), backend, Style.CALLING, Style.CALLING, false);
	}

	/**
	 * A server that has threads only while it handles something; threads that call it.
	 */
	static GenTcpCore handlerServer(Backend backend) {
		return new GenTcpCore("gentcp-%s-handler-server".formatted(lower(backend)), backend, Style.HANDLING,
				Style.CALLING, false);
	}

	/** A server in active mode, and threads that call it. */
	static GenTcpCore inlineServer(Backend backend) {
		return new GenTcpCore("gentcp-%s-inline-server".formatted(lower(backend)), backend, Style.ACTIVE, Style.CALLING,
				false);
	}

	/** Active mode on both sides. */
	static GenTcpCore inline(Backend backend) {
		return new GenTcpCore("gentcp-%s-inline".formatted(lower(backend)), backend, Style.ACTIVE, Style.ACTIVE, false);
	}

	/** Threads that receive, on both sides, and TLS. */
	static GenTcpCore tls(Backend backend) {
		return new GenTcpCore("gentcp-%s-tls".formatted(lower(backend)), backend, Style.CALLING, Style.CALLING, true);
	}

	private static String lower(Backend backend) {
		return backend.name().toLowerCase(Locale.ROOT);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public String settings() {
		return "backend %s; server: %s; client: %s; nodelay, high_watermark 128 KB, low_watermark 64 KB%s"
			.formatted(lower(this.backend), this.server.words, this.client.words, this.tls ? ", TLS 1.3" : "");
	}

	@Override
	public void prepare(Path folder) throws IOException {
		if (this.tls) {
			Certificate.make(folder);
		}
	}

	private SocketOptions options(Path folder) throws Exception {
		SocketOptions options = SocketOptions.defaults()
			.backend(this.backend)
			.packet(PacketType.FOUR)
			.nodelay(true)
			.highWatermark(128 * KILO)
			.lowWatermark(64 * KILO);
		return this.tls ? options.tls(Certificate.options(folder)) : options;
	}

	@Override
	public int serve(Path folder) throws Exception {
		GenTcp genTcp = this.server.open();
		SocketOptions options = options(folder).backlog(BACKLOG).ip(InetAddress.getLoopbackAddress());
		ListenSocket listening = switch (genTcp.listen(0, options)) {
			case ListenResult.Listening(ListenSocket socket) -> socket;
			case ListenResult.Failed failed -> throw new IOException(failed.toString());
		};
		Loopback.accept(() -> {
			switch (listening.accept()) {
				case AcceptResult.Accepted(TcpSocket socket) -> begin(socket);
				case AcceptResult.HandshakeFailed failed -> throw new IOException(failed.toString());
				case AcceptResult.TimedOut timedOut -> throw new IOException(timedOut.toString());
				case AcceptResult.Closed closed -> throw new IOException(closed.toString());
				case AcceptResult.Failed failed -> throw new IOException(failed.toString());
			}
		});
		return listening.port();
	}

	private void begin(TcpSocket socket) {
		switch (this.server) {
			case CALLING -> Thread.ofVirtual().start(() -> serve(socket));
			case HANDLING -> activate(socket, new HandlerProcess(1, new HandlingServer()));
			case ACTIVE -> activate(socket, new ActiveServer());
		}
	}

	private static void activate(TcpSocket socket, ControllingProcess process) {
		if (!(socket.controllingProcess(process) instanceof ControllingProcessResult.HandedOver)
				|| !(socket.active(ActiveMode.TRUE) instanceof SetOptionsResult.Set)) {
			socket.close(Duration.ZERO);
		}
	}

	/** Puts a packet in line without waiting, as code on a poller has to. */
	private static void put(TcpSocket socket, byte[] packet) {
		if (socket.trySend(ByteBuffer.wrap(packet)).isPresent()) {
			return;
		}
		PendingSend send = socket.beginSend(ByteBuffer.wrap(packet));
		if (send.isDone() && send.nothingSent() && socket.isOpen()) {
			Loopback.failed(new IOException("a packet got no place in line"));
		}
	}

	private static void serve(TcpSocket socket) {
		Served served = new Served();
		try (socket) {
			while (socket.recv() instanceof RecvResult.Received(Packet packet)) {
				byte[] answer = served.answer(bytes(packet));
				if (answer.length > 0 && !(socket.send(answer) instanceof SendResult.Sent)) {
					return;
				}
			}
		}
	}

	private static byte[] bytes(Packet packet) {
		return ((Packet.Bytes) packet).array();
	}

	@Override
	public Client client(Path folder, InetSocketAddress server) throws Exception {
		GenTcp genTcp = this.client.open();
		SocketOptions options = options(folder);
		return switch (this.client) {
			case CALLING, HANDLING -> (CallingClient) () -> new Calling(connect(genTcp, server, options));
			case ACTIVE -> (EventClient) (listener) -> {
				TcpSocket socket = connect(genTcp, server, options);
				Active connection = new Active(socket);
				activate(socket, (message) -> {
					if (message instanceof SocketMessage.Data(TcpSocket same, Packet packet)) {
						listener.received(connection, bytes(packet));
					}
				});
				return connection;
			};
		};
	}

	private static TcpSocket connect(GenTcp genTcp, InetSocketAddress server, SocketOptions options)
			throws IOException {
		return switch (genTcp.connect(server, options, PATIENCE)) {
			case ConnectResult.Connected(TcpSocket socket) -> socket;
			case ConnectResult.HandshakeFailed failed -> throw new IOException(failed.toString());
			case ConnectResult.TimedOut timedOut -> throw new IOException(timedOut.toString());
			case ConnectResult.Failed failed -> throw new IOException(failed.toString());
		};
	}

	private static void send(TcpSocket socket, byte[] packet) throws IOException {
		SendResult result = socket.send(packet);
		if (!(result instanceof SendResult.Sent)) {
			throw new IOException(result.toString());
		}
	}

	/** How packets reach the code of the application. */
	private enum Style {

		/** A virtual thread for each connection calls recv. */
		CALLING("a virtual thread for each connection"),

		/**
		 * Active mode: a virtual thread calls, which is there while it has something to.
		 */
		HANDLING("active mode, a virtual thread while there is something to handle"),

		/** Active mode: the poller calls. */
		ACTIVE("active mode, on the poller (inline), a poller for each processor");

		private final String words;

		Style(String words) {
			this.words = words;
		}

		/** Where the application runs on pollers they should be able to use it all. */
		GenTcp open() {
			return (this == ACTIVE)
					? GenTcp.open(EngineOptions.defaults().pollers(Runtime.getRuntime().availableProcessors()))
					: GenTcp.open();
		}

	}

	/** One connection of a server in active mode; called serially. */
	private static final class ActiveServer implements ControllingProcess {

		private final Served served = new Served();

		@Override
		public void deliver(SocketMessage message) {
			switch (message) {
				case SocketMessage.Data(TcpSocket socket, Packet packet) -> {
					byte[] answer = this.served.answer(bytes(packet));
					if (answer.length > 0) {
						put(socket, answer);
					}
				}
				case SocketMessage.Closed(TcpSocket socket) -> socket.close(Duration.ZERO);
				case SocketMessage.Error error -> Loopback.failed(new IOException(error.toString()));
				case SocketMessage.Passive passive -> Loopback.failed(new IOException(passive.toString()));
			}
		}

	}

	/** One connection of a server whose handler may block; called serially. */
	private static final class HandlingServer implements Consumer<SocketMessage> {

		private final Served served = new Served();

		@Override
		public void accept(SocketMessage message) {
			switch (message) {
				case SocketMessage.Data(TcpSocket socket, Packet packet) -> {
					byte[] answer = this.served.answer(bytes(packet));
					if (answer.length > 0 && !(socket.send(answer) instanceof SendResult.Sent)) {
						socket.close(Duration.ZERO);
					}
				}
				case SocketMessage.Closed(TcpSocket socket) -> socket.close();
				case SocketMessage.Error error -> Loopback.failed(new IOException(error.toString()));
				case SocketMessage.Passive passive -> Loopback.failed(new IOException(passive.toString()));
			}
		}

	}

	/** A connection whose thread receives. */
	private record Calling(TcpSocket socket) implements CallingClient.CallingConnection {

		@Override
		public void send(byte[] packet) throws IOException {
			GenTcpCore.send(this.socket, packet);
		}

		@Override
		public byte[] receive() throws IOException {
			RecvResult result = this.socket.recv();
			if (result instanceof RecvResult.Received(Packet packet)) {
				return bytes(packet);
			}
			throw new IOException(result.toString());
		}

		@Override
		public void close() {
			this.socket.close();
		}

	}

	/** A connection in active mode. */
	private record Active(TcpSocket socket) implements Connection {

		/** On the poller a send does not wait: the packet is put in line there. */
		@Override
		public void send(byte[] packet) throws IOException {
			if (packet[0] == Served.ECHO) {
				put(this.socket, packet);
			}
			else {
				GenTcpCore.send(this.socket, packet);
			}
		}

		@Override
		public void close() {
			this.socket.close();
		}

	}

}

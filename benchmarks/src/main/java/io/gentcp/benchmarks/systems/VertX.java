package io.gentcp.benchmarks.systems;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.gentcp.benchmarks.peer.Client;
import io.gentcp.benchmarks.peer.Connection;
import io.gentcp.benchmarks.peer.EventClient;
import io.gentcp.benchmarks.peer.JavaPeer;
import io.gentcp.benchmarks.peer.Served;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;

/** Vert.x, with a verticle for each processor. */
final class VertX implements JavaPeer {

	private static final int BACKLOG = 4096;

	private static final int PATIENCE_SECONDS = 10;

	private static final int HEADER = 4;

	private static final int WRITE_QUEUE = 128 << 10;

	/** A free port that all instances of a verticle share. */
	private static final int ANY_SHARED_PORT = -1;

	@Override
	public String name() {
		return "vertx";
	}

	@Override
	public String settings() {
		return "native transport where there is one, a server verticle for each processor, RecordParser, TCP_NODELAY, "
				+ "write queue of 128 KB; senders of a stream wait while the write queue is full";
	}

	private static Vertx vertx() {
		return Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
	}

	@Override
	public int serve(Path folder) throws Exception {
		int instances = Runtime.getRuntime().availableProcessors();
		NetServer[] servers = new NetServer[1];
		await(vertx().deployVerticle(() -> new Server(servers), new DeploymentOptions().setInstances(instances)));
		return servers[0].actualPort();
	}

	private static <T> T await(Future<T> future) throws Exception {
		return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
	}

	@Override
	public Client client(Path folder, InetSocketAddress server) {
		NetClient client = vertx().createNetClient(new NetClientOptions().setTcpNoDelay(true));
		return (EventClient) (listener) -> {
			NetSocket socket = await(client.connect(server.getPort(), server.getAddress().getHostAddress()));
			socket.setWriteQueueMaxSize(WRITE_QUEUE);
			RoomToWrite room = new RoomToWrite();
			Writing connection = new Writing(socket, room);
			onPackets(socket, (packet) -> listener.received(connection, packet.getBytes()));
			socket.closeHandler((nothing) -> room.changed());
			return connection;
		};
	}

	/** Calls with each packet, which has no length any more. */
	private static void onPackets(NetSocket socket, Consumer<Buffer> taker) {
		RecordParser parser = RecordParser.newFixed(HEADER);
		parser.handler(new Packets(parser, taker)::next);
		socket.handler(parser);
	}

	private static Buffer packet(Buffer payload) {
		return Buffer.buffer(HEADER + payload.length()).appendInt(payload.length()).appendBuffer(payload);
	}

	/** Reads a length, then as many bytes, on the event loop. */
	private static final class Packets {

		private final RecordParser parser;

		private final Consumer<Buffer> taker;

		private boolean inPacket;

		Packets(RecordParser parser, Consumer<Buffer> taker) {
			this.parser = parser;
			this.taker = taker;
		}

		void next(Buffer bytes) {
			this.parser.fixedSizeMode(this.inPacket ? HEADER : bytes.getInt(0));
			this.inPacket = !this.inPacket;
			if (!this.inPacket) {
				this.taker.accept(bytes);
			}
		}

	}

	/** One of the instances that share the port. */
	private static final class Server extends VerticleBase {

		private final NetServer[] servers;

		Server(NetServer[] servers) {
			this.servers = servers;
		}

		@Override
		public Future<?> start() {
			NetServer server = this.vertx
				.createNetServer(new NetServerOptions().setTcpNoDelay(true).setAcceptBacklog(BACKLOG))
				.connectHandler(Server::serve);
			return server.listen(ANY_SHARED_PORT, "127.0.0.1").onSuccess((listening) -> this.servers[0] = listening);
		}

		private static void serve(NetSocket socket) {
			Served served = new Served();
			onPackets(socket, (packet) -> {
				if (packet.getByte(0) == Served.ECHO) {
					socket.write(packet(packet));
				}
				else {
					byte[] answer = served.answer(packet.getBytes());
					if (answer.length > 0) {
						socket.write(packet(Buffer.buffer(answer)));
					}
				}
			});
		}

	}

	/** A connection whose senders wait for nothing but room. */
	private record Writing(NetSocket socket, RoomToWrite room) implements Connection {

		@Override
		public void send(byte[] packet) throws InterruptedException {
			if (packet[0] != Served.ECHO && this.socket.writeQueueFull()) {
				this.socket.drainHandler((nothing) -> this.room.changed());
				this.room.await(() -> !this.socket.writeQueueFull());
			}
			this.socket.write(packet(Buffer.buffer(packet)));
		}

		@Override
		public void close() {
			this.socket.close();
		}

	}

}

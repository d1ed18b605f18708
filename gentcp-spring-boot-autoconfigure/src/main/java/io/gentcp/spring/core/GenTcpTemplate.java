package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

import io.gentcp.GenTcp;
import io.gentcp.RestData;
import io.gentcp.SocketOptions;
import io.gentcp.packet.PacketLimits;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationEventPublisherAware;
import org.springframework.context.SmartLifecycle;

/**
 * A client: sends packets over one connection that all threads share. The connection is
 * opened at first use, and again at the next use after it closed; opening it can fail, a
 * packet is never sent twice. Any thread may call any method.
 * <p>
 * A client that is {@link GenTcpClientSettings#keepConnected kept connected} connects
 * when it starts, and again as soon as the connection has ended.
 * <p>
 * A send that the kernel takes at once stays on the calling thread. One that has to wait
 * does so on a virtual thread: on the caller's own, or on one of the executor's while the
 * caller waits for it.
 */
public final class GenTcpTemplate
		implements GenTcpOperations, ApplicationEventPublisherAware, SmartLifecycle, AutoCloseable {

	private final Client client;

	private final SharedConnection connection;

	/** Starting and stopping take it. */
	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean running;

	private @Nullable Thread keepConnected;

	/**
	 * Makes a client; it does not connect yet.
	 * @param genTcp what opens the connections; it is not closed with the client
	 * @param settings what the client is
	 * @param virtualThreads runs every task at once, on a thread of its own: a virtual
	 * thread per task
	 * @throws IllegalArgumentException if the client is to recover packets on the inet
	 * backend, where there is nothing to recover
	 */
	public GenTcpTemplate(GenTcp genTcp, GenTcpClientSettings settings, Executor virtualThreads) {
		this.client = Client.of(settings.checked(), virtualThreads);
		this.connection = new SharedConnection(genTcp, this.client);
	}

	/** Returns what the client is called. */
	public String name() {
		return settings().name();
	}

	/** Returns what the client is. */
	public GenTcpClientSettings settings() {
		return this.client.settings();
	}

	/** Returns whether there is a connection. Does not open one. */
	public boolean isConnected() {
		return this.connection.isConnected();
	}

	/** Returns what the client has done so far. */
	public EndpointCounters counters() {
		return this.client.counters();
	}

	/**
	 * Sets who gets the packets that no request asked for, on connections opened from now
	 * on and on those that were opened with another handler; without, they are dropped
	 * and counted. They are handled one after the other, in the order in which they came,
	 * on a virtual thread of their own; what is returned is sent. The handler may send,
	 * and send requests, on this client. While more than 64 packets wait for it, nothing
	 * is received, replies included.
	 */
	public void setPacketHandler(PacketHandler handler) {
		this.connection.packetHandler(handler);
	}

	/**
	 * Has nobody get the packets that no request asked for, if it is this one who does.
	 */
	public void removePacketHandler(PacketHandler handler) {
		this.connection.removePacketHandler(handler);
	}

	/** Returns whether somebody gets the packets that no request asked for. */
	public boolean hasPacketHandler() {
		return this.connection.packetHandler() != null;
	}

	/** Returns the connections that are open: at most one that takes new packets. */
	public GenTcpConnections connections() {
		return this.client.connections();
	}

	/** Has every {@link GenTcpEvent} of this client published there. */
	@Override
	public void setApplicationEventPublisher(ApplicationEventPublisher events) {
		this.client.connections().publishTo(events);
	}

	@Override
	public void send(byte[] packet) {
		send(ByteBuffer.wrap(packet));
	}

	@Override
	public void send(ByteBuffer packet) {
		ObservedOperation operation = connections().begin(Operation.SEND, packet.remaining());
		operation.run(() -> connection(operation).connection().sendUnobserved(packet));
	}

	@Override
	public void send(String packet) {
		send(encoded(packet));
	}

	@Override
	public CompletableFuture<Void> sendAsync(byte[] packet) {
		return sendAsync(ByteBuffer.wrap(packet));
	}

	@Override
	public CompletableFuture<Void> sendAsync(ByteBuffer packet) {
		if (!isConnected()) {
			// Wrong use is thrown at whoever makes the mistake, not told by the future.
			var unused = settings().options().packet().codec(PacketLimits.NONE).encode(packet.duplicate());
		}
		AsyncSend send = new AsyncSend(this.client.connections(), packet);
		send.start(() -> this.connection.begin(send));
		return send;
	}

	@Override
	public CompletableFuture<Void> sendAsync(String packet) {
		return sendAsync(encoded(packet));
	}

	@Override
	public byte[] sendAndReceive(byte[] request) {
		return request(ByteBuffer.wrap(request));
	}

	@Override
	public ByteBuffer sendAndReceive(ByteBuffer request) {
		return ByteBuffer.wrap(request(request));
	}

	@Override
	public String sendAndReceive(String request) {
		return new String(request(encoded(request)), settings().charset());
	}

	private byte[] request(ByteBuffer request) {
		SocketOptions options = settings().options();
		if (!options.packet().isFramed()) {
			throw this.client.failures().replyWithoutEnd();
		}
		if (!PacketBytes.existIn(options.delivers())) {
			throw this.client.failures().replyWithoutBytes(options);
		}
		ObservedOperation operation = connections().begin(Operation.REQUEST, request.remaining());
		return operation.call(() -> PacketBytes.of(connection(operation).request(request)));
	}

	private ClientConnection connection(ObservedOperation operation) {
		ClientConnection connection = this.connection.get(operation);
		operation.on(connection.connection());
		return connection;
	}

	private ByteBuffer encoded(String packet) {
		return ByteBuffer.wrap(packet.getBytes(settings().charset()));
	}

	@Override
	public void resume(RestData rest) {
		this.connection.resume(rest);
	}

	@Override
	public <T extends @Nullable Object> T execute(GenTcpCallback<T> callback) {
		return this.connection.get(ObservedOperation.NONE).execute(callback);
	}

	/**
	 * Connects, and keeps connected, a client that is to be; every other one connects at
	 * first use, started or not. Does not wait.
	 */
	@Override
	public void start() {
		this.lock.lock();
		try {
			if (!this.running && settings().isKeptConnected()) {
				this.keepConnected = Thread.ofVirtual()
					.name("gentcp-%s-connect".formatted(name()))
					.start(new KeepConnected(this.connection, settings()));
			}
			this.running = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Closes the connection, the one that is being opened too, and does not keep it any
	 * more. Does not wait. Whoever sends after that opens another one.
	 */
	@Override
	public void stop() {
		this.lock.lock();
		try {
			this.running = false;
			if (this.keepConnected != null) {
				this.keepConnected.interrupt();
				this.keepConnected = null;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.connection.disconnect();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Starts before, and stops after, everything that may send. */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	/**
	 * Closes the connection. Sends, requests and recoveries that wait fail with a
	 * {@link GenTcpException} that says so; every later use is an
	 * {@link IllegalStateException}. Does not wait; closing again does nothing. What is
	 * queued on the inet backend goes out in the background, for which
	 * {@link GenTcp#close()} waits.
	 */
	@Override
	public void close() {
		stop();
		this.connection.close();
	}

	/** Shows name and address: {@code client orders (localhost:4000)}. */
	@Override
	public String toString() {
		return settings().toString();
	}

}

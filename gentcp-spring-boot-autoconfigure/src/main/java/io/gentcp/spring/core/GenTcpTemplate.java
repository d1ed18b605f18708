package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.gentcp.GenTcp;
import io.gentcp.RestData;
import org.jspecify.annotations.Nullable;

/**
 * A client: sends packets over one connection that all threads share. The connection is
 * opened at first use, and again at the next use after it closed; opening it can fail, a
 * packet is never sent twice. Any thread may call any method.
 * <p>
 * A send that the kernel takes at once stays on the calling thread. One that has to wait
 * does so on a virtual thread: on the caller's own, or on one of the executor's while the
 * caller waits for it.
 */
public final class GenTcpTemplate implements GenTcpOperations, AutoCloseable {

	private final GenTcpClientSettings settings;

	private final ClientCounters counters = new ClientCounters();

	/**
	 * Makes a client; it does not connect yet.
	 * @param genTcp what opens the connections; it is not closed with the client
	 * @param settings what the client is
	 * @param virtualThreads runs every task at once, on a thread of its own: a virtual
	 * thread per task
	 */
	public GenTcpTemplate(GenTcp genTcp, GenTcpClientSettings settings, Executor virtualThreads) {
		this.settings = settings;
	}

	/** Returns what the client is called. */
	public String name() {
		return this.settings.name();
	}

	/** Returns what the client is. */
	public GenTcpClientSettings settings() {
		return this.settings;
	}

	/** Returns whether there is a connection. Does not open one. */
	public boolean isConnected() {
		return false;
	}

	/** Returns what the client has done so far. */
	public ClientCounters counters() {
		return this.counters;
	}

	@Override
	public void send(byte[] packet) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void send(ByteBuffer packet) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void send(String packet) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Void> sendAsync(byte[] packet) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Void> sendAsync(ByteBuffer packet) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Void> sendAsync(String packet) {
		throw new UnsupportedOperationException();
	}

	@Override
	public byte[] sendAndReceive(byte[] request) {
		throw new UnsupportedOperationException();
	}

	@Override
	public ByteBuffer sendAndReceive(ByteBuffer request) {
		throw new UnsupportedOperationException();
	}

	@Override
	public String sendAndReceive(String request) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void resume(RestData rest) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <T extends @Nullable Object> T execute(GenTcpCallback<T> callback) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Closes the connection. Sends, requests and recoveries that wait fail with a
	 * {@link GenTcpException} that says so; every later use is an
	 * {@link IllegalStateException}. Does not wait; closing again does nothing.
	 */
	@Override
	public void close() {
	}

	/** Shows name and address: {@code client orders (localhost:4000)}. */
	@Override
	public String toString() {
		return this.settings.toString();
	}

}

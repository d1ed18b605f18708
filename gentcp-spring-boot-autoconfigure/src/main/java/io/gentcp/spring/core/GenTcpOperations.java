package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gentcp.RestData;
import org.jspecify.annotations.Nullable;

/**
 * What an application does with a client: sends packets, sends requests and gets their
 * replies, and uses the socket itself. {@link GenTcpTemplate} does it on a connection;
 * tests may put a mock in its place.
 * <p>
 * A packet is what the application hands over; its packet type adds the header. A
 * {@code String} is encoded in the client's charset. What the network does to a packet is
 * told by a {@link GenTcpException}, whose {@link GenTcpException#nothingSent()} says
 * whether sending the packet again is safe. Nothing is ever sent again by itself.
 */
public interface GenTcpOperations {

	/**
	 * Sends a packet. Waits until every byte of it is out or, on the inet backend, queued
	 * with room to spare; at the latest until {@code send_timeout}, which runs from when
	 * there is a connection; opening one has the connect timeout. On return, and on an
	 * exception, the array is the caller's again. An interrupt has the effect of the
	 * timeout and leaves the interrupt flag set. Mirrors {@code gen_tcp:send/2}.
	 * @param packet the packet without its header
	 * @throws GenTcpException if the packet is not out, with how much of it is; on the
	 * inet backend, {@link SendTimeoutException#isQueued() it may be queued}
	 * @throws IllegalArgumentException if the packet type cannot carry the packet
	 * @throws IllegalStateException if the client is closed
	 */
	void send(byte[] packet);

	/**
	 * Sends the bytes between position and limit, which do not move, as a packet.
	 * @see #send(byte[])
	 */
	void send(ByteBuffer packet);

	/**
	 * Sends a text as a packet.
	 * @see #send(byte[])
	 */
	void send(String packet);

	/**
	 * Sends a packet without waiting for it. Packets of one caller go out in the order of
	 * its calls, also while the connection has yet to be opened. The array is borrowed
	 * until the future completes by itself or is cancelled; a caller who completes it,
	 * with {@code orTimeout} for one, takes nothing back.
	 * <p>
	 * Cancelling the future takes the packet back while nothing of it is out and nothing
	 * is about to be: then nothing is ever sent of it. Otherwise {@code cancel} returns
	 * false, and the future goes on to tell what becomes of the packet.
	 * @param packet the packet without its header
	 * @return completes when {@link #send} would return, or with a
	 * {@link GenTcpException}
	 * @throws IllegalArgumentException if the packet type cannot carry the packet
	 * @throws IllegalStateException if the client is closed
	 */
	CompletableFuture<Void> sendAsync(byte[] packet);

	/**
	 * Sends the bytes between position and limit, which do not move, without waiting.
	 * @see #sendAsync(byte[])
	 */
	CompletableFuture<Void> sendAsync(ByteBuffer packet);

	/**
	 * Sends a text as a packet without waiting for it.
	 * @see #sendAsync(byte[])
	 */
	CompletableFuture<Void> sendAsync(String packet);

	/**
	 * Sends a request and waits for its reply. Requests of any number of threads share
	 * the connection, without waiting for each other's replies: the first packet that
	 * arrives is the reply to the first request that went out, and so on. The peer
	 * therefore has to answer every request with one packet, in the order in which they
	 * came, and no other packet while a request is open. Where requests follow each other
	 * at once, this thread receives the reply itself; otherwise another one brings it.
	 * The packet type must tell where a packet ends, which raw does not, and deliver
	 * bytes, which http and ssl_tls do not.
	 * <p>
	 * The reply timeout runs from when the request is out or queued. A request that is
	 * given up after any byte of it was out, or while it is queued, keeps its place in
	 * line, and its reply is dropped when it comes; one of which nothing is out loses its
	 * place.
	 * @param request the packet without its header
	 * @return the reply, without its header
	 * @throws ReplyTimeoutException if the request is out or queued and no reply came in
	 * time
	 * @throws GenTcpException if the request is neither, or the connection closed before
	 * the reply came
	 * @throws IllegalArgumentException if the packet type cannot carry the request
	 * @throws IllegalStateException if the client is closed, if the packet type has no
	 * replies of bytes, or within the callback of {@link #execute}
	 */
	byte[] sendAndReceive(byte[] request);

	/**
	 * Sends the bytes between position and limit, which do not move, as a request, and
	 * waits for its reply.
	 * @see #sendAndReceive(byte[])
	 */
	ByteBuffer sendAndReceive(ByteBuffer request);

	/**
	 * Sends a text as a request and waits for its reply.
	 * @see #sendAndReceive(byte[])
	 */
	String sendAndReceive(String request);

	/**
	 * Sends the rest of a packet, with recovery {@link Recovery#MANUAL manual}, before
	 * anything else. Waits until it is out, at the latest until {@code send_timeout}; at
	 * another timeout the exception carries a new rest.
	 * @param rest what {@link SendTimeoutException#rest()} returned
	 * @throws GenTcpException if the packet is still not whole
	 * @throws IllegalArgumentException if the rest is not of this client, or was resumed
	 * before
	 */
	void resume(RestData rest);

	/**
	 * Uses the socket itself: raw results instead of exceptions, and receiving. Runs the
	 * callback on the calling thread, on the shared connection, when no request waits for
	 * its reply; requests and callbacks that come later wait meanwhile, plain sends do
	 * not. Waits for its turn at the latest until the reply timeout.
	 * <p>
	 * Packets that arrive meanwhile are the callback's to receive. A callback that leaves
	 * a part of a packet out resumes the rest or closes the socket: nobody else will. The
	 * socket must not be used after the callback has returned.
	 * <p>
	 * How packets are read, that is {@code packet} with its sizes, {@code header} and
	 * {@code active}, is set back when the callback returns. Until then it holds for the
	 * connection: plain sends of others go out with that packet type too, and setting it
	 * to raw gives up the rest of any partial packet. Other options that the callback
	 * sets stay until the connection closes.
	 * @param <T> what the callback returns
	 * @param callback what to do
	 * @return what the callback returned
	 * @throws ConnectionBusyException if the connection could not be had in time
	 * @throws GenTcpException if there is no connection
	 * @throws IllegalStateException if the client is closed, or within another callback
	 */
	@CanIgnoreReturnValue
	<T extends @Nullable Object> T execute(GenTcpCallback<T> callback);

}

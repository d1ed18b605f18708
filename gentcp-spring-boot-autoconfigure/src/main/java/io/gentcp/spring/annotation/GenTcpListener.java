package io.gentcp.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Makes a method the listener of a server: it is called with each packet that a
 * connection receives, on the virtual thread of that connection, so it may block.
 *
 * <pre>
 * &#64;GenTcpListener("edge")
 * String greet(String packet) {
 *     return "hello " + packet;
 * }
 * </pre>
 *
 * The method has one parameter for the packet. Where the server's packet type delivers
 * bytes, that is {@code byte[]}, {@code String} in the server's charset,
 * {@code ByteBuffer}, {@link io.gentcp.packet.Packet.Bytes Packet.Bytes} or, with
 * {@code header} set, {@link io.gentcp.packet.Packet.WithHeader Packet.WithHeader}. With
 * the http types it is {@link io.gentcp.packet.HttpPacket HttpPacket}, with ssl_tls
 * {@link io.gentcp.packet.Packet.TlsRecord Packet.TlsRecord}.
 * {@link io.gentcp.packet.Packet Packet} takes anything, also after {@code packet} was
 * changed on the connection. What does not cover all that the server delivers stops
 * start-up.
 * <p>
 * A further parameter, anywhere, may be the {@link io.gentcp.spring.core.GenTcpConnection
 * GenTcpConnection} that the packet came from, or its {@link io.gentcp.TcpSocket
 * TcpSocket}. With {@code active: once} the method may receive on it and change its
 * options: the packets of a connection are handled on one thread.
 * <p>
 * What the method returns, {@code byte[]}, {@code String}, {@code ByteBuffer} or a
 * {@code Packet} of bytes, is sent back as a packet; {@code null} and {@code void} send
 * nothing. If it throws, that is logged and the connection is closed.
 * <p>
 * A server has one listener.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface GenTcpListener {

	/**
	 * The server's name, as in {@code gentcp.server.<name>}. May be left out if there is
	 * one server only. Placeholders are resolved.
	 */
	@AliasFor("server")
	String value() default "";

	/**
	 * The server's name; the same as {@link #value}.
	 */
	@AliasFor("value")
	String server() default "";

	/**
	 * Whether the method is called on the poller that found the packet, and not on the
	 * virtual thread of its connection, but for what is there when that begins. That
	 * saves two switches of threads, which is most of what a small packet costs; but all
	 * connections of that poller wait meanwhile. So it is for methods that only compute.
	 * Such a method must not block, neither on a lock that is held for longer, nor in a
	 * database, nor in a client of this starter, and it must not receive. What it sends
	 * does not wait: on the socket backend, what the kernel does not take at once has
	 * timed out.
	 */
	boolean inline() default false;

}

package io.gentcp.examples;

import java.nio.ByteBuffer;
import java.time.Duration;

import io.gentcp.AcceptResult;
import io.gentcp.ListenSocket;
import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.SetOptionsResult;
import io.gentcp.TcpSocket;
import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;

/** Answers each request with its body. It listens with packet http and a packet_size. */
public final class HttpServerExample {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	public static void serve(ListenSocket listen) {
		while (listen.accept() instanceof AcceptResult.Accepted(TcpSocket socket)) {
			Thread.ofVirtual().start(() -> serve(socket));
		}
	}

	private static void serve(TcpSocket socket) {
		int length = 0;
		boolean goesOn = true;
		try (socket) {
			while (goesOn && socket.recv(PATIENCE) instanceof RecvResult.Received(HttpPacket packet)) {
				switch (packet) {
					case HttpPacket.Request request -> length = 0;
					case HttpPacket.Header(int index, String name, String original, String value) ->
						length = name.equals("Content-Length") ? Integer.parseInt(value) : length;
					case HttpPacket.EndOfHeaders end ->
						goesOn = (length == 0) ? reply(socket, new byte[0]) : echo(socket, length);
					case HttpPacket noRequest -> goesOn = false;
				}
			}
		}
	}

	/** A body is no packet. Behind it the start line of the next request is expected. */
	private static boolean echo(TcpSocket socket, int length) {
		return length < 1_000_000
				&& socket.setOptions((options) -> options.packet(PacketType.RAW)) instanceof SetOptionsResult.Set
				&& socket.recv(length, PATIENCE) instanceof RecvResult.Received(Packet.Bytes(byte[] body))
				&& socket.setOptions((options) -> options.packet(PacketType.HTTP)) instanceof SetOptionsResult.Set
				&& reply(socket, body);
	}

	private static boolean reply(TcpSocket socket, byte[] body) {
		byte[] head = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(body.length).getBytes();
		ByteBuffer reply = ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip();
		return socket.send(reply) instanceof SendResult.Sent;
	}

}

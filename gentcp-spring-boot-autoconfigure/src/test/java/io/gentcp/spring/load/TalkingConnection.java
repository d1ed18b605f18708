package io.gentcp.spring.load;

import java.util.Arrays;

import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;

/** A connection of the client; belongs to one thread at a time. */
final class TalkingConnection {

	private final int number;

	private final TcpSocket socket;

	private long packets;

	TalkingConnection(int number, TcpSocket socket) {
		this.number = number;
		this.socket = socket;
	}

	/**
	 * Sends the next packet and verifies its reply.
	 * @throws IllegalStateException if there is none, or it is another
	 */
	Tally exchange() {
		NumberedPacket packet = new NumberedPacket(this.number, ++this.packets);
		byte[] request = packet.request();
		SendResult sent = this.socket.send(request);
		if (!(sent instanceof SendResult.Sent)) {
			throw new IllegalStateException("%s was not sent: %s".formatted(packet, sent));
		}
		RecvResult received = this.socket.recv(LoadClient.PATIENCE);
		if (!(received instanceof RecvResult.Received(Packet.Bytes(byte[] reply)))) {
			throw new IllegalStateException("%s has no reply: %s".formatted(packet, received));
		}
		if (!Arrays.equals(reply, packet.reply())) {
			throw new IllegalStateException("%s has the reply of %s".formatted(packet, NumberedPacket.of(reply)));
		}
		return new Tally(1, request.length, reply.length);
	}

}

package io.gentcp;

import java.nio.ByteBuffer;

import io.gentcp.packet.DecodeResult;
import io.gentcp.packet.Invalid;
import io.gentcp.packet.More;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.PacketCount;

/**
 * Takes packets out of bytes, as the options of the socket say at that moment, and counts
 * them. Belongs to the thread whose turn it is to receive.
 */
final class PacketDecoder {

	private final TcpSocket socket;

	private final UndecodedBytes undecoded = new UndecodedBytes();

	private final PacketCount received = new PacketCount();

	PacketDecoder(TcpSocket socket) {
		this.socket = socket;
	}

	/** What arrived and is no packet yet. */
	UndecodedBytes undecoded() {
		return this.undecoded;
	}

	/** The next packet, as the application gets it. */
	DecodeResult decode(ByteBuffer bytes) {
		int start = bytes.position();
		Framing framing = this.socket.framing();
		return switch (framing.decode(bytes)) {
			case Packet packet -> counted(packet, bytes.position() - start, framing);
			case More more -> more;
			case Invalid invalid -> mayBeTls(framing) ? TlsFromPeer.explained(invalid, bytes) : invalid;
		};
	}

	/** Whether these are the first bytes, and TLS is not what is expected. */
	private boolean mayBeTls(Framing framing) {
		return received().packets() == 0 && !framing.options().packet().equals(PacketType.SSL_TLS)
				&& this.socket.tlsSession().isEmpty();
	}

	/** So many bytes of a raw stream. */
	DecodeResult decode(ByteBuffer bytes, int length) {
		if (bytes.remaining() < length) {
			return More.of(length);
		}
		byte[] packet = new byte[length];
		bytes.get(packet);
		return counted(new Packet.Bytes(packet), length, this.socket.framing());
	}

	/** Counted as it was on the wire. */
	private Packet counted(Packet packet, int size, Framing framing) {
		this.received.add(size);
		this.undecoded.taken(size);
		return framing.delivered(packet);
	}

	/** Any thread may call it. */
	PacketCount.Snapshot received() {
		return this.received.snapshot();
	}

}

package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;

/**
 * The bytes of some packets, and what to send of them at once.
 *
 * @param question the type and the limits with which they are received
 * @param pieces the sizes of the pieces
 */
record PacketStream(DecodeQuestion question, List<Integer> pieces) {

	/** Sends the bytes, and then the end, to whoever listens there. */
	PeerConnection sendTo(int port) {
		List<ByteBuffer> sent = new ArrayList<>();
		int at = 0;
		for (int size : this.pieces) {
			sent.add(ByteBuffer.wrap(this.question.bytes(), at, size));
			at += size;
		}
		return ScriptedPeer.connecting("127.0.0.1", port, Step.readAll(), new Step.Send(sent, Duration.ZERO),
				Step.halfClose());
	}

	/** The row of vectors that it would be, and how it is cut. */
	@Override
	public String toString() {
		return "%s in pieces of %s".formatted(this.question.row("\"?\""), this.pieces);
	}

}

package io.gentcp.benchmarks.codec;

import java.nio.ByteBuffer;

import io.gentcp.packet.PacketCodec;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Packets in a buffer that shows one byte more at a time. */
@State(Scope.Thread)
public class TricklingPackets {

	private static final int SIZE = 64;

	/** The packet type. */
	@Param({ "4", "line", "http" })
	public String packet = "4";

	ByteBuffer in = ByteBuffer.allocate(0);

	PacketCodec codec = PacketType.FOUR.codec(PacketLimits.NONE);

	/** Puts the packets into the buffer, and shows nothing of them yet. */
	@Setup
	public void fill() {
		PacketType type = PacketType.of(this.packet);
		this.in = ByteBuffer.wrap(TypicalPackets.of(type, SIZE)).limit(0);
		this.codec = type.codec(PacketLimits.NONE);
	}

}

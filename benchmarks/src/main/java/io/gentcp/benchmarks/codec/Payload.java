package io.gentcp.benchmarks.codec;

import java.nio.ByteBuffer;

import io.gentcp.packet.PacketCodec;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What an application sends with a length in front, and room for that. */
@State(Scope.Thread)
public class Payload {

	private static final int SIZE = 64;

	/** The packet type. */
	@Param({ "1", "2", "4" })
	public String packet = "4";

	final ByteBuffer payload = ByteBuffer.allocate(SIZE);

	ByteBuffer header = ByteBuffer.allocate(0);

	PacketCodec codec = PacketType.FOUR.codec(PacketLimits.NONE);

	/** Makes room for the header. */
	@Setup
	public void makeRoom() {
		this.codec = PacketType.of(this.packet).codec(PacketLimits.NONE);
		this.header = ByteBuffer.allocate(this.codec.headerSize(SIZE));
	}

}

package io.gentcp.benchmarks.codec;

import java.nio.ByteBuffer;

import io.gentcp.packet.PacketCodec;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * As many whole packets as one read may bring. With raw all that was read is one packet,
 * so there it is one of the given size.
 */
@State(Scope.Thread)
public class FullBuffer {

	/** What a connection reads at most at a time. */
	private static final int READ_SIZE = 128 * 1024;

	/** The packet type. Those that end in {@code _bin} have the codecs of the others. */
	@Param({ "raw", "1", "2", "4", "asn1", "sunrm", "cdr", "fcgi", "tpkt", "line", "http", "httph", "ssl_tls" })
	public String packet = "raw";

	/** The bytes of a body, with 1 at most 255; with http those of the cookie. */
	@Param({ "64", "1024" })
	public int size;

	/** What has just been read is direct; what was left over from that is on the heap. */
	@Param({ "direct", "heap" })
	public String buffer = "direct";

	ByteBuffer in = ByteBuffer.allocate(0);

	PacketCodec codec = PacketType.RAW.codec(PacketLimits.NONE);

	/** Fills the buffer. */
	@Setup
	public void fill() {
		PacketType type = PacketType.of(this.packet);
		byte[] packets = TypicalPackets.of(type, this.size);
		int times = type.isFramed() ? READ_SIZE / packets.length : 1;
		int bytes = times * packets.length;
		this.in = this.buffer.equals("direct") ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
		for (int i = 0; i < times; i++) {
			this.in.put(packets);
		}
		this.in.flip();
		this.codec = type.codec(PacketLimits.NONE);
	}

}

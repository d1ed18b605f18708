package io.gentcp.benchmarks.systems;

import io.gentcp.benchmarks.peer.Served;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.flush.FlushConsolidationHandler;

/** Packets with 4 bytes of length in front, in Netty's buffers. */
final class NettyPackets {

	/** Bytes of the length, which received packets keep. */
	static final int HEADER = 4;

	private static final int MOST = 128 << 20;

	/** From this size on a packet is not copied into a buffer of Netty's. */
	private static final int LARGE = 32 << 10;

	private static final int FLUSHES = 256;

	private NettyPackets() {
	}

	/** Returns what puts flushes together. */
	static ChannelHandler flushes() {
		return new FlushConsolidationHandler(FLUSHES, true);
	}

	/** Returns what tells packets apart. */
	static ChannelHandler frames() {
		return new LengthFieldBasedFrameDecoder(MOST, 0, HEADER);
	}

	/** Returns a packet with its length, ready to be written. */
	static ByteBuf of(ByteBufAllocator buffers, byte[] packet) {
		if (packet.length >= LARGE) {
			return Unpooled.wrappedBuffer(buffers.ioBuffer(HEADER).writeInt(packet.length),
					Unpooled.wrappedBuffer(packet));
		}
		return buffers.ioBuffer(HEADER + packet.length).writeInt(packet.length).writeBytes(packet);
	}

	/** Returns the answer to the question how many packets were counted. */
	static ByteBuf count(ByteBufAllocator buffers, long packets) {
		return buffers.ioBuffer(HEADER + 1 + Long.BYTES)
			.writeInt(1 + Long.BYTES)
			.writeByte(Served.COUNT)
			.writeLong(packets);
	}

	/** Returns the first byte of a received packet. */
	static byte first(ByteBuf packet) {
		return packet.getByte(packet.readerIndex() + HEADER);
	}

	/** Returns how many were counted, as a received packet says. */
	static long count(ByteBuf packet) {
		return packet.getLong(packet.readerIndex() + HEADER + 1);
	}

	/** Returns a received packet without its length. */
	static byte[] bytes(ByteBuf packet) {
		byte[] bytes = new byte[packet.readableBytes() - HEADER];
		packet.getBytes(packet.readerIndex() + HEADER, bytes);
		return bytes;
	}

}

package io.gentcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;

/** Receives, and now and then takes nothing for a while, so that the peer cannot send. */
record StallingReceiver(TcpSocket socket, PacketType type) {

	private static final Duration STALL = Duration.ofMillis(30);

	/** Returns the checksums of so many packets, or of a raw stream of so many bytes. */
	List<Long> checksums(int packets, int bytes) {
		return this.type.isFramed() ? ofPackets(packets) : ofStream(bytes);
	}

	private List<Long> ofPackets(int count) {
		List<Long> checksums = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			stallIf(i % 200 == 0);
			checksums.add(PacketSeries.checksum(recv(0)));
		}
		return checksums;
	}

	private List<Long> ofStream(int size) {
		Random random = new Random(7);
		CRC32 checksum = new CRC32();
		int left = size;
		while (left > 0) {
			stallIf(random.nextInt(200) == 0);
			byte[] bytes = recv(random.nextBoolean() ? 0 : Math.min(left, 1 + random.nextInt(5_000)));
			checksum.update(bytes);
			left -= bytes.length;
		}
		return List.of(checksum.getValue());
	}

	private static void stallIf(boolean stalls) {
		if (stalls) {
			LockSupport.parkNanos(STALL.toNanos());
		}
	}

	private byte[] recv(int length) {
		RecvResult result = this.socket.recv(length, Connected.PATIENCE);
		if (result instanceof RecvResult.Received(Packet.Bytes(byte[] packet))) {
			return packet;
		}
		throw new AssertionError("received " + result);
	}

}

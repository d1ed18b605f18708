package io.gentcp.benchmarks.codec;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.gentcp.packet.DecodeResult;
import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

import static org.assertj.core.api.Assertions.assertThat;

/** What is measured is what the names of the parameters say. */
class CodecBenchmarksTests {

	private final CodecBenchmarks benchmarks = new CodecBenchmarks();

	@Test
	void everyPacketTypeOfErlangIsMeasured() throws Exception {
		Set<String> names = new TreeSet<>();
		for (Field constant : PacketType.class.getFields()) {
			PacketType type = (PacketType) constant.get(null);
			names.add(type.name().replace("_bin", ""));
		}
		assertThat(params(FullBuffer.class, "packet")).containsExactlyInAnyOrderElementsOf(names);
	}

	@ParameterizedTest
	@MethodSource("fullBuffers")
	void aFullBufferGivesNothingButPacketsOfItsType(String packet, int size) {
		FullBuffer buffer = new FullBuffer();
		buffer.packet = packet;
		buffer.size = size;
		buffer.fill();
		Class<? extends Packet> delivered = PacketType.of(packet).delivers();
		do {
			assertThat(this.benchmarks.decode(buffer)).isInstanceOf(delivered).isNotInstanceOf(HttpPacket.Error.class);
		}
		while (buffer.in.hasRemaining());
		assertThat(this.benchmarks.decode(buffer)).as("once more from the beginning").isInstanceOf(delivered);
	}

	@ParameterizedTest
	@MethodSource("tricklingPackets")
	void tricklingPacketsAreThoseOfAFullBuffer(String packet) {
		FullBuffer buffer = new FullBuffer();
		buffer.packet = packet;
		buffer.size = 64;
		buffer.fill();
		TricklingPackets trickling = new TricklingPackets();
		trickling.packet = packet;
		trickling.fill();
		List<DecodeResult> packets = new ArrayList<>();
		List<DecodeResult> trickled = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			packets.add(this.benchmarks.decode(buffer));
			trickled.add(this.benchmarks.decodeByteByByte(trickling));
		}
		assertThat(trickled).isEqualTo(packets);
	}

	static Stream<Object[]> fullBuffers() throws Exception {
		List<String> sizes = params(FullBuffer.class, "size").toList();
		return params(FullBuffer.class, "packet")
			.flatMap((packet) -> sizes.stream().map((size) -> new Object[] { packet, size }));
	}

	static Stream<String> tricklingPackets() throws Exception {
		return params(TricklingPackets.class, "packet");
	}

	private static Stream<String> params(Class<?> state, String field) throws NoSuchFieldException {
		return Stream.of(state.getField(field).getAnnotation(Param.class).value());
	}

}

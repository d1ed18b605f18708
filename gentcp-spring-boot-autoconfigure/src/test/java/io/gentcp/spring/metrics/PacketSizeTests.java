package io.gentcp.spring.metrics;

import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.Packet;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What counts as the size of a packet that has arrived. */
class PacketSizeTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final PacketSizeMeters sizes = new PacketSizeMeters();

	private String received(Packet packet) {
		this.sizes.publish(this.registry, Tags.empty());
		this.sizes.received(packet);
		var summary = this.registry.get("gentcp.packet.size").tag("direction", "received").summary();
		return "%d of %.0f bytes".formatted(summary.count(), summary.totalAmount());
	}

	@Test
	void aHeaderThatIsSetApartIsPartOfThePacket() {
		assertThat(received(new Packet.WithHeader(new byte[2], new byte[3]))).isEqualTo("1 of 5 bytes");
	}

	@Test
	void aTlsRecordIsAsLargeAsWhatItCarries() {
		assertThat(received(new Packet.TlsRecord(22, 3, 3, new byte[7]))).isEqualTo("1 of 7 bytes");
	}

	@Test
	void aLineOfHttpWasTakenApartAndHasNoSize() {
		assertThat(received(new HttpPacket.EndOfHeaders())).isEqualTo("0 of 0 bytes");
	}

}

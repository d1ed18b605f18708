package io.gentcp.spring.metrics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.PacketBytes;
import io.gentcp.spring.core.Role;
import io.gentcp.spring.core.SocketClosedException;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.transport.Backend;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The catalogue of meters, its page, and what a registry holds, are the same. */
class CatalogueTests {

	private static final Path PAGE = Path.of("..", "docs", "metrics.md");

	@Test
	void thePageHasEveryMeterAsItIs() throws IOException {
		assertThat(rows("gentcp\\.[a-z.]+` \\| (?:gauge|counter|timer|summary) "))
			.containsExactlyElementsOf(Arrays.stream(GenTcpMeter.values()).map(CatalogueTests::documented).toList());
	}

	@Test
	void thePageHasEveryTagWithItsValues() throws IOException {
		assertThat(rows("[a-z.]+` \\| (?:any|`)"))
			.containsExactlyElementsOf(Arrays.stream(GenTcpMeterTag.values()).map(CatalogueTests::documented).toList());
	}

	private static List<String> rows(String start) throws IOException {
		return Pattern.compile("^\\| `" + start + ".*\\|$", Pattern.MULTILINE)
			.matcher(Files.readString(PAGE))
			.results()
			.map((row) -> row.group())
			.toList();
	}

	private static String documented(GenTcpMeter meter) {
		String tags = meter.tags()
			.stream()
			.skip(2)
			.map((tag) -> "`%s`".formatted(tag.key()))
			.collect(Collectors.joining(", "));
		String roles = (meter.roles().size() == 1) ? meter.roles().iterator().next().toString() : "both";
		return "| `%s` | %s | %s | %s | %s | %s |"
			.formatted(meter.meterName(), meter.kind(), meter.baseUnit(), roles, tags, meter.description())
			.replaceAll("\\|  (?=\\|)", "| ");
	}

	private static String documented(GenTcpMeterTag tag) {
		String values = tag.allowed().stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
		return "| `%s` | %s |".formatted(tag.key(), values.isEmpty() ? "any" : values);
	}

	@ParameterizedTest
	@EnumSource(Backend.class)
	void aRegistryHoldsTheCatalogueAndNothingElse(Backend backend) {
		try (MeteredEndpoints meters = new MeteredEndpoints(backend, true)) {
			failAndTalk(meters);

			for (Role role : Role.values()) {
				assertThat(ofRole(meters.registry(), role.toString()).map(Shape::of)).as("meters of a " + role)
					.hasSameElementsAs(Arrays.stream(GenTcpMeter.values())
						.filter((meter) -> meter.roles().contains(role))
						.map(Shape::of)
						.toList());
			}
			assertThat(meters.registry().getMeters()).as("all of them are a client's or a server's")
				.hasSameSizeAs(Stream.concat(ofRole(meters.registry(), "client"), ofRole(meters.registry(), "server"))
					.toList());
		}
	}

	@ParameterizedTest
	@EnumSource(Backend.class)
	void aTagWithAClosedSetOfValuesHasAllOfThemFromTheStart(Backend backend) {
		try (MeteredEndpoints meters = new MeteredEndpoints(backend, true)) {
			failAndTalk(meters);

			for (GenTcpMeter meter : GenTcpMeter.values()) {
				meter.tags()
					.stream()
					.filter((tag) -> !tag.allowed().isEmpty())
					.filter((tag) -> tag != GenTcpMeterTag.ROLE && tag != GenTcpMeterTag.BACKEND)
					.forEach((tag) -> assertThat(
							meters.registry().find(meter.meterName()).tag("role", role(meter)).meters())
						.extracting((found) -> found.getId().getTag(tag.key()))
						.as("%s of %s", tag, meter)
						.containsOnly(tag.allowed().toArray(String[]::new)));
			}
		}
	}

	private static String role(GenTcpMeter meter) {
		return meter.roles().iterator().next().toString();
	}

	@ParameterizedTest
	@EnumSource(Backend.class)
	void noTagHasAnAddressOrAPort(Backend backend) {
		try (MeteredEndpoints meters = new MeteredEndpoints(backend, true)) {
			int port = failAndTalk(meters);

			Set<String> values = meters.registry()
				.getMeters()
				.stream()
				.flatMap((meter) -> meter.getId().getTags().stream())
				.map(Tag::getValue)
				.collect(Collectors.toSet());
			Set<String> known = Arrays.stream(GenTcpMeterTag.values())
				.flatMap((tag) -> tag.allowed().stream())
				.collect(Collectors.toSet());
			assertThat(values).contains("orders", "edge", "4", "IllegalStateException")
				.noneMatch((value) -> value.contains("127.0.0.1") || value.contains(String.valueOf(port)));
			values.removeAll(known);
			assertThat(values).as("what the application has named")
				.containsExactlyInAnyOrder("orders", "edge", "4", "IllegalStateException");
		}
	}

	/** Everything that makes meters: a client of a server whose handler fails. */
	private static int failAndTalk(MeteredEndpoints meters) {
		GenTcpListenerContainer server = meters.server((packet, connection) -> {
			if (PacketBytes.of(packet).length == 1) {
				throw new IllegalStateException("%s is no packet of ours".formatted(connection));
			}
			return ByteBuffer.wrap(PacketBytes.of(packet));
		}, UnaryOperator.identity());
		GenTcpTemplate client = meters.client(server.port(), UnaryOperator.identity());
		client.setPacketHandler((packet, connection) -> {
			throw new IllegalStateException("nobody asked %s for it".formatted(connection));
		});
		assertThat(client.sendAndReceive(new byte[2])).hasSize(2);
		assertThatExceptionOfType(SocketClosedException.class).isThrownBy(() -> client.sendAndReceive(new byte[1]));
		meters.awaitValue(1, GenTcpMeter.CONNECTION_DURATION, "role", "client");
		// Echoed, though it is no request.
		client.send(new byte[3]);
		meters.awaitValue(2, GenTcpMeter.CONNECTION_DURATION, "role", "server");
		meters.awaitValue(2, GenTcpMeter.CONNECTION_DURATION, "role", "client");
		return server.port();
	}

	private static Stream<Meter> ofRole(SimpleMeterRegistry registry, String role) {
		return registry.getMeters().stream().filter((meter) -> role.equals(meter.getId().getTag("role")));
	}

	/** What the catalogue says of a meter, and a registry too. */
	private record Shape(String name, String kind, String unit, String description, List<String> tags) {

		static Shape of(GenTcpMeter meter) {
			return new Shape(meter.meterName(), meter.kind().toString(), meter.baseUnit(), meter.description(),
					sorted(meter.tags().stream().map(GenTcpMeterTag::key)));
		}

		static Shape of(Meter meter) {
			String kind = switch (meter.getId().getType()) {
				case GAUGE -> "gauge";
				case COUNTER -> "counter";
				case TIMER -> "timer";
				case DISTRIBUTION_SUMMARY -> "summary";
				case LONG_TASK_TIMER, OTHER -> "other";
			};
			String unit = meter.getId().getBaseUnit();
			return new Shape(meter.getId().getName(), kind, (unit == null || kind.equals("timer")) ? "" : unit,
					String.valueOf(meter.getId().getDescription()),
					sorted(meter.getId().getTags().stream().map(Tag::getKey)));
		}

		private static List<String> sorted(Stream<String> keys) {
			return keys.sorted(Comparator.naturalOrder()).toList();
		}

	}

}

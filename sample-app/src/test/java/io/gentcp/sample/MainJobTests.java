package io.gentcp.sample;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.gentcp.test.FreePort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a person does with the application, over HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class MainJobTests {

	private RestTestClient http;

	@DynamicPropertySource
	static void ports(DynamicPropertyRegistry registry) {
		int port = FreePort.find();
		registry.add("gentcp.server.echo.port", () -> port);
	}

	@BeforeEach
	void open(@LocalServerPort int port) {
		this.http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

	@AfterEach
	void release() {
		post("/release").expectStatus().isOk();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 65_536, 5_000_000, 67_108_864 })
	void aPacketOfAnySizeIsReceivedWhole(int size) {
		Seen sent = send(size);
		assertThat(sent.bytesTotal).isEqualTo(size + 4L);
		assertThat(sent.bytesOut + sent.rest).isEqualTo(sent.bytesTotal);
		awaitReceived(sent);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 1_000_000 })
	void theEchoIsTheSameByteForByte(int size) {
		post("/echo?size=" + size).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.size")
			.isEqualTo(size)
			.jsonPath("$.same")
			.isEqualTo(true);
	}

	@Test
	void theEndpointShowsThePartialPacketAndItsHealthIsADetail() {
		stall();
		Seen partial = send(5_000_000);
		this.http.get()
			.uri("/actuator/gentcp/packets")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.clients[0].sockets[0].partialPacket.rest")
			.isEqualTo(partial.rest);
		this.http.get()
			.uri("/actuator/health/gentcp/client/packets")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.details.partialPacket.rest")
			.isEqualTo(partial.rest);
		post("/release").expectStatus().isOk();
		awaitReceived(partial);
	}

	@Test
	void aPacketThatTimesOutIsReceivedWholeAfterTheStall() {
		stall();
		Seen partial = send(5_000_000);
		assertThat(partial.outcome).isEqualTo("timed out");
		assertThat(partial.bytesTotal).isEqualTo(5_000_004);
		assertThat(partial.bytesOut).isBetween(1L, 500_000L);
		assertThat(partial.bytesOut + partial.rest).isEqualTo(partial.bytesTotal);
		assertThat(partial.recovery).isEqualTo("running");
		assertThat(partial.received).isFalse();

		Seen takenBack = send(1_000);
		assertThat(takenBack.outcome).isEqualTo("timed out");
		assertThat(takenBack.bytesOut).isZero();
		assertThat(takenBack.rest).isEqualTo(1_004);
		assertThat(takenBack.recovery).isEqualTo("none");

		CompletableFuture<Seen> waiting = CompletableFuture.supplyAsync(() -> send(2_000));
		await().until(() -> latest().outcome.equals("sending"));
		post("/release").expectStatus().isOk();
		Seen behind = waiting.join();
		assertThat(behind.outcome).isEqualTo("sent");

		awaitReceived(partial);
		awaitReceived(behind);
		assertThat(packet(partial.id).recovery).isEqualTo("completed");
		assertThat(packet(partial.id).rest).as("stays what it was at the timeout").isEqualTo(partial.rest);
		assertThat(packet(takenBack.id).received).isFalse();
	}

	@Test
	void aSmallPacketIsOutBeforeTheStalledServerReceivesIt() {
		stall();
		Seen sent = send(1_000);
		assertThat(sent.outcome).isEqualTo("sent");
		assertThat(sent.bytesOut).isEqualTo(1_004);
		assertThat(sent.rest).isZero();
		assertThat(packet(sent.id).received).isFalse();
		post("/release").expectStatus().isOk();
		awaitReceived(sent);
	}

	@Test
	void anEchoThatDoesNotComeInTimeIsAProblemWithCounts() {
		stall();
		post("/echo?size=1000").expectStatus()
			.isEqualTo(HttpStatus.GATEWAY_TIMEOUT)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.bytesOut")
			.isEqualTo(1_004)
			.jsonPath("$.nothingSent")
			.isEqualTo(false);
	}

	@Test
	void stallingAStalledServerAndReleasingAReadingOneChangeNothing() {
		stall();
		stall();
		post("/release").expectBody().jsonPath("$.stalled").isEqualTo(false);
		post("/release").expectBody().jsonPath("$.stalled").isEqualTo(false);
		awaitReceived(send(10));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "67108865", "99999999999" })
	void aSizeOutOfRangeIsRejectedWithWhatIsAllowed(String size) {
		for (String path : new String[] { "/packets", "/echo" }) {
			post(path + "?size=" + size).expectStatus()
				.isBadRequest()
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.expectBody()
				.jsonPath("$.detail")
				.isEqualTo("size is %s; allowed: 0 to 67108864 bytes".formatted(size));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/packets", "/packets?size=", "/packets?size=many", "/echo?size=1.5" })
	void aSizeThatIsNoNumberIsRejected(String path) {
		post(path).expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains("size"));
	}

	@Test
	void aPacketThatIsNotInTheLogIsNotFound() {
		this.http.get()
			.uri("/packets/0")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void theLogKeepsTheLatestHundredPackets() {
		long last = IntStream.range(0, 101).mapToLong((size) -> send(size).id).max().orElseThrow();
		assertThat(packets()).hasSize(100);
		assertThat(latest().id).isEqualTo(last);
	}

	private RestTestClient.ResponseSpec post(String path) {
		return this.http.post().uri(path).exchange();
	}

	private void stall() {
		post("/stall").expectStatus().isOk().expectBody().jsonPath("$.stalled").isEqualTo(true);
	}

	private Seen send(int size) {
		return post("/packets?size=" + size).expectStatus()
			.isCreated()
			.expectBody(Seen.class)
			.returnResult()
			.getResponseBody();
	}

	private Seen packet(long id) {
		return this.http.get().uri("/packets/" + id).exchange().expectBody(Seen.class).returnResult().getResponseBody();
	}

	private Seen[] packets() {
		return this.http.get().uri("/packets").exchange().expectBody(Seen[].class).returnResult().getResponseBody();
	}

	private Seen latest() {
		Seen[] packets = packets();
		return packets[packets.length - 1];
	}

	private void awaitReceived(Seen packet) {
		await().atMost(Duration.ofSeconds(30)).until(() -> packet(packet.id).received);
	}

	/** A packet as the HTTP API shows it. */
	record Seen(long id, int size, String outcome, long bytesOut, long bytesTotal, long rest, String recovery,
			boolean received) {
	}

}

package io.gentcp.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.gentcp.test.FreePort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a person does with the application, in a browser. */
@Tag("interop")
@EnabledIf("isBrowserInstalled")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PageTests {

	private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	private static final Path CHROMEDRIVER = Path.of("/usr/bin/chromedriver");

	private ChromeDriver browser;

	static boolean isBrowserInstalled() {
		boolean installed = Files.isExecutable(CHROMIUM) && Files.isExecutable(CHROMEDRIVER);
		if (!installed) {
			System.out.println("PageTests skipped: Debian's packages chromium and chromium-driver are not installed");
		}
		return installed;
	}

	@DynamicPropertySource
	static void ports(DynamicPropertyRegistry registry) {
		int port = FreePort.find();
		registry.add("gentcp.server.echo.port", () -> port);
	}

	@BeforeEach
	void open(@LocalServerPort int port, @TempDir Path profile) {
		ChromeOptions options = new ChromeOptions().setBinary(CHROMIUM.toFile());
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--user-data-dir=" + profile, "--window-size=1200,900");
		this.browser = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(CHROMEDRIVER.toFile())
			.usingAnyFreePort()
			.build(), options);
		this.browser.get("http://localhost:" + port);
		awaitText("server", "reading");
	}

	@AfterEach
	void close() {
		if (this.browser != null) {
			this.browser.quit();
		}
	}

	@Test
	void aPacketThatTimesOutIsReceivedWholeAfterTheStall() {
		assertThat(text("empty")).isEqualTo("No packets yet.");
		click("stall");
		awaitText("server", "stalled");

		click("send");
		awaitText("notice", "Packet 1 timed out: ");
		awaitCells(0, "1", "5,000,000", "timed out", "running", "not yet");
		String counts = cells(0).get(4);
		assertThat(counts).matches("[\\d,]+ out \\+ [\\d,]+ rest = 5,000,004");

		enterSize("1000");
		click("send");
		awaitText("notice", "Packet 2 timed out with nothing out");
		awaitCells(0, "2", "1,000", "timed out", "taken back", "never sent");

		click("stall");
		awaitText("server", "reading");
		awaitCells(1, "1", "timed out", counts, "completed", "✓ received whole");

		click("echo");
		awaitText("notice", "1,000 bytes sent and returned, the same byte for byte");
		assertThat(this.browser.manage().logs().get("browser").getAll()).as("what the console says").isEmpty();
	}

	private void click(String id) {
		this.browser.findElement(By.id(id)).click();
	}

	private void enterSize(String size) {
		WebElement input = this.browser.findElement(By.id("size"));
		input.clear();
		input.sendKeys(size);
	}

	private String text(String id) {
		return this.browser.findElement(By.id(id)).getText();
	}

	private void awaitText(String id, String start) {
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(text(id)).startsWith(start));
	}

	private void awaitCells(int row, String... expected) {
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(cells(row)).contains(expected));
	}

	/**
	 * The cells of a packet, the latest in row 0. Read in one step, because the page
	 * draws its rows anew.
	 */
	@SuppressWarnings("unchecked")
	private List<String> cells(int row) {
		return (List<String>) this.browser.executeScript("""
				const row = document.querySelectorAll('#packets tr')[arguments[0]];
				return [...row.cells].map((cell) => cell.innerText.trim());""", row);
	}

}

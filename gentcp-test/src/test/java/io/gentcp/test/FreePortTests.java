package io.gentcp.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/** A port that a test chooses is there when the test listens. */
class FreePortTests {

	@RepeatedTest(20)
	void somebodyCanListenOnIt() throws IOException {
		int port = FreePort.find();
		try (ServerSocket socket = new ServerSocket(port)) {
			assertThat(socket.getLocalPort()).isEqualTo(port);
		}
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "other systems say their range elsewhere")
	void itIsNoneOfThoseThatConnectionsGet() throws IOException {
		try (BufferedReader range = Files.newBufferedReader(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))) {
			int lowest = Integer.parseInt(range.readLine().split("\\s+")[0]);
			assertThat(FreePort.find()).isLessThan(lowest);
		}
	}

}

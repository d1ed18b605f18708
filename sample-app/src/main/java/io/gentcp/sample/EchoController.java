package io.gentcp.sample;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

import io.gentcp.spring.annotation.GenTcpClient;
import io.gentcp.spring.core.GenTcpOperations;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sends a packet and waits for its echo. A client of its own, because replies are matched
 * to requests by their order: a connection on which requests are sent must bring nothing
 * but their replies.
 */
@RestController
final class EchoController {

	private final GenTcpOperations template;

	EchoController(@GenTcpClient("echo") GenTcpOperations template) {
		this.template = template;
	}

	@PostMapping("/echo")
	Echo echo(@RequestParam long size) {
		byte[] packet = new byte[PacketSize.check(size)];
		ThreadLocalRandom.current().nextBytes(packet);
		byte[] reply = this.template.sendAndReceive(packet);
		return new Echo(packet.length, Checksum.of(packet), Checksum.of(reply), Arrays.equals(packet, reply));
	}

	record Echo(int size, String checksum, String echoChecksum, boolean same) {
	}

}

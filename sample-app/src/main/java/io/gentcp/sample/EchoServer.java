package io.gentcp.sample;

import io.gentcp.spring.annotation.GenTcpListener;

import org.springframework.stereotype.Component;

/**
 * The TCP server: returns each packet byte for byte. It takes its next packet when it has
 * answered this one, so while the gate is closed it reads nothing, the buffers between
 * the two ends fill up, and the client's sends wait.
 */
@Component
final class EchoServer {

	private final ReadingGate gate;

	private final PacketLog log;

	EchoServer(ReadingGate gate, PacketLog log) {
		this.gate = gate;
		this.log = log;
	}

	@GenTcpListener("echo")
	byte[] echo(byte[] packet) throws InterruptedException {
		this.gate.pass();
		this.log.received(packet.length, Checksum.of(packet));
		return packet;
	}

}

package io.gentcp.sample;

import java.util.concurrent.ThreadLocalRandom;

import io.gentcp.spring.annotation.GenTcpClient;
import io.gentcp.spring.core.GenTcpException;
import io.gentcp.spring.core.GenTcpOperations;
import io.gentcp.spring.core.SendTimeoutException;

import org.springframework.stereotype.Component;

/**
 * The TCP client: sends packets of random bytes and writes down what becomes of each. It
 * asks for no replies; the echoes that come back are dropped.
 */
@Component
final class PacketSender {

	private final GenTcpOperations template;

	private final PacketLog log;

	PacketSender(@GenTcpClient("packets") GenTcpOperations template, PacketLog log) {
		this.template = template;
		this.log = log;
	}

	/**
	 * Sends a packet; waits at the latest until the send timeout.
	 * @return its number in the log
	 */
	long send(int size) {
		byte[] packet = new byte[size];
		ThreadLocalRandom.current().nextBytes(packet);
		long id = this.log.add(size, Checksum.of(packet));
		try {
			this.template.send(packet);
			this.log.change(id, SentPacket::sent);
		}
		catch (SendTimeoutException ex) {
			this.log.change(id, (sent) -> sent.timedOut(ex));
		}
		catch (GenTcpException ex) {
			this.log.change(id, (sent) -> sent.failed(ex));
		}
		return id;
	}

}

package io.gentcp.sample;

import java.time.Duration;

import io.gentcp.spring.annotation.GenTcpClient;
import io.gentcp.spring.core.GenTcpException;
import io.gentcp.spring.core.GenTcpOperations;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Stalls the server's reading, and releases it. */
@RestController
final class ServerController {

	private final ReadingGate gate;

	private final GenTcpOperations template;

	ServerController(ReadingGate gate, @GenTcpClient("packets") GenTcpOperations template) {
		this.gate = gate;
		this.template = template;
	}

	@GetMapping("/server")
	ServerState state() {
		return new ServerState(this.gate.isClosed());
	}

	/**
	 * Closes the gate and sends one small packet, because only a listener that has a
	 * packet waits at the gate. From then on the server reads nothing of this connection.
	 */
	@PostMapping("/stall")
	ServerState stall() throws InterruptedException {
		if (this.gate.close() && !bringListenerToGate()) {
			this.gate.open();
			throw new ResponseStatusException(HttpStatus.GATEWAY_TIMEOUT,
					"The server did not come to the gate in time.");
		}
		return state();
	}

	private boolean bringListenerToGate() throws InterruptedException {
		try {
			this.template.send("stall");
		}
		catch (GenTcpException ex) {
			this.gate.open();
			throw ex;
		}
		return this.gate.awaitArrival(Duration.ofSeconds(5));
	}

	@PostMapping("/release")
	ServerState release() {
		this.gate.open();
		return state();
	}

	record ServerState(boolean stalled) {
	}

}

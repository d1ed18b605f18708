package io.gentcp.sample;

import java.net.URI;
import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Sends packets on request, and tells what became of them. */
@RestController
final class PacketController {

	private final PacketSender sender;

	private final PacketLog log;

	PacketController(PacketSender sender, PacketLog log) {
		this.sender = sender;
		this.log = log;
	}

	@PostMapping("/packets")
	ResponseEntity<SentPacket> send(@RequestParam long size) {
		long id = this.sender.send(PacketSize.check(size));
		return ResponseEntity.created(URI.create("/packets/" + id)).body(packet(id));
	}

	@GetMapping("/packets")
	List<SentPacket> packets() {
		return this.log.all();
	}

	@GetMapping("/packets/{id}")
	SentPacket packet(@PathVariable long id) {
		return this.log.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"There is no packet " + id + " in the log."));
	}

}

package io.gentcp.spring.boot;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.gentcp.spring.core.GenTcpEvent;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

@Component
class Alarms {

	private final List<String> raised = new CopyOnWriteArrayList<>();

	@EventListener
	void raise(GenTcpEvent.ConnectFailed event) {
		this.raised.add(event.failure().getMessage());
	}

	@EventListener
	void raise(GenTcpEvent.PacketAbandoned event) {
		this.raised.add("%s: of a packet of %d bytes only %d are out, after %s".formatted(event.connection(),
				event.packetSize(), event.bytesOut(), event.took()));
	}

	List<String> raised() {
		return this.raised;
	}

}

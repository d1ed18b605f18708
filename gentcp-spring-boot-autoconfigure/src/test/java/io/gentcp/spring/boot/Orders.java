package io.gentcp.spring.boot;

import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.GenTcpOperations;
import io.gentcp.spring.core.SendTimeoutException;

import org.springframework.stereotype.Component;

@Component
class Orders {

	private final GenTcpOperations template;

	Orders(GenTcpOperations template) {
		this.template = template;
	}

	/** Returns whether the order is out or on its way; if not, it may be sent again. */
	boolean send(byte[] order) {
		try {
			this.template.send(order);
			return true;
		}
		catch (SendTimeoutException ex) {
			return !ex.nothingSent(); // the rest follows: see ex.recovery()
		}
	}

	@GenTcpListener("edge")
	byte[] receive(byte[] order) {
		return order; // what a listener returns is sent back
	}

}

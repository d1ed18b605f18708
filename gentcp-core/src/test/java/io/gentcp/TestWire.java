package io.gentcp;

import io.gentcp.transport.Engine;
import io.gentcp.transport.HoldingWire;
import io.gentcp.transport.HoldingWire.Valve;

/** The wires on which the suites run. */
enum TestWire {

	PLAIN {
		@Override
		GenTcp open() {
			return GenTcp.open();
		}
	},

	/** Takes bytes into records of 1,000 bytes, which then wait for the kernel. */
	HOLDING {
		@Override
		GenTcp open() {
			return new GenTcp(new Engine(1, (channel) -> new HoldingWire(channel, 1_000, Valve.open())));
		}
	};

	abstract GenTcp open();

	/**
	 * Opens a runtime whose connections let through what the valve allows, in records of
	 * this size.
	 */
	static GenTcp behind(Valve valve, int recordSize) {
		return new GenTcp(new Engine(1, (channel) -> new HoldingWire(channel, recordSize, valve)));
	}

}

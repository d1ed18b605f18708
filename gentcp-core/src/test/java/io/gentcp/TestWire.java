package io.gentcp;

import io.gentcp.transport.Engine;
import io.gentcp.transport.EngineOptions;
import io.gentcp.transport.HoldingWire;
import io.gentcp.transport.HoldingWire.Valve;
import io.gentcp.transport.TlsOptions;

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
			return new GenTcp(new Engine(EngineOptions.defaults().pollers(1),
					(channel) -> new HoldingWire(channel, 1_000, Valve.open())));
		}
	},

	/** TLS 1.3. The name makes a local socket no exception, which has no host. */
	TLS {
		private final TlsOptions tls = TlsOptions.of(TestCertificates.server()).serverName("localhost");

		@Override
		GenTcp open() {
			return GenTcp.open();
		}

		@Override
		SocketOptions of(SocketOptions options) {
			return options.tls(this.tls);
		}

		@Override
		int rounds(int plain) {
			return plain / 10;
		}
	};

	abstract GenTcp open();

	/** Returns these options for this wire. */
	SocketOptions of(SocketOptions options) {
		return options;
	}

	/** Returns how many rounds a stress test goes that goes so many on plain TCP. */
	int rounds(int plain) {
		return plain;
	}

	/**
	 * Opens a runtime whose connections let through what the valve allows, in records of
	 * this size.
	 */
	static GenTcp behind(Valve valve, int recordSize) {
		return new GenTcp(new Engine(EngineOptions.defaults().pollers(1),
				(channel) -> new HoldingWire(channel, recordSize, valve)));
	}

}

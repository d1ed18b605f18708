package io.gentcp.spring.core;

/** Whoever uses a connection beside its senders. Told by any thread; must not wait. */
interface ConnectionKeeper {

	/** Nobody who has to be told. */
	ConnectionKeeper NOBODY = new ConnectionKeeper() {

		@Override
		public void retired() {
		}

		@Override
		public void ended(ConnectionEnd end) {
		}

	};

	/** No more packets can be sent; what was sent may still be replied to. */
	void retired();

	/** The connection has ended, and its socket is closed. Told once. */
	void ended(ConnectionEnd end);

}

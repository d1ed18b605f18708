package io.gentcp.transport;

/** The socket backend: every sender waits until its write is settled. */
enum UntilOut implements Admission {

	INSTANCE;

	@Override
	public boolean admits(Write write) {
		return true;
	}

	@Override
	public void added(Write write) {
		// Its sender waits, as every sender does.
	}

	@Override
	public void left(int count) {
		// Nobody waits for room.
	}

	@Override
	public boolean release(Write write) {
		return false;
	}

	@Override
	public void configure(Watermarks watermarks) {
		// Nothing is queued that nobody waits for.
	}

}

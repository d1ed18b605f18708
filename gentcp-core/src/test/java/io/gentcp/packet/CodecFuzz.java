package io.gentcp.packet;

/** What Jazzer calls, in a process of its own, for one {@link FuzzTarget}. */
public final class CodecFuzz {

	/** The system property that names the target. */
	static final String TARGET = "gentcp.fuzz.target";

	private static final FuzzTarget target = FuzzTarget.valueOf(System.getProperty(TARGET));

	private CodecFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] bytes) {
		target.run(bytes);
	}

}

package io.gentcp.spring.annotation;

/**
 * A method cannot be the listener that its {@link GenTcpListener} says it is. Start-up
 * stops.
 */
public final class InvalidGenTcpListenerException extends RuntimeException {

	private final String problem;

	private final String remedy;

	/**
	 * Makes an exception about one method.
	 * @param problem which method, and what is wrong with it
	 * @param remedy what to do, or what is allowed
	 */
	public InvalidGenTcpListenerException(String problem, String remedy) {
		super(problem + ". " + remedy);
		this.problem = problem;
		this.remedy = remedy;
	}

	/** Returns which method, and what is wrong with it. */
	public String problem() {
		return this.problem;
	}

	/** Returns what to do, or what is allowed. */
	public String remedy() {
		return this.remedy;
	}

}

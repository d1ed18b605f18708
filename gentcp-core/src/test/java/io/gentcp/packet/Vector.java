package io.gentcp.packet;

import java.util.Optional;

/** A row of OTP's vectors, to be compared with what we do. */
@FunctionalInterface
public interface Vector {

	/**
	 * Does the same as OTP did, and fails if what comes out is neither the same nor
	 * different by decision.
	 * @return why it is different, nothing if it is the same
	 */
	Optional<Difference> run();

}

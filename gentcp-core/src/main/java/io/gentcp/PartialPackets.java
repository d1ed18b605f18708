package io.gentcp;

/**
 * What a send meets while only a part of an earlier packet is out. Either way nothing but
 * its rest is written.
 */
public enum PartialPackets {

	/** It is {@link SendResult.Refused refused} at once. */
	REFUSE,

	/**
	 * It waits, within its own send timeout, until the rest was resumed. For sockets
	 * whose rests are resumed in the background.
	 */
	WAIT

}

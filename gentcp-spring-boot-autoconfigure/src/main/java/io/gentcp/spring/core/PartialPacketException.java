package io.gentcp.spring.core;

/**
 * The packet was refused, because of an earlier packet only a part is out: written now,
 * it would end up inside that one. Nothing of it was sent. With recovery
 * {@link Recovery#MANUAL manual}, {@link GenTcpOperations#resume resume} the rest of the
 * earlier packet, then send again.
 */
public final class PartialPacketException extends GenTcpException {

	public PartialPacketException(String message, long bytesTotal) {
		super(message, null, 0, bytesTotal);
	}

}

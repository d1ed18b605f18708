package io.gentcp.packet;

import org.jspecify.annotations.Nullable;

/** A vector file that cannot be read; the message says where. */
final class MalformedVectorException extends RuntimeException {

	MalformedVectorException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}

package io.gentcp.spring.core;

import java.net.SocketAddress;
import java.time.Duration;

/**
 * What all connections of one client or server have in common when they send.
 *
 * @param role which side of the connections this application is
 * @param name what the client or server is called, in ids, messages and meters
 * @param description how messages begin: role, name and address
 * @param address what it connects to or listens on
 * @param sendTimeout how long a send may take
 * @param recovery what becomes of a packet that is partly out then
 * @param recoveryTimeout how long the background may take to complete it
 */
public record ConnectionSettings(Role role, String name, String description, SocketAddress address,
		Duration sendTimeout, Recovery recovery, Duration recoveryTimeout) {
}

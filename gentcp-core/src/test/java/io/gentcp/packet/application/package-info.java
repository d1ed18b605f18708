/**
 * Packet types as an application writes them: outside {@code io.gentcp.packet}, with
 * nothing but its public interfaces.
 */
@NullMarked
package io.gentcp.packet.application;

import org.jspecify.annotations.NullMarked;

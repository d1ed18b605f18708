/**
 * Packets in a stream of bytes: pure codecs that know neither sockets nor clocks nor
 * locks, after {@code erlang:decode_packet/3}.
 */
@NullMarked
@CheckReturnValue
package io.gentcp.packet;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

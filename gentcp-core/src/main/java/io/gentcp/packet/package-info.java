/** Bytes in, packets out: pure functions without I/O, clock or lock. */
@NullMarked
@CheckReturnValue
package io.gentcp.packet;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * How bytes reach the kernel. Knows nothing of packets; {@code io.gentcp} puts the two
 * together.
 */
@NullMarked
@CheckReturnValue
package io.gentcp.transport;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

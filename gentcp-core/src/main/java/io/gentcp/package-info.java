/** The vocabulary of {@code gen_tcp}: connect, listen, accept, send, recv. */
@NullMarked
@CheckReturnValue
package io.gentcp;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

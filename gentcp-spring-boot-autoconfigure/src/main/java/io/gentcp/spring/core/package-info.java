/** The template, its connections, and what it throws when the network fails. */
@NullMarked
@CheckReturnValue
package io.gentcp.spring.core;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

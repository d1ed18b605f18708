/** Many connections at once, from a second process: run by {@code -Pload} only. */
@NullMarked
package io.gentcp.spring.load;

import org.jspecify.annotations.NullMarked;

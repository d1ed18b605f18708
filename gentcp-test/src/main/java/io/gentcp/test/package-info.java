/** A peer that does what the test tells it, byte by byte. */
@NullMarked
package io.gentcp.test;

import org.jspecify.annotations.NullMarked;

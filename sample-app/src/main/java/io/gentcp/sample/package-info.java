/** One application that shows what gentcp is for. */
@NullMarked
package io.gentcp.sample;

import org.jspecify.annotations.NullMarked;

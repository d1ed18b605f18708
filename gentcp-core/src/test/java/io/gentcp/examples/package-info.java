/** Programs in plain Java that the documentation shows. */
@NullMarked
package io.gentcp.examples;

import org.jspecify.annotations.NullMarked;

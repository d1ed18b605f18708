/** Observations of what clients and servers do, by Micrometer. */
@NullMarked
package io.gentcp.spring.observation;

import org.jspecify.annotations.NullMarked;

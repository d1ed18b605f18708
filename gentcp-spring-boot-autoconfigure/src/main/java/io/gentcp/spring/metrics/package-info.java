/** The meters of clients and servers. */
@NullMarked
package io.gentcp.spring.metrics;

import org.jspecify.annotations.NullMarked;

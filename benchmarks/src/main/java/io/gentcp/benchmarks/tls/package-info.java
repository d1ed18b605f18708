/**
 * What TLS costs, beside Netty's {@code SslHandler} on the same engine of the JDK.
 */
@NullMarked
package io.gentcp.benchmarks.tls;

import org.jspecify.annotations.NullMarked;

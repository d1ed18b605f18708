/**
 * What a packet costs on its way into and out of core, over the loopback, with a peer
 * that allocates nothing: so what is allocated is core's.
 */
@NullMarked
package io.gentcp.benchmarks.send;

import org.jspecify.annotations.NullMarked;

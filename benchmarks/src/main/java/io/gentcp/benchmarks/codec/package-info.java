/**
 * What the codecs cost, without a socket.
 */
@NullMarked
package io.gentcp.benchmarks.codec;

import org.jspecify.annotations.NullMarked;

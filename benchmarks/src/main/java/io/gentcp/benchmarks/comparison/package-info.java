/**
 * Compares gentcp with its peers: starts them, has them work in turns, and writes down
 * what they reached.
 */
@NullMarked
package io.gentcp.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;

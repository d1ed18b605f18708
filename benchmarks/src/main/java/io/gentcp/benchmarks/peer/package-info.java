/**
 * What runs in the two processes of every system that is compared: a server that answers,
 * and a client that sends for a while and counts.
 */
@NullMarked
package io.gentcp.benchmarks.peer;

import org.jspecify.annotations.NullMarked;

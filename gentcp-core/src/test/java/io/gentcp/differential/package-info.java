/**
 * Random scripts that a real Erlang node and gentcp perform, and whether they end alike.
 */
@NullMarked
package io.gentcp.differential;

import org.jspecify.annotations.NullMarked;

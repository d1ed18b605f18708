/** Erlang itself as the other end of a test. */
package io.gentcp.erlang;

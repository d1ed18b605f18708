/** Containers that accept connections and hand each packet to a listener. */
@NullMarked
package io.gentcp.spring.listener;

import org.jspecify.annotations.NullMarked;

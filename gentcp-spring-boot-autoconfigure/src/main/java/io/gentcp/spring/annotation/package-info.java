/** Listener methods: {@code @GenTcpListener} and what makes a method one. */
@NullMarked
package io.gentcp.spring.annotation;

import org.jspecify.annotations.NullMarked;

/**
 * What an application annotates: {@code @GenTcpListener} makes a method the listener of a
 * server, {@code @GenTcpClient} picks a client.
 */
@NullMarked
package io.gentcp.spring.annotation;

import org.jspecify.annotations.NullMarked;

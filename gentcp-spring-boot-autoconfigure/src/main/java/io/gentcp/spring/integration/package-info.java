/** What an application that uses Spring Integration gets from gentcp. */
@NullMarked
package io.gentcp.spring.integration;

import org.jspecify.annotations.NullMarked;

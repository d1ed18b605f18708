/** Properties and auto-configuration; the only package that knows Spring Boot. */
@NullMarked
package io.gentcp.spring.boot;

import org.jspecify.annotations.NullMarked;

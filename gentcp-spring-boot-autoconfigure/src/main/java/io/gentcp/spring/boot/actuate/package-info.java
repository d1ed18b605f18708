/** What Spring Boot's actuator shows of clients and servers: health and an endpoint. */
@NullMarked
package io.gentcp.spring.boot.actuate;

import org.jspecify.annotations.NullMarked;

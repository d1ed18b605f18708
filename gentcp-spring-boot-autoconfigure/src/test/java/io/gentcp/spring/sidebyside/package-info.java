/**
 * The same flows of Spring Integration on spring-integration-ip and on gentcp, side by
 * side: a test class per flow, a {@link io.gentcp.spring.sidebyside.Library} per column.
 */
package io.gentcp.spring.sidebyside;

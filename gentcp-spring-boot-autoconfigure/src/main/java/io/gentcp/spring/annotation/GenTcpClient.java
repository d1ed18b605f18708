package io.gentcp.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Picks the template of one client, where there are several.
 *
 * <pre>{@code
 * Payments(@GenTcpClient("payment-switch") GenTcpOperations paymentSwitch) { ... }
 * }</pre>
 */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Qualifier
public @interface GenTcpClient {

	/**
	 * The client's name, as in {@code gentcp.client.<name>}.
	 */
	String value();

}

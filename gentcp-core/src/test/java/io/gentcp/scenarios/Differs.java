package io.gentcp.scenarios;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.gentcp.transport.Backend;

/**
 * A scenario that does not end as OTP's does, and the decision behind it: several, if
 * there are several.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Differs.All.class)
public @interface Differs {

	/** On which of our backends. */
	Backend on();

	/** Why. */
	Decision by();

	/** Our outcome, as Erlang would print it; an underscore stands for OTP's. */
	String ours();

	/** All of them. */
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.METHOD)
	public @interface All {

		Differs[] value();

	}

}

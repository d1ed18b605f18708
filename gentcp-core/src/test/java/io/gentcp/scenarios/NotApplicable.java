package io.gentcp.scenarios;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A scenario of OTP that has no counterpart here. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(NotApplicable.All.class)
public @interface NotApplicable {

	/** Which one. */
	String id();

	/** Why. */
	String because();

	/** All of them. */
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.TYPE)
	public @interface All {

		NotApplicable[] value();

	}

}

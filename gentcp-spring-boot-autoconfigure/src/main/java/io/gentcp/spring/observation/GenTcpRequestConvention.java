package io.gentcp.spring.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * The name and the keys of the observation of a request and its reply. A bean of this
 * type replaces the {@link #DEFAULT}; whatever it does not override is as it is there.
 */
public interface GenTcpRequestConvention extends ObservationConvention<GenTcpRequestContext> {

	/** The one that is used unless the application has its own. */
	GenTcpRequestConvention DEFAULT = new GenTcpRequestConvention() {
	};

	@Override
	default String getName() {
		return "gentcp.request";
	}

	@Override
	default String getContextualName(GenTcpRequestContext context) {
		return "request " + context.operation().endpoint().name();
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(GenTcpRequestContext context) {
		return OperationKeys.lowCardinality(context.operation(), context.getError());
	}

	@Override
	default KeyValues getHighCardinalityKeyValues(GenTcpRequestContext context) {
		return OperationKeys.highCardinality(context.operation());
	}

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof GenTcpRequestContext;
	}

}

package io.gentcp.spring.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * The name and the keys of the observation of the opening of a connection. A bean of this
 * type replaces the {@link #DEFAULT}; whatever it does not override is as it is there.
 */
public interface GenTcpConnectConvention extends ObservationConvention<GenTcpConnectContext> {

	/** The one that is used unless the application has its own. */
	GenTcpConnectConvention DEFAULT = new GenTcpConnectConvention() {
	};

	@Override
	default String getName() {
		return "gentcp.connect";
	}

	@Override
	default String getContextualName(GenTcpConnectContext context) {
		return "connect " + context.operation().endpoint().name();
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(GenTcpConnectContext context) {
		return OperationKeys.lowCardinality(context.operation(), context.getError());
	}

	@Override
	default KeyValues getHighCardinalityKeyValues(GenTcpConnectContext context) {
		return OperationKeys.highCardinality(context.operation());
	}

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof GenTcpConnectContext;
	}

}

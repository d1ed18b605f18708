package io.gentcp.spring.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * The name and the keys of the observation of the handling of a packet. A bean of this
 * type replaces the {@link #DEFAULT}; whatever it does not override is as it is there.
 */
public interface GenTcpReceiveConvention extends ObservationConvention<GenTcpReceiveContext> {

	/** The one that is used unless the application has its own. */
	GenTcpReceiveConvention DEFAULT = new GenTcpReceiveConvention() {
	};

	@Override
	default String getName() {
		return "gentcp.receive";
	}

	@Override
	default String getContextualName(GenTcpReceiveContext context) {
		return "receive " + context.operation().endpoint().name();
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(GenTcpReceiveContext context) {
		return OperationKeys.lowCardinality(context.operation(), context.getError());
	}

	@Override
	default KeyValues getHighCardinalityKeyValues(GenTcpReceiveContext context) {
		return OperationKeys.highCardinality(context.operation());
	}

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof GenTcpReceiveContext;
	}

}

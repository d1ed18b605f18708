package io.gentcp.spring.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * The name and the keys of the observation of the sending of a packet. A bean of this
 * type replaces the {@link #DEFAULT}; whatever it does not override is as it is there.
 */
public interface GenTcpSendConvention extends ObservationConvention<GenTcpSendContext> {

	/** The one that is used unless the application has its own. */
	GenTcpSendConvention DEFAULT = new GenTcpSendConvention() {
	};

	@Override
	default String getName() {
		return "gentcp.send";
	}

	@Override
	default String getContextualName(GenTcpSendContext context) {
		return "send " + context.operation().endpoint().name();
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(GenTcpSendContext context) {
		return OperationKeys.lowCardinality(context.operation(), context.getError());
	}

	@Override
	default KeyValues getHighCardinalityKeyValues(GenTcpSendContext context) {
		return OperationKeys.highCardinality(context.operation());
	}

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof GenTcpSendContext;
	}

}

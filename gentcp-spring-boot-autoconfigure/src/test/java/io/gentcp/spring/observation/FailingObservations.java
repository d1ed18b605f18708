package io.gentcp.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;

/** A handler that throws whenever it is called for one thing. */
record FailingObservations(Call call) implements ObservationHandler<Observation.Context> {

	@Override
	public boolean supportsContext(Observation.Context context) {
		return true;
	}

	@Override
	public void onStart(Observation.Context context) {
		failOn(Call.START);
	}

	@Override
	public void onError(Observation.Context context) {
		failOn(Call.ERROR);
	}

	@Override
	public void onScopeOpened(Observation.Context context) {
		failOn(Call.SCOPE_OPENED);
	}

	@Override
	public void onScopeClosed(Observation.Context context) {
		failOn(Call.SCOPE_CLOSED);
	}

	@Override
	public void onStop(Observation.Context context) {
		failOn(Call.STOP);
	}

	private void failOn(Call call) {
		if (call == this.call) {
			throw new LinkageError("observation: " + call);
		}
	}

	enum Call {

		START, ERROR, SCOPE_OPENED, SCOPE_CLOSED, STOP

	}

}

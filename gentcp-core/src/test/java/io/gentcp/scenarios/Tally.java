package io.gentcp.scenarios;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.gentcp.transport.Backend;

/** What came of the scenarios, each on each backend. Says so at the end of the run. */
final class Tally implements AutoCloseable {

	private final Set<String> asOtp = ConcurrentHashMap.newKeySet();

	private final Set<String> different = ConcurrentHashMap.newKeySet();

	private final Set<String> notApplicable = ConcurrentHashMap.newKeySet();

	void asOtp(String id, Backend backend) {
		this.asOtp.add(id + backend);
	}

	void differs(String id, Backend backend) {
		this.different.add(id + backend);
	}

	void notApplicable(String id, Backend backend) {
		this.notApplicable.add(id + backend);
	}

	@Override
	public void close() {
		System.out.printf("scenarios: %d as OTP, %d differ by decision, %d not applicable%n", this.asOtp.size(),
				this.different.size(), this.notApplicable.size());
	}

}

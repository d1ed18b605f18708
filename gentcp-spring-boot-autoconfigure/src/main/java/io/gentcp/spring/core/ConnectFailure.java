package io.gentcp.spring.core;

import java.time.Instant;

/**
 * What has become of the attempts of a client to connect, since it was last connected:
 * all of them have failed.
 *
 * @param attempts how many there were
 * @param since when the first of them failed
 * @param latest when the last of them failed
 * @param failure what those who waited for the last of them were told
 */
public record ConnectFailure(long attempts, Instant since, Instant latest, ConnectFailedException failure) {

	static ConnectFailure first(ConnectFailedException failure) {
		Instant now = Instant.now();
		return new ConnectFailure(1, now, now, failure);
	}

	ConnectFailure again(ConnectFailedException failure) {
		return new ConnectFailure(this.attempts + 1, this.since, Instant.now(), failure);
	}

}

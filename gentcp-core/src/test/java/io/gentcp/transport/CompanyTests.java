package io.gentcp.transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Senders are in company when they join in calls, or when many of them come by turns. */
class CompanyTests {

	private static final int PACKETS = 256;

	private final Company company = new Company();

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4, 7 })
	void fewWhoSendByTurnsAreAlone(int threads) {
		sendByTurns(threads);
		assertThat(this.company.isHere()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 16, 64, 1_000 })
	void manyWhoSendByTurnsAreCompanyUntilFewAreLeft(int threads) {
		sendByTurns(threads);
		assertThat(this.company.isHere()).isTrue();
		sendByTurns(4);
		assertThat(this.company.isHere()).isFalse();
	}

	@Test
	void manyAreCompanyAlsoWhereOneOfThemSendsMost() {
		for (int packet = 0; packet < PACKETS; packet++) {
			this.company.meet((packet % 3 == 0) ? packet : 1);
		}
		assertThat(this.company.isHere()).isTrue();
	}

	@Test
	void threadsThatHandleOneAfterTheOtherAreAlone() {
		for (int packet = 0; packet < PACKETS; packet++) {
			this.company.handles(100 + packet);
			this.company.meet(100 + packet);
		}
		assertThat(this.company.isHere()).isFalse();
	}

	@Test
	void thoseWhoseWritesGoAlongAreCompanyUntilEachGoesAlone() {
		takeAlong(8);
		assertThat(this.company.isHere()).isTrue();
		takeAlong(1);
		assertThat(this.company.isHere()).isFalse();
	}

	private void sendByTurns(int threads) {
		for (int packet = 0; packet < PACKETS; packet++) {
			this.company.meet(100 + packet % threads);
		}
	}

	private void takeAlong(int writes) {
		for (int call = 0; call < PACKETS; call++) {
			this.company.took(writes);
		}
	}

}

package io.gentcp.scenarios;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How outcomes are compared with OTP's. */
class TermTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			ok                       | ok                       | true
			ok                       | {error,closed}           | false
			{ok,_}                   | {ok,<<"a,}">>}           | true
			{ok,_}                   | {ok,[1,2],3}             | false
			{ok,_}                   | [ok,1]                   | false
			[{a,_},{error,closed}]   | [{a,{b,c}},{error,closed}] | true
			[{a,_},{error,closed}]   | [{a,{b,c}},{error,timeout}] | false
			{<<"a">>,<<0,1>>}        | {<<"a">>,<<0,2>>}        | false
			{ok,{a,"b,c"}}           | {ok,{a,"b,d"}}           | false
			{ok,[97,"]b,"],_}        | {ok,[97,"]b,"],"]"}      | true
			[]                       | [ok]                     | false
			""")
	void anUnderscoreStandsForAnyOneElement(String ours, String otp, boolean matches) {
		assertThat(new TermPattern(ours).matches(otp)).isEqualTo(matches);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			{ok,_}       | {ok,b}       | {a,b}       | true
			{ok,_}       | {ok,b}       | {a,c}       | false
			{ok,_}       | {no,b}       | {a,b}       | false
			{ok,_}       | {ok,b}       | n_a         | true
			{_,{ok,_}}   | {1,{ok,b}}   | {1,b}       | true
			""")
	void whereADecisionSaysNothingOtpDoes(String decided, String ours, String otp, boolean explains) {
		assertThat(new TermPattern(decided).explains(ours, otp)).isEqualTo(explains);
	}

	@Test
	void severalDecisionsSayMore() {
		TermPattern one = new TermPattern("[*,{b,2}]").expandedTo("[{a,1},{b,2},{c,3}]");
		assertThat(one.and(new TermPattern("[_,_,{c,_}]"))).isEqualTo(new TermPattern("[_,{b,2},{c,_}]"));
	}

}

package io.gentcp.scenarios;

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
		assertThat(Term.matches(ours, otp)).isEqualTo(matches);
	}

}

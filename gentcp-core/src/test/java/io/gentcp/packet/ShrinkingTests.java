package io.gentcp.packet;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is found among thousands of bytes is shown by the few that matter. */
class ShrinkingTests {

	@ParameterizedTest
	@CsvSource({ "xxaxxxxxbxxxxxxxxxxxxxxxxxxxxxxxxxxxxxcx, a.*b.*c, abc", "abc, a.*b.*c, abc", "xax, .*, ''",
			"x, x, x", "abcdef, nothing, abcdef", "'', .*, ''" })
	void onlyTheBytesThatMatterAreLeft(String bytes, String whatMatters, String left) {
		Function<List<byte[]>, Optional<byte[]>> firstToFail = (candidates) -> candidates.stream()
			.filter((candidate) -> new String(candidate).matches(".*" + whatMatters + ".*"))
			.findFirst();
		assertThat(new String(Shrinking.smallest(bytes.getBytes(), firstToFail))).isEqualTo(left);
	}

}

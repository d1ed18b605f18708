package io.gentcp.packet;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is found among thousands of bytes is shown by the few that matter. */
class ShrinkingTests {

	private static final PacketLimits LIMITS = new PacketLimits(30, 20, (byte) ';');

	@Test
	void onlyTheBytesThatMatterAreLeft() {
		Shrinking shrinking = new Shrinking((questions) -> first(questions, "a.*b.*c"));
		assertThat(text(shrinking.smallest(question("xxaxxxxxbxxxxxxxxxxxxxxxxxxxxxxxxxxxxxcx")))).isEqualTo("abc");
		assertThat(text(shrinking.smallest(question("abc")))).isEqualTo("abc");
	}

	@Test
	void onlyTheLimitsThatMatterAreLeft() {
		Shrinking any = new Shrinking((questions) -> questions.stream().findFirst());
		assertThat(any.smallest(question("x")).limits()).isEqualTo(PacketLimits.NONE);
		Shrinking packetSize = new Shrinking(
				(questions) -> questions.stream().filter((question) -> question.limits().packetSize() > 0).findFirst());
		assertThat(packetSize.smallest(question("x")).limits()).isEqualTo(new PacketLimits(30, 0, (byte) ';'));
	}

	@Test
	void whatCannotBeSmallerStaysAsItIs() {
		Shrinking shrinking = new Shrinking((questions) -> Optional.empty());
		DecodeQuestion question = question("abcdef");
		assertThat(shrinking.smallest(question)).isSameAs(question);
	}

	private static Optional<DecodeQuestion> first(List<DecodeQuestion> questions, String part) {
		return questions.stream().filter((question) -> text(question).matches("(?s).*" + part + ".*")).findFirst();
	}

	private static DecodeQuestion question(String bytes) {
		return new DecodeQuestion("line", LIMITS, bytes.getBytes());
	}

	private static String text(DecodeQuestion question) {
		return new String(question.bytes());
	}

}

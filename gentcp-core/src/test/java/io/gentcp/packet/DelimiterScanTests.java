package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Eight bytes are looked at together; what is found is what each of them is. */
class DelimiterScanTests {

	private static final int SIZE = 40;

	@ParameterizedTest
	@EnumSource
	void theDelimiterIsFoundAtEveryPlaceAndInEveryWindow(BufferShape shape) {
		for (int place = 0; place < SIZE; place++) {
			byte[] bytes = new byte[SIZE];
			Arrays.fill(bytes, place, SIZE, (byte) '\n');
			ByteBuffer in = shape.around(bytes);
			for (int window = 0; window <= SIZE; window++) {
				DelimiterScan scan = new DelimiterScan();
				assertThat(scan.find(in, (byte) '\n', window)).isEqualTo(place < window);
				assertThat(scan.scanned()).as("%d, window %d", place, window).isEqualTo(Math.min(place, window));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, '\n', 127, 128, 129, 255 })
	void bytesThatResembleTheDelimiterAreNotTakenForIt(int delimiter) {
		Random random = new Random(delimiter);
		byte[] bytes = new byte[10_000];
		for (int i = 0; i < bytes.length; i++) {
			int difference = new int[] { 0, 0x01, 0x7f, 0x80, 0x81, 0xff }[random.nextInt(6)];
			bytes[i] = (byte) (delimiter ^ difference);
		}
		for (BufferShape shape : BufferShape.values()) {
			DelimiterScan scan = new DelimiterScan();
			ByteBuffer in = shape.around(bytes);
			for (int i = 0; i < bytes.length; i++) {
				if (bytes[i] == (byte) delimiter) {
					assertThat(scan.find(in, (byte) delimiter, bytes.length)).isTrue();
					assertThat(scan.scanned()).as("%s", shape).isEqualTo(i);
					scan.pass();
				}
			}
			assertThat(scan.find(in, (byte) delimiter, bytes.length)).isFalse();
		}
	}

	@Test
	void onlyTheBytesUpToTheDelimiterAndItselfCount() {
		DelimiterScan scan = new DelimiterScan();
		ByteBuffer in = ByteBuffer.wrap("0123456789\n0123456789".getBytes());
		assertThat(scan.find(in, (byte) '\n', SIZE)).isTrue();
		assertThat(scan.examined()).isEqualTo(11);
		scan.pass();
		assertThat(scan.find(in, (byte) '\n', SIZE)).isFalse();
		assertThat(scan.examined()).isEqualTo(21);
	}

}

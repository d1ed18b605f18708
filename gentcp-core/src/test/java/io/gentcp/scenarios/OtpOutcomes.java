package io.gentcp.scenarios;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.gentcp.transport.Backend;

/** What OTP 25 came to, as it printed it: a line for each scenario. */
final class OtpOutcomes {

	private OtpOutcomes() {
	}

	static Set<String> ids() {
		return read(Backend.INET).keySet();
	}

	static String of(Backend backend, String id) {
		String outcome = read(backend).get(id);
		if (outcome == null) {
			throw new AssertionError("OTP has no scenario " + id);
		}
		return outcome;
	}

	private static Map<String, String> read(Backend backend) {
		String resource = "/otp/scenarios-%s.txt".formatted(backend.name().toLowerCase(Locale.ROOT));
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(OtpOutcomes.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
			return lines.lines()
				.map((line) -> line.split(" ", 2))
				.collect(Collectors.toMap((parts) -> parts[0], (parts) -> parts[1]));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(resource, ex);
		}
	}

}

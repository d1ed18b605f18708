package io.gentcp.scenarios;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** No scenario of OTP's is forgotten. */
class ScenarioCoverageTests {

	/** Their tests come with active mode, in a class of their own. */
	private static final Set<String> OF_ACTIVE_MODE = Set.of("s30_shutdown_rw_active", "s31_half_close_default",
			"s34_rst_active", "s36_fin_with_show_econnreset", "s39_active_true_order", "s40_active_once",
			"s41_active_n", "s42_active_closed_while_passive", "s43_deliver_port", "s44_passive_to_active_buffered",
			"s47_packet_size_active", "s53_controlling_process", "s54_owner_death_closes",
			"s67_send_timeout_close_active", "s84_emsgsize_reported_late", "s85_emsgsize_after_close",
			"s87_close_from_other_process", "s91_pending_recv_setopts_active",
			"s96_packet4_switch_to_passive_socket_bug", "s97_raw_switch_to_passive", "x05_close_flushes_tcp_closed",
			"x08_active_sender_blocked_rst", "x11_active_true_batch", "x19_active_n_connect",
			"x23_partial_line_then_active", "x26_recv_more_than_buffer_active", "x28_setopts_from_other_proc",
			"x30_inet_close", "x35_cp_http_not_moved", "x36_active_zero_connect", "x38_passive_active_cp_passed");

	@Test
	void everyScenarioHasATestOrAReasonWhyNot() {
		Set<String> covered = new TreeSet<>(OF_ACTIVE_MODE);
		Stream.of(SendScenarioTests.class, CloseScenarioTests.class).forEach((type) -> {
			Stream.of(type.getDeclaredMethods())
				.filter(this::isScenario)
				.forEach((test) -> covered.add(test.getName()));
			Stream.of(type.getAnnotationsByType(NotApplicable.class)).forEach((one) -> covered.add(one.id()));
		});
		assertThat(covered).containsExactlyInAnyOrderElementsOf(OtpOutcomes.ids());
	}

	private boolean isScenario(Method method) {
		return method.isAnnotationPresent(Test.class);
	}

}

package io.gentcp.differential;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.gentcp.Direction;
import io.gentcp.scenarios.Decision;
import io.gentcp.transport.Backend;

/**
 * What gentcp answers otherwise than OTP 25 on purpose, as far as scripts come upon it:
 * all that is allowed to differ.
 */
enum Normalisation {

	/** Erlang's inet backend says closed once. */
	ENOTCONN_IS_CLOSED(Decision.CLOSED_FOR_EVER) {
		@Override
		boolean explains(Outcome outcome) {
			return outcome.isOf(Action.Send.class, Action.Recv.class) && outcome.otp().endsWith("{error,enotconn}")
					&& outcome.ours().equals(outcome.otp().replace("enotconn", "closed"));
		}
	},

	/** In Erlang a socket that was told of the end is still active, unless it exits. */
	ENDED_IS_CLOSED(Decision.CLOSED_FOR_EVER) {
		@Override
		boolean explains(Outcome outcome) {
			return outcome.isOf(Action.Recv.class) && outcome.isAfterClosed()
					&& outcome.otp().endsWith("{error,einval}")
					&& outcome.ours().equals(outcome.otp().replace("einval", "closed"));
		}
	},

	/** Erlang's socket backend does not close this side. */
	ENDED_IS_CLOSED_FOR_SENDS(Decision.EXIT_ON_CLOSE_IS_HONOURED) {
		@Override
		boolean explains(Outcome outcome) {
			return outcome.isOn(Backend.SOCKET) && outcome.isOf(Action.Send.class) && outcome.isAfterClosed()
					&& outcome.isAfter(Action.PeerEnds.class) && outcome.option("exit_on_close").equals("true")
					&& outcome.differsIn("ok", "{error,closed}");
		}
	},

	/** In Erlang such a socket may be set active, and is told nothing. */
	TOLD_ONCE(Decision.CLOSED_FOR_EVER) {
		@Override
		boolean explains(Outcome outcome) {
			return outcome.action() instanceof Action.SetOptions(var options) && options.containsKey("active")
					&& outcome.isAfter(Action.PeerEnds.class) && outcome.differsIn("ok", "{error,einval}");
		}
	},

	/**
	 * Erlang's inet backend says again that it was reset; its socket backend does not.
	 */
	RESET_IS_CLOSED(Decision.CLOSED_FOR_EVER) {
		@Override
		boolean explains(Outcome outcome) {
			return outcome.isOn(Backend.INET) && outcome.isOf(Action.Send.class)
					&& (outcome.isAfterClosed() || outcome.isAfterBoth("{error,econnreset}"))
					&& outcome.differsIn("{error,econnreset}", "{error,closed}");
		}
	},

	/** Erlang's inet backend drops what it has and goes on, without exit_on_close. */
	BAD_PACKET_IS_THE_END(Decision.A_BAD_PACKET_ENDS_THE_CONNECTION_AT_ONCE) {
		@Override
		boolean explains(Outcome outcome) {
			return outcome.isOn(Backend.INET) && outcome.action() instanceof Action.Recv(int length, var timeout)
					&& outcome.isAfterBoth("{error,emsgsize}") && outcome.option("exit_on_close").equals("false")
					&& outcome.differsIn((length > 0) ? "{error,einval}" : "{error,timeout}", "{error,closed}");
		}
	},

	/** In Erlang it breaks a pipe, which is a reset. */
	LATE_SEND_IS_CLOSED(Decision.LATE_SENDS_ARE_HARMLESS) {
		@Override
		boolean explains(Outcome outcome) {
			return outcome.isOf(Action.Send.class) && outcome.isAfter(Action.Shutdown.class)
					&& outcome.differsIn("{error,econnreset}", "{error,closed}");
		}
	},

	/** Erlang's socket backend says that it is closed already. */
	CLOSED_AGAIN(Decision.CLOSING_AGAIN_IS_OK) {
		@Override
		boolean explains(Outcome outcome) {
			return outcome.isOn(Backend.SOCKET)
					&& ((outcome.isOf(Action.Close.class) && outcome.differsIn("{error,closed}", "ok"))
							|| (outcome.isOf(Action.SetOptions.class, Action.GetOptions.class)
									&& outcome.differsIn("{error,closed}", "{error,einval}")));
		}
	},

	/** A peer sees the one or the other. */
	RESET_AFTER_THE_END(Decision.THE_END_COMES_BEFORE_THE_RESET) {
		@Override
		boolean explains(Outcome outcome) {
			return outcome.isOf(Action.PeerAwaitsEnd.class) && outcome.isAfter(Action.PeerSends.class)
					&& outcome.otp().replace("a reset", "the end").equals(outcome.ours().replace("a reset", "the end"));
		}
	},

	/** Erlang's inet backend still returns what came before. */
	NOTHING_AFTER_SHUTDOWN(Decision.SHUTDOWN_ENDS_ONE_HALF) {
		@Override
		boolean explains(Outcome outcome) {
			return outcome.isOn(Backend.INET) && outcome.isOf(Action.Recv.class) && outcome.isAfterShutdownOfInput()
					&& !outcome.otp().equals(outcome.ours()) && outcome.ours().endsWith("{error,closed}");
		}
	},

	/** Erlang's socket backend tells nothing. */
	TOLD_OF_SHUTDOWN(Decision.SHUTDOWN_IS_TOLD) {
		@Override
		boolean explains(Outcome outcome) {
			return outcome.isOn(Backend.SOCKET) && outcome.isOf(Action.Receive.class)
					&& outcome.isAfterShutdownOfInput() && outcome.differsIn("", "tcp_closed");
		}
	};

	private final Decision decision;

	Normalisation(Decision decision) {
		this.decision = decision;
	}

	Decision decision() {
		return this.decision;
	}

	/** Whether the decision is why this outcome differs. */
	abstract boolean explains(Outcome outcome);

	static Optional<Normalisation> of(Outcome outcome) {
		return Stream.of(values()).filter((one) -> one.explains(outcome)).findFirst();
	}

	/**
	 * What an action came to, twice.
	 *
	 * @param at which action of the script
	 * @param otpAll Erlang's outcome of every action
	 * @param oursAll our outcome of every action
	 */
	record Outcome(Script script, int at, List<String> otpAll, List<String> oursAll) {

		String otp() {
			return this.otpAll.get(this.at);
		}

		String ours() {
			return this.oursAll.get(this.at);
		}

		Action action() {
			return this.script.actions().get(this.at);
		}

		boolean differsIn(String otp, String ours) {
			return otp().equals(otp) && ours().equals(ours);
		}

		boolean isOn(Backend backend) {
			return this.script.backend() == backend;
		}

		boolean isOf(Class<?>... kinds) {
			return Stream.of(kinds).anyMatch((kind) -> kind.isInstance(action()));
		}

		boolean isAfter(Class<? extends Action> kind) {
			return before().stream().anyMatch(kind::isInstance);
		}

		boolean isAfterShutdownOfInput() {
			return before().stream()
				.anyMatch((action) -> action instanceof Action.Shutdown(Direction direction)
						&& direction != Direction.WRITE);
		}

		/** Whether we have said before that the stream has ended. */
		boolean isAfterClosed() {
			return this.oursAll.subList(0, this.at).stream().anyMatch((one) -> one.contains("closed"));
		}

		/** Whether an earlier action came to this at last, in Erlang and with us. */
		boolean isAfterBoth(String result) {
			return IntStream.range(0, this.at)
				.anyMatch((one) -> this.otpAll.get(one).endsWith(result) && this.oursAll.get(one).endsWith(result));
		}

		/** Returns an option as the script has set it by then. */
		String option(String name) {
			return before().stream()
				.filter((action) -> action instanceof Action.SetOptions(var set) && set.containsKey(name))
				.map((action) -> ((Action.SetOptions) action).options().get(name))
				.reduce(this.script.options().getOrDefault(name, ""), (earlier, later) -> later);
		}

		private List<Action> before() {
			return this.script.actions().subList(0, this.at);
		}

	}

}

package io.gentcp.test;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An Erlang runtime as a child process, the other end of a test. It evaluates expressions
 * one after the other, as Erlang's shell does; variables keep their values.
 */
public final class ErlangNode implements AutoCloseable {

	/** What to tell somebody whose tests are skipped. */
	public static final String HOW_TO_INSTALL = "erl is not installed; with Debian's package erlang-base these tests run";

	/** How long an evaluation may take. */
	private static final long PATIENCE_SECONDS = 60;

	/** Marks the lines that are results; whatever else is printed is left alone. */
	private static final String MARK = "=> ";

	/**
	 * Reads a line, evaluates it, prints a line, and so on until the end of its input.
	 */
	private static final String LOOP = """
			Loop = fun Loop(Bindings) ->
			    case io:get_line("") of
			        "f().\\n" -> Loop([]);
			        Line when is_list(Line) ->
			            {Result, Next} = try
			                {ok, Tokens, _} = erl_scan:string(Line),
			                {ok, Expressions} = erl_parse:parse_exprs(Tokens),
			                {value, Value, Changed} = erl_eval:exprs(Expressions, Bindings),
			                {{ok, Value}, Changed}
			            catch Class:Reason -> {{Class, Reason}, Bindings} end,
			            case Result of
			                {ok, Term} -> io:format("=> ok ~0p~n", [Term]);
			                _ -> io:format("=> failed ~0p~n", [Result])
			            end,
			            Loop(Next);
			        _ -> halt()
			    end
			end,
			Loop([]).
			""".replace('\n', ' ');

	private final Process process;

	private final OutputStream input;

	private final Queue<CompletableFuture<String>> awaited = new ConcurrentLinkedQueue<>();

	private ErlangNode(Process process) {
		this.process = process;
		this.input = process.getOutputStream();
	}

	/**
	 * Starts a runtime.
	 * @throws UncheckedIOException if Erlang is not {@link #isInstalled installed}
	 */
	public static ErlangNode start() {
		try {
			ErlangNode node = new ErlangNode(
					new ProcessBuilder("erl", "-noshell", "-eval", LOOP).redirectErrorStream(true).start());
			Thread.ofPlatform().daemon().name("erlang-" + node.process.pid()).start(node::readResults);
			return node;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot start erl", ex);
		}
	}

	/** Returns whether there is an {@code erl} on the path. */
	public static boolean isInstalled() {
		String path = System.getenv().getOrDefault("PATH", "");
		return Arrays.stream(path.split(File.pathSeparator))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, "erl")));
	}

	/**
	 * Evaluates expressions and waits for the value of the last.
	 * @param expressions without the final full stop
	 * @return the value as Erlang prints it
	 * @throws AssertionError if they fail or take more than a minute
	 */
	public String eval(String expressions) {
		return begin(expressions).value();
	}

	/** Evaluates expressions whose value is an integer. */
	public int evalInt(String expressions) {
		return Integer.parseInt(eval(expressions));
	}

	/** Forgets the values of all variables: the shell's {@code f()}. */
	public void forget() {
		write("f().\n");
	}

	/** Begins to evaluate expressions, behind those that were begun before. */
	public Evaluation begin(String expressions) {
		CompletableFuture<String> result = new CompletableFuture<>();
		this.awaited.add(result);
		write(expressions.replaceAll("\\s+", " ") + ".\n");
		return new Evaluation(expressions, result);
	}

	private void write(String line) {
		try {
			this.input.write(line.getBytes(StandardCharsets.US_ASCII));
			this.input.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("erl has ended", ex);
		}
	}

	private void readResults() {
		try (BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (line.startsWith(MARK)) {
					this.awaited.remove().complete(line.substring(MARK.length()));
				}
			}
		}
		catch (IOException ex) {
			// It was closed while it printed.
		}
		this.awaited.forEach((result) -> result.completeExceptionally(new IOException("erl has ended")));
	}

	/** Expressions that are being evaluated, and their value to be. */
	public record Evaluation(String expressions, CompletableFuture<String> line) {

		/**
		 * Waits for the value.
		 * @throws AssertionError if the expressions fail or take more than a minute
		 */
		public String value() {
			try {
				String result = this.line.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
				if (!result.startsWith("ok ")) {
					throw new AssertionError("Erlang's %s: %s".formatted(this.expressions, result));
				}
				return result.substring("ok ".length());
			}
			catch (TimeoutException | ExecutionException ex) {
				throw new AssertionError("no value of Erlang's " + this.expressions, ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new AssertionError("interrupted while awaiting Erlang's " + this.expressions, ex);
			}
		}

	}

	/** Ends the runtime and with it all its sockets. */
	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}

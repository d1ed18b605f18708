package io.gentcp.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.gentcp.benchmarks.comparison.Result.SystemEntry;
import io.gentcp.benchmarks.peer.JavaCommand;
import io.gentcp.benchmarks.peer.Peer;
import io.gentcp.benchmarks.peer.Workload;
import io.gentcp.benchmarks.systems.Systems;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that compares gentcp with its peers. */
@Command(name = "peers", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Compares gentcp with its peers, all in the same run, in turns.")
final class Comparison implements Callable<Integer> {

	private static final List<String> QUICK = List.of("W1-1K", "W2-64-64", "W3-64", "W4-64-64", "W5-64");

	private static final List<String> FULL = List.of("W1-64", "W1-1K", "W1-64K", "W2-64-64", "W2-1000-64", "W3-64",
			"W3-1K", "W3-64K", "W4-16-64", "W4-64-64", "W5-64");

	/** Those of gentcp, and of the others those that targets name. */
	private static final List<String> QUICK_SYSTEMS = List.of("gentcp-inet-inline", "gentcp-inet", "gentcp-socket",
			"gentcp-spring-inet", "netty-epoll", "netty-io-uring", "netty-epoll-awaited", "reactor-netty", "vertx",
			"spring-integration-net", "jdk-virtual", "erlang-inet", "c-blocking", "c-batched", "c-spinning", "c-epoll");

	/** A curve's points differ from workloads of the table by a number only. */
	private static final int WARM_BY_OTHERS = 4;

	/** Whose curves are drawn. */
	private static final List<String> CURVES = List.of("gentcp-inet", "gentcp-socket", "gentcp-inet-inline",
			"netty-epoll", "jdk-virtual");

	/** Whoever cannot do this does not have many connections. */
	private static final Workload MANY = Workload.of("W2-64-64");

	@Option(names = "--quick",
			description = "Half of the systems, five workloads, three short rounds, no curves: under three minutes.")
	private boolean quick;

	@Option(names = "--rounds", description = "Rounds that count; 5 by default, 3 with --quick.")
	private int rounds;

	@Option(names = "--millis", description = "Length of a workload in a round; 600 by default, 150 with --quick.")
	private int millis;

	@Option(names = "--warm-up",
			description = "Milliseconds of a workload before the first round; 2000 by default, 400 with --quick.")
	private int warmUp;

	@Option(names = "--only", split = ",",
			description = "How names of systems begin, or a name and = for just that one; all by default.")
	private List<String> only = List.of();

	@Option(names = "--workloads", split = ",", description = "Names like W1-64, W2-64-1K, W3-64K, W4-16-64, W5-64.")
	private List<String> workloads = List.of();

	@Option(names = "--idle", description = "Idle connections; 10000 by default, 0 with --quick or --workloads.")
	private int idle = -1;

	@Option(names = "--profile", split = ",", paramLabel = "<workload:system>",
			description = "What is run once more at the end, to show where the processor time goes.")
	private List<String> profile = List.of();

	@Option(names = "--out", description = "Folder for the files; target/peers by default.")
	private Path out = Path.of("target", "peers");

	@Option(names = "--no-curves", description = "Leaves out how cost grows; so do --quick and --workloads.")
	private boolean withoutCurves;

	@Option(names = "--page",
			description = "Page of which the measured part is to be replaced; its charts go into a folder beside it.")
	private Path page = Path.of("");

	@Option(names = "--list", description = "Says which systems there are, and which of them are missing here.")
	private boolean list;

	private Comparison() {
	}

	/**
	 * Compares.
	 * @param arguments as {@code --help} shows them
	 */
	public static void main(String[] arguments) {
		System.exit(run(arguments));
	}

	/** Compares, and returns the exit code. */
	static int run(String... arguments) {
		return new CommandLine(new Comparison()).execute(arguments);
	}

	@Override
	public Integer call() throws IOException {
		List<Peer> chosen = Systems.all().stream().filter(this::isChosen).toList();
		if (this.list) {
			chosen.forEach((peer) -> System.out.printf("%-32s %s%n", peer.name(),
					peer.missing().map((why) -> "not installed: " + why).orElse("")));
			return 0;
		}
		List<Peer> present = chosen.stream().filter((peer) -> peer.missing().isEmpty()).toList();
		List<Workload> table = table();
		Duration warm = Duration.ofMillis((this.warmUp > 0) ? this.warmUp : (this.quick ? 400 : 2000));
		Plan plan = plan(table, present, warm);
		Progress progress = new Progress(System.out, plan.size(), plan.time());
		try (Run run = new Run(plan, Files.createTempDirectory("peers"), progress)) {
			run.measure();
			write(new Report(result(chosen, plan, warm, run), table));
		}
		return 0;
	}

	private boolean isChosen(Peer peer) {
		if (this.only.isEmpty()) {
			return !this.quick || QUICK_SYSTEMS.contains(peer.name());
		}
		return this.only.stream().anyMatch((peer.name() + "=")::startsWith);
	}

	private List<Workload> table() {
		List<String> names = this.workloads.isEmpty() ? (this.quick ? QUICK : FULL) : this.workloads;
		return names.stream().map(Workload::of).toList();
	}

	private Plan plan(List<Workload> table, List<Peer> peers, Duration warm) {
		List<Plan.Step> steps = new ArrayList<>();
		table.forEach((workload) -> steps.add(new Plan.Step(workload, peers, warm)));
		boolean whole = !this.quick && this.workloads.isEmpty();
		if (whole && !this.withoutCurves) {
			List<Peer> drawn = peers.stream().filter((peer) -> CURVES.contains(peer.name())).toList();
			Curve.all()
				.stream()
				.flatMap((curve) -> curve.workloads().stream())
				.distinct()
				.filter((workload) -> !table.contains(workload))
				.forEach((workload) -> steps.add(new Plan.Step(workload, drawn, warm.dividedBy(WARM_BY_OTHERS))));
		}
		int length = (this.millis > 0) ? this.millis : (this.quick ? 150 : 600);
		int connections = (this.idle >= 0) ? this.idle : (whole ? 10_000 : 0);
		List<Peer> idling = peers.stream().filter((peer) -> peer.unfit(MANY).isEmpty()).toList();
		return new Plan(steps, (this.rounds > 0) ? this.rounds : (this.quick ? 3 : 5), Duration.ofMillis(length),
				idling, connections, profiles(peers, warm));
	}

	private List<Plan.Step> profiles(List<Peer> peers, Duration warm) {
		return this.profile.stream().map((name) -> {
			String[] parts = name.split(":", -1);
			List<Peer> named = peers.stream().filter((peer) -> peer.name().equals(parts[parts.length - 1])).toList();
			if (parts.length != 2 || named.isEmpty()) {
				throw new CommandLine.ParameterException(new CommandLine(this),
						"'%s' cannot be profiled: name a workload and a measured system, as W1-1K:gentcp-inet"
							.formatted(name));
			}
			return new Plan.Step(Workload.of(parts[0]), named, warm);
		}).toList();
	}

	private static Result result(List<Peer> chosen, Plan plan, Duration warm, Run run) {
		List<SystemEntry> systems = chosen.stream()
			.map((peer) -> new SystemEntry(peer.name(), peer.settings(), peer.missing().orElse("")))
			.toList();
		return new Result(Machine.here(String.join(" ", JavaCommand.options())), plan.rounds(),
				plan.length().toMillis(), warm.toMillis(), systems, run.measurements(), run.idle(), run.profiles());
	}

	private void write(Report report) throws IOException {
		System.out.println(report.write(this.out));
		System.out.printf("Written to %s%n", this.out.toAbsolutePath());
		if (!this.page.toString().isEmpty()) {
			String name = this.page.getFileName().toString().replace(".md", "");
			new Page(this.page).replace(report.markdown(this.page.resolveSibling(name)));
		}
	}

}

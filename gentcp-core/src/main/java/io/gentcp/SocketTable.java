package io.gentcp;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All sockets of a runtime as a table, with the columns that {@code inet:i/0} prints. Has
 * no state.
 *
 * <pre>
 * Backend Recv Sent Owner Local Address   Foreign Address State     Type
 * inet    0    0    -     0.0.0.0:4000    *:*             LISTEN    STREAM
 * socket  14   13   -     127.0.0.1:40112 127.0.0.1:4000  CONNECTED STREAM
 * </pre>
 */
final class SocketTable {

	private static final List<String> HEADS = List.of("Backend", "Recv", "Sent", "Owner", "Local Address",
			"Foreign Address", "State", "Type");

	private SocketTable() {
	}

	static String of(List<ListenSocket> listening, List<TcpSocket> connected) {
		List<List<String>> rows = new ArrayList<>();
		listening.stream().map(SocketTable::row).sorted(byAddress()).forEach(rows::add);
		connected.stream().map(SocketInfo::of).map(SocketTable::row).sorted(byAddress()).forEach(rows::add);
		rows.addFirst(HEADS);
		List<Integer> widths = IntStream.range(0, HEADS.size())
			.map((column) -> rows.stream().mapToInt((row) -> row.get(column).length()).max().orElse(0))
			.boxed()
			.toList();
		return rows.stream().map((row) -> line(row, widths)).collect(Collectors.joining());
	}

	private static Comparator<List<String>> byAddress() {
		return Comparator.comparing((List<String> row) -> row.get(4)).thenComparing((row) -> row.get(5));
	}

	private static List<String> row(ListenSocket socket) {
		SocketOptions options = socket.options();
		return List.of(lower(options.backend()), "0", "0", owner(options.controllingProcess().isPresent()),
				text(socket.localAddress()), "*:*", "LISTEN", "STREAM");
	}

	private static List<String> row(SocketInfo info) {
		return List.of(lower(info.backend()), Long.toString(info.stats().received().bytes()),
				Long.toString(info.stats().sent().bytes()), owner(info.owner().isPresent()), text(info.local()),
				text(info.foreign()), info.state().name(), "STREAM");
	}

	private static String owner(boolean isThere) {
		return isThere ? "process" : "-";
	}

	private static String lower(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	private static String text(SocketAddress address) {
		if (address instanceof InetSocketAddress inet) {
			return "%s:%d".formatted(inet.getAddress().getHostAddress(), inet.getPort());
		}
		return "local:" + address;
	}

	private static String line(List<String> row, List<Integer> widths) {
		StringBuilder line = new StringBuilder();
		for (int column = 0; column < row.size(); column++) {
			String cell = row.get(column);
			line.append(cell).append(" ".repeat(widths.get(column) - cell.length() + 1));
		}
		return line.toString().stripTrailing() + "\n";
	}

}

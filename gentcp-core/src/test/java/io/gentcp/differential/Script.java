package io.gentcp.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gentcp.transport.Backend;

/**
 * What is to be done to a connection, action by action.
 *
 * @param seed where it comes from
 * @param accepts whether the socket under test accepts; else it connects
 * @param options of the socket under test from the beginning
 */
record Script(long seed, Backend backend, boolean accepts, Map<String, String> options, List<Action> actions) {

	/** The same without some of the actions. */
	Script without(int from, int count) {
		List<Action> left = new ArrayList<>(this.actions.subList(0, from));
		left.addAll(this.actions.subList(from + count, this.actions.size()));
		return new Script(this.seed, this.backend, this.accepts, this.options, left);
	}

	/** The same without one of the options it has from the beginning. */
	Script withoutOption(String name) {
		Map<String, String> left = new TreeMap<>(this.options);
		left.remove(name);
		return new Script(this.seed, this.backend, this.accepts, left, this.actions);
	}

	@Override
	public String toString() {
		return "%s %s, options %s".formatted(this.backend, this.accepts ? "accepts" : "connects",
				new TreeMap<>(this.options));
	}

}

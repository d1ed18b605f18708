package io.gentcp.packet;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One line of a vector file, and where it stands. */
public record VectorRow(Path file, int line, JsonNode json) {

	private static final JsonMapper MAPPER = new JsonMapper();

	/**
	 * All rows of a file. An empty line is none.
	 * @throws MalformedVectorException if a line is not a JSON object, naming it
	 */
	public static List<VectorRow> of(Path file) {
		List<VectorRow> rows = new ArrayList<>();
		int line = 1;
		try (BufferedReader reader = Files.newBufferedReader(file)) {
			for (String text = reader.readLine(); text != null; text = reader.readLine()) {
				if (!text.isBlank()) {
					rows.add(new VectorRow(file, line, object(text)));
				}
				line++;
			}
		}
		catch (IOException | JacksonException | MalformedVectorException ex) {
			throw new MalformedVectorException("%s:%d: %s".formatted(file, line, ex.getMessage()), ex);
		}
		return rows;
	}

	/** For example {@code decode.jsonl:17 (id 17, type 4)}. */
	public String where() {
		return "%s:%d (id %s, type %s)".formatted(this.file, this.line, this.json.path("id").asString("none"),
				this.json.path("type").asString("none"));
	}

	/** The packet type of this row, or none if it is not known. */
	Optional<PacketType> packetType() {
		return packetType(this.json.path("type"));
	}

	/** The packet type of this name, or none if it is not known. */
	static Optional<PacketType> packetType(JsonNode name) {
		try {
			return Optional.of(PacketType.of(name.asString("")));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static JsonNode object(String text) {
		JsonNode node = MAPPER.readTree(text);
		if (!node.isObject()) {
			throw new MalformedVectorException("a row is a JSON object, this is not: " + text, null);
		}
		return node;
	}

}

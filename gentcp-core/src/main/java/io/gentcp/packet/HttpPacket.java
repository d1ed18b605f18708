package io.gentcp.packet;

/**
 * A line of HTTP/1, taken apart: what the packet types http, http_bin, httph and
 * httph_bin deliver. Nothing of a body is read: after {@link EndOfHeaders} set
 * {@code packet} to raw and receive as many bytes as the headers announce.
 * <p>
 * Text is Latin-1: each character is one byte of the stream, so
 * {@code text.getBytes(ISO_8859_1)} gives these bytes back.
 */
public sealed interface HttpPacket extends Packet {

	/**
	 * {@code {http_request, Method, Uri, Version}}: the first line of a request. Headers
	 * follow.
	 *
	 * @param method as it was sent, for example {@code GET}; case matters
	 * @param version 0.9 if the line has none
	 */
	record Request(String method, HttpUri uri, Version version) implements HttpPacket {

		/**
		 * Method and version: an address may carry what belongs in no log.
		 * @return for example {@code Request[GET, HTTP/1.1]}
		 */
		@Override
		public String toString() {
			return "Request[%s, %s]".formatted(this.method, this.version);
		}

	}

	/**
	 * {@code {http_response, Version, Status, Phrase}}: the first line of a response.
	 * Headers follow.
	 *
	 * @param status for example 404; 0 if the line has none
	 * @param phrase for example {@code Not Found}; may be empty
	 */
	record Response(Version version, int status, String phrase) implements HttpPacket {

		/**
		 * Version and status.
		 * @return for example {@code Response[HTTP/1.1, 404]}
		 */
		@Override
		public String toString() {
			return "Response[%s, %d]".formatted(this.version, this.status);
		}

	}

	/**
	 * {@code {http_header, Index, Field, Original, Value}}: one header.
	 *
	 * @param index the position of a header that Erlang knows in its table, 1 to 52: in
	 * Erlang its name is an atom; 0 for any other
	 * @param name in the usual spelling, {@code Content-Length}, however it was sent; as
	 * it was sent if it has more than 50 characters
	 * @param original the name as it was sent
	 * @param value without white space in front. Of a value that goes on in further
	 * lines, their ends and the white space behind these are part
	 */
	record Header(int index, String name, String original, String value) implements HttpPacket {

		/**
		 * The name and how long the value is.
		 * @return for example {@code Header[Authorization, 40 characters]}
		 */
		@Override
		public String toString() {
			return "Header[%s, %d characters]".formatted(this.name, this.value.length());
		}

	}

	/** {@code http_eoh}: the headers end here. */
	record EndOfHeaders() implements HttpPacket {

		static final EndOfHeaders INSTANCE = new EndOfHeaders();

	}

	/**
	 * {@code {http_error, Line}}: a line that is none of the others. The connection goes
	 * on, and so does what is expected next.
	 *
	 * @param line with its end
	 */
	@SuppressWarnings("AvoidCommonTypeNames") // it is called by its name, http_error
	record Error(String line) implements HttpPacket {

		/**
		 * How long the line is.
		 * @return for example {@code Error[40 characters]}
		 */
		@Override
		public String toString() {
			return "Error[%d characters]".formatted(this.line.length());
		}

	}

	/** {@code {Major, Minor}}. */
	record Version(int major, int minor) {

		/**
		 * As in a request.
		 * @return for example {@code HTTP/1.1}
		 */
		@Override
		public String toString() {
			return "HTTP/%d.%d".formatted(this.major, this.minor);
		}

	}

}

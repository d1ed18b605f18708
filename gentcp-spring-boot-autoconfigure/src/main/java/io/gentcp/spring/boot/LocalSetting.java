package io.gentcp.spring.boot;

import java.nio.charset.Charset;
import java.nio.file.Path;

/**
 * The path of a local socket, as a property.
 *
 * @param path its file; a relative one is below the folder where the process was started
 */
public record LocalSetting(Path path) {

	/** What the JDK takes; an address of the kernel has room for 108 with its ends. */
	private static final int MOST_BYTES = 106;

	static final String ALLOWED = "the path of a file, at most %d bytes".formatted(MOST_BYTES);

	/**
	 * Makes a setting.
	 * @throws IllegalArgumentException if the path is too long for a socket
	 */
	public LocalSetting {
		int bytes = path.toString().getBytes(Charset.defaultCharset()).length;
		if (bytes > MOST_BYTES) {
			throw new IllegalArgumentException("local '%s' has %d bytes; allowed: %s".formatted(path, bytes, ALLOWED));
		}
	}

	/**
	 * The path that a text stands for.
	 * @throws IllegalArgumentException if it stands for none, with what is allowed
	 */
	public static LocalSetting of(String path) {
		return new LocalSetting(Path.of(path));
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

}

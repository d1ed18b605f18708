package io.gentcp.spring.core;

/**
 * Which client, and where it connects to: how every message begins.
 *
 * @param name what the client is called
 * @param host a name or a literal address
 * @param port 1 to 65535
 */
record Endpoint(String name, String host, int port) {

	Endpoint {
		if (name.isBlank()) {
			throw new IllegalArgumentException("name is blank; a client needs one");
		}
		if (host.isBlank()) {
			throw new IllegalArgumentException(
					"host of client %s is blank; it must be a name or an address".formatted(name));
		}
		if (port < 1 || port > 0xffff) {
			throw new IllegalArgumentException("port of client %s is %d; it must be 1 to 65535".formatted(name, port));
		}
	}

	@Override
	public String toString() {
		return "client %s (%s:%d)".formatted(this.name, this.host, this.port);
	}

}

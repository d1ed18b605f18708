package io.gentcp.spring.integration;

/**
 * The headers of messages that came from a connection. Those that spring-integration-ip
 * has too are called as there, so that flows which read them need no change. What has no
 * value is not there: a local socket has no host and no port.
 */
public final class GenTcpHeaders {

	/**
	 * Which connection a message came from; in a message that goes out over a server, the
	 * connection it is for. A text.
	 */
	public static final String CONNECTION_ID = "ip_connectionId";

	/** The peer's host, as a text: its address, for names are not looked up. */
	public static final String HOSTNAME = "ip_hostname";

	/** The peer's address, as a text. */
	public static final String IP_ADDRESS = "ip_address";

	/** The peer's port, a number. */
	public static final String REMOTE_PORT = "ip_tcp_remotePort";

	/** What the client or server is called that received the packet. */
	public static final String NAME = "gentcp_name";

	private GenTcpHeaders() {
	}

}

package io.gentcp.differential;

import java.util.List;
import java.util.Map;

import io.gentcp.Direction;

/**
 * The socket under test: Erlang's or ours. What its functions return is a result as
 * Erlang writes it, with bytes as {@link Terms} shows them.
 */
interface Subject extends AutoCloseable {

	/** Makes the socket listen and returns the port. */
	int listen(Map<String, String> options);

	/** Accepts the connection that somebody has made. */
	void accept();

	void connect(int port, Map<String, String> options);

	/** Sends letters of the alphabet, beginning with another one for each packet. */
	Sending send(int number, int size);

	/** Sends what the last send left, as a packet that has its header already. */
	Sending resume();

	String recv(int length, Action.Wait wait);

	String unrecv(String text);

	String setOptions(Map<String, String> options);

	String getOptions(List<String> names);

	String getStat(List<String> keys);

	void shutdown(Direction direction);

	String closeSocket();

	/**
	 * Takes the messages that have come, which are at least so many.
	 * @return one term for each
	 */
	List<String> receive(int atLeast);

	/** Ends everything, however it is. */
	@Override
	void close();

	/**
	 * What came of a send.
	 *
	 * @param rest how many bytes are left to be sent
	 * @param checksum of these
	 */
	record Sending(String result, int rest, long checksum) {

		static Sending of(String result) {
			return new Sending(result, 0, 0);
		}

	}

}

package io.gentcp;

/** What a {@link GenTcp} closes when it is closed itself. */
sealed interface OpenSocket extends AutoCloseable permits TcpSocket, ListenSocket {

	@Override
	void close();

}

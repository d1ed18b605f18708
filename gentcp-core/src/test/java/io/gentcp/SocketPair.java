package io.gentcp;

import static org.assertj.core.api.Assertions.assertThat;

/** The two ends of a connection, both of them ours. */
record SocketPair(TcpSocket client, TcpSocket server) {

	/** Connects while another thread accepts: within TLS each waits for the other. */
	static SocketPair over(GenTcp genTcp, ListenSocket listen, SocketOptions options) {
		WaitingCall<AcceptResult> accepting = WaitingCall.of(() -> listen.accept(Connected.PATIENCE));
		TcpSocket client = Connected.connect(genTcp, listen.port(), options);
		return new SocketPair(client, accepted(accepting.result()));
	}

	static TcpSocket accepted(AcceptResult result) {
		assertThat(result).isInstanceOf(AcceptResult.Accepted.class);
		return ((AcceptResult.Accepted) result).socket();
	}

}

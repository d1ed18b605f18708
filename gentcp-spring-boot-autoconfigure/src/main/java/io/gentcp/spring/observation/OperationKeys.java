package io.gentcp.spring.observation;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Locale;

import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.Role;
import io.gentcp.spring.observation.GenTcpObservation.HighCardinality;
import io.gentcp.spring.observation.GenTcpObservation.LowCardinality;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/** The keys of an observation, made of its operation. Has no state. */
final class OperationKeys {

	private OperationKeys() {
	}

	static KeyValues lowCardinality(GenTcpOperation operation, @Nullable Throwable failure) {
		SocketAddress address = operation.endpoint().address();
		String error = (failure != null) ? failure.getClass().getSimpleName() : KeyValue.NONE_VALUE;
		return KeyValues.of(LowCardinality.NAME.withValue(operation.endpoint().name()),
				LowCardinality.ROLE.withValue(operation.endpoint().role().name().toLowerCase(Locale.ROOT)),
				LowCardinality.TRANSPORT.withValue((address instanceof UnixDomainSocketAddress) ? "unix" : "tcp"),
				LowCardinality.OUTCOME.withValue(Outcome.of(failure).name()), LowCardinality.ERROR.withValue(error));
	}

	static KeyValues highCardinality(GenTcpOperation operation) {
		KeyValues keys = peer(operation).and(HighCardinality.CONNECTION
			.withValue(operation.connection().map(GenTcpConnection::id).orElse(KeyValue.NONE_VALUE)));
		return switch (operation.kind()) {
			case CONNECT -> keys;
			case SEND, REQUEST, RECEIVE ->
				keys.and(HighCardinality.PACKET_SIZE.withValue(Long.toString(operation.packetSize())));
		};
	}

	/** Without a connection, what the client is to connect to; a server has no peer. */
	private static KeyValues peer(GenTcpOperation operation) {
		if (operation.connection().isPresent()) {
			return peer(operation.connection().get().socket().peerAddress());
		}
		return (operation.endpoint().role() == Role.CLIENT) ? peer(operation.endpoint().address())
				: peer(KeyValue.NONE_VALUE, KeyValue.NONE_VALUE);
	}

	private static KeyValues peer(SocketAddress address) {
		return (address instanceof InetSocketAddress inet) ? peer(host(inet), Integer.toString(inet.getPort()))
				: peer(address.toString(), KeyValue.NONE_VALUE);
	}

	private static String host(InetSocketAddress address) {
		return (address.getAddress() != null) ? address.getAddress().getHostAddress() : address.getHostString();
	}

	private static KeyValues peer(String address, String port) {
		return KeyValues.of(HighCardinality.PEER_ADDRESS.withValue(address), HighCardinality.PEER_PORT.withValue(port));
	}

}

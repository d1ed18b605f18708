package io.gentcp.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations of clients and servers, with their keys. */
public enum GenTcpObservation implements ObservationDocumentation {

	/** A client opens a connection. */
	CONNECT(GenTcpConnectConvention.class) {

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return new KeyName[] { HighCardinality.PEER_ADDRESS, HighCardinality.PEER_PORT,
					HighCardinality.CONNECTION };
		}

	},

	/** A packet is sent, by a client or a server. */
	SEND(GenTcpSendConvention.class),

	/** A client sends a request and waits for the reply. */
	REQUEST(GenTcpRequestConvention.class),

	/** A packet that was received is handled, and the reply to it is sent. */
	RECEIVE(GenTcpReceiveConvention.class);

	private final Class<? extends ObservationConvention<? extends Observation.Context>> convention;

	GenTcpObservation(Class<? extends ObservationConvention<? extends Observation.Context>> convention) {
		this.convention = convention;
	}

	@Override
	public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
		return this.convention;
	}

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return LowCardinality.values();
	}

	@Override
	public KeyName[] getHighCardinalityKeyNames() {
		return HighCardinality.values();
	}

	/** Keys with few values: those of meters and of spans. */
	public enum LowCardinality implements KeyName {

		/** The name of the client or server. */
		NAME("gentcp.name"),

		/** Which of both: client or server. */
		ROLE("gentcp.role"),

		/** The transport: tcp, or unix for a local socket. */
		TRANSPORT("network.transport"),

		/** How it ended: SUCCESS, TIMEOUT, CLOSED or ERROR. */
		OUTCOME("outcome"),

		/** The simple class name of what was thrown, or none. */
		ERROR("error");

		private final String key;

		LowCardinality(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/** Keys with many values: those of spans only. */
	public enum HighCardinality implements KeyName {

		/** The address of the peer, or the path of a local socket. */
		PEER_ADDRESS("network.peer.address"),

		/** The port of the peer, or none. */
		PEER_PORT("network.peer.port"),

		/** The id of the connection, or none. */
		CONNECTION("gentcp.connection.id"),

		/** The bytes of the packet, without what the packet type adds. */
		PACKET_SIZE("gentcp.packet.size");

		private final String key;

		HighCardinality(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}

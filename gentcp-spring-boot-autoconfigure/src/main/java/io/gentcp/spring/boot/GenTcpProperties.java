package io.gentcp.spring.boot;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Everything below {@code gentcp}. What is set at its top is the default of every client
 * and server; a key it does not know stops start-up.
 */
@ConfigurationProperties(prefix = GenTcpProperties.PREFIX, ignoreUnknownFields = false)
public class GenTcpProperties extends GenTcpSocketProperties {

	static final String PREFIX = "gentcp";

	static final String ENABLED = "gentcp.enabled";

	static final String CLIENT = "gentcp.client";

	static final String SERVER = "gentcp.server";

	/**
	 * Whether to set up clients and servers.
	 */
	private boolean enabled = true;

	private final Observation observation = new Observation();

	/**
	 * Clients, by name.
	 */
	private final Map<String, GenTcpClientProperties> client = new LinkedHashMap<>();

	/**
	 * Servers, by name.
	 */
	private final Map<String, GenTcpServerProperties> server = new LinkedHashMap<>();

	private final Metrics metrics = new Metrics();

	@NestedConfigurationProperty
	private final GenTcpEngineProperties engine = new GenTcpEngineProperties();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Map<String, GenTcpClientProperties> getClient() {
		return this.client;
	}

	public Map<String, GenTcpServerProperties> getServer() {
		return this.server;
	}

	public Metrics getMetrics() {
		return this.metrics;
	}

	public GenTcpEngineProperties getEngine() {
		return this.engine;
	}

	public Observation getObservation() {
		return this.observation;
	}

	/** The settings of every client and server; validates everything first. */
	GenTcpSettings toSettings(PacketTypes packetTypes, TlsBundles bundles) {
		// What is at the top is validated even if everybody has values of their own.
		var unused = toOptions(PREFIX, packetTypes);
		var unusedEither = this.engine.toOptions();
		return new GenTcpSettings(
				this.client.entrySet()
					.stream()
					.map((entry) -> entry.getValue().toSettings(entry.getKey(), packetTypes, bundles))
					.toList(),
				this.server.entrySet()
					.stream()
					.map((entry) -> entry.getValue().toSettings(entry.getKey(), packetTypes, bundles))
					.toList());
	}

	/** What is measured. */
	public static class Metrics {

		/**
		 * Whether to publish gentcp.packet.size, which costs a call of Micrometer per
		 * packet.
		 */
		private boolean packetSize = false;

		public boolean isPacketSize() {
			return this.packetSize;
		}

		public void setPacketSize(boolean packetSize) {
			this.packetSize = packetSize;
		}

	}

	/** What is observed. */
	public static class Observation {

		/**
		 * Whether to observe each packet that is sent, requested or received, and not
		 * only the opening of connections.
		 */
		private boolean packets;

		public boolean isPackets() {
			return this.packets;
		}

		public void setPackets(boolean packets) {
			this.packets = packets;
		}

	}

}

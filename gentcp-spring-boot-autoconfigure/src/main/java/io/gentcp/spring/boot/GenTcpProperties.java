package io.gentcp.spring.boot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gentcp.spring.core.GenTcpClientSettings;
import io.gentcp.spring.listener.GenTcpServerSettings;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Everything below {@code gentcp}. What is set at its top is the default of every client
 * and server; a key it does not know stops start-up.
 */
@ConfigurationProperties(prefix = GenTcpProperties.PREFIX, ignoreUnknownFields = false)
public class GenTcpProperties extends GenTcpSocketProperties implements InitializingBean {

	static final String PREFIX = "gentcp";

	static final String CLIENT = "gentcp.client";

	static final String SERVER = "gentcp.server";

	/**
	 * Whether to set up clients and servers.
	 */
	private boolean enabled = true;

	/**
	 * Clients, by name.
	 */
	private final Map<String, GenTcpClientProperties> client = new LinkedHashMap<>();

	/**
	 * Servers, by name.
	 */
	private final Map<String, GenTcpServerProperties> server = new LinkedHashMap<>();

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

	/** Stops start-up if a value is missing or not allowed. */
	@Override
	public void afterPropertiesSet() {
		validate(PREFIX);
		clientSettings();
		serverSettings();
	}

	List<GenTcpClientSettings> clientSettings() {
		return this.client.entrySet().stream().map((entry) -> entry.getValue().toSettings(entry.getKey())).toList();
	}

	List<GenTcpServerSettings> serverSettings() {
		return this.server.entrySet().stream().map((entry) -> entry.getValue().toSettings(entry.getKey())).toList();
	}

}

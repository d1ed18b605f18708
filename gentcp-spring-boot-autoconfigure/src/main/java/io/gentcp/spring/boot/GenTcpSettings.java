package io.gentcp.spring.boot;

import java.util.List;

import io.gentcp.spring.core.GenTcpClientSettings;
import io.gentcp.spring.listener.GenTcpServerSettings;

/**
 * The clients and servers that the properties describe, all of them valid.
 *
 * @param clients each client
 * @param servers each server
 */
record GenTcpSettings(List<GenTcpClientSettings> clients, List<GenTcpServerSettings> servers) {
}

package io.gentcp.spring.observation;

import org.jspecify.annotations.Nullable;

/**
 * The conventions of an application. Where it has none of its own, that is null, and
 * those of its observation registry are asked before the default.
 *
 * @param connect of the opening of connections
 * @param send of the sending of packets
 * @param request of requests and their replies
 * @param receive of the handling of packets
 */
public record GenTcpConventions(@Nullable GenTcpConnectConvention connect, @Nullable GenTcpSendConvention send,
		@Nullable GenTcpRequestConvention request, @Nullable GenTcpReceiveConvention receive) {

	/** The conventions of an application that has none of its own. */
	public static final GenTcpConventions DEFAULTS = new GenTcpConventions(null, null, null, null);

}

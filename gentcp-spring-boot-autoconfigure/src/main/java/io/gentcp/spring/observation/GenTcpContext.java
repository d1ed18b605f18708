package io.gentcp.spring.observation;

/** What the contexts of all our observations have in common, for handlers and filters. */
public sealed interface GenTcpContext
		permits GenTcpConnectContext, GenTcpSendContext, GenTcpRequestContext, GenTcpReceiveContext {

	/** Returns what is observed. */
	GenTcpOperation operation();

}

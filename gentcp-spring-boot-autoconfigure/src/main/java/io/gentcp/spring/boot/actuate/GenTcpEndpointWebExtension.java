package io.gentcp.spring.boot.actuate;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** What differs of {@link GenTcpEndpoint} over HTTP: what is not there is a 404. */
@EndpointWebExtension(endpoint = GenTcpEndpoint.class)
public final class GenTcpEndpointWebExtension {

	private final GenTcpEndpoint endpoint;

	GenTcpEndpointWebExtension(GenTcpEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Closes a connection.
	 * @see GenTcpEndpoint#close
	 */
	@DeleteOperation
	public WebEndpointResponse<Void> close(@Selector String name, @Selector String connectionId) {
		boolean closed = this.endpoint.close(name, connectionId).closed();
		return new WebEndpointResponse<>(
				closed ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
	}

}

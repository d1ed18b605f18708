package io.gentcp.sample;

import io.gentcp.spring.core.GenTcpException;
import io.gentcp.spring.core.ReplyTimeoutException;
import io.gentcp.spring.core.SendTimeoutException;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells what the network did to a packet, where nobody has caught it. */
@RestControllerAdvice
final class GenTcpProblems {

	@ExceptionHandler
	ProblemDetail problem(GenTcpException ex) {
		HttpStatus status = switch (ex) {
			case SendTimeoutException timeout -> HttpStatus.GATEWAY_TIMEOUT;
			case ReplyTimeoutException timeout -> HttpStatus.GATEWAY_TIMEOUT;
			default -> HttpStatus.BAD_GATEWAY;
		};
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, ex.getMessage());
		problem.setProperty("bytesOut", ex.bytesOut());
		problem.setProperty("bytesTotal", ex.bytesTotal());
		problem.setProperty("nothingSent", ex.nothingSent());
		return problem;
	}

}

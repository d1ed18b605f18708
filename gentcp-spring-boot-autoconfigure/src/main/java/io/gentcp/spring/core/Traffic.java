package io.gentcp.spring.core;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

import io.gentcp.TcpSocket;

/**
 * The bytes of all connections, those that have ended included. Each socket counts its
 * own; whoever asks adds them up, so a packet costs nothing here. One lock keeps a
 * connection that ends from being missed or counted twice.
 */
final class Traffic {

	private final ReentrantLock lock = new ReentrantLock();

	private final Set<TcpSocket> open = new HashSet<>();

	private long sentBefore;

	private long receivedBefore;

	void opened(TcpSocket socket) {
		this.lock.lock();
		try {
			this.open.add(socket);
		}
		finally {
			this.lock.unlock();
		}
	}

	void closed(TcpSocket socket) {
		this.lock.lock();
		try {
			this.open.remove(socket);
			this.sentBefore += socket.bytesOut();
			this.receivedBefore += received(socket);
		}
		finally {
			this.lock.unlock();
		}
	}

	long bytesSent() {
		this.lock.lock();
		try {
			return this.sentBefore + sum(TcpSocket::bytesOut);
		}
		finally {
			this.lock.unlock();
		}
	}

	long bytesReceived() {
		this.lock.lock();
		try {
			return this.receivedBefore + sum(Traffic::received);
		}
		finally {
			this.lock.unlock();
		}
	}

	private long sum(ToLongFunction<TcpSocket> bytes) {
		return this.open.stream().mapToLong(bytes).sum();
	}

	private static long received(TcpSocket socket) {
		return socket.stats().received().bytes();
	}

}

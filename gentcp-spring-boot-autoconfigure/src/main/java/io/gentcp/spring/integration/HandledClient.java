package io.gentcp.spring.integration;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.gentcp.packet.Packet;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.PacketHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * A client, for the endpoint that handles the packets which no request asked for. A
 * client may connect before the endpoint is started, and outlives it: what comes before
 * waits, what comes after is dropped, as by a client that nobody listens to. One lock,
 * which is not held while a packet is handled.
 */
final class HandledClient implements PacketOrigin, PacketHandler {

	private static final Log logger = LogFactory.getLog(GenTcpReceivingChannelAdapter.class);

	private final GenTcpTemplate client;

	private final PacketHandler endpoint;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private State state = State.STARTING;

	/** How many packets are being handled. */
	private int handling;

	/** Changed by the thread that sets the endpoint up. */
	private volatile boolean handled;

	HandledClient(GenTcpTemplate client, PacketHandler endpoint) {
		this.client = client;
		this.endpoint = endpoint;
	}

	@Override
	public Charset charset() {
		return this.client.settings().charset();
	}

	@Override
	public void handle() {
		if (this.handled) {
			return;
		}
		if (this.client.hasPacketHandler()) {
			throw new IllegalStateException(
					("somebody else handles the packets of %s that no request asked for; it can have one inbound "
							+ "adapter or inbound gateway. Give the other one a client of its own")
						.formatted(this.client));
		}
		this.client.setPacketHandler(this);
		this.handled = true;
	}

	@Override
	public void start() {
		handle();
		set(State.STARTED);
		this.client.start();
	}

	@Override
	public void stop() {
		set(State.STOPPED);
	}

	@Override
	public void stop(Runnable callback) {
		stop();
		Thread.ofVirtual().name("gentcp-%s-stop".formatted(this.client.name())).start(() -> {
			awaitHandled();
			callback.run();
		});
	}

	@Override
	public void release() {
		this.client.removePacketHandler(this);
		this.handled = false;
	}

	private void set(State state) {
		this.lock.lock();
		try {
			this.state = state;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void awaitHandled() {
		this.lock.lock();
		try {
			while (this.handling > 0) {
				this.changed.awaitUninterruptibly();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public @Nullable ByteBuffer onPacket(Packet packet, GenTcpConnection connection) throws Exception {
		if (!enter()) {
			logger.debug(LogMessage.format("%s: dropped %s, for the endpoint that handled such packets is stopped",
					this.client, packet));
			return null;
		}
		try {
			return this.endpoint.onPacket(packet, connection);
		}
		finally {
			leave();
		}
	}

	/** Waits for the start; returns whether the packet is to be handled. */
	private boolean enter() {
		this.lock.lock();
		try {
			while (this.state == State.STARTING) {
				this.changed.awaitUninterruptibly();
			}
			if (this.state == State.STOPPED) {
				return false;
			}
			this.handling++;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void leave() {
		this.lock.lock();
		try {
			this.handling--;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private enum State {

		STARTING, STARTED, STOPPED

	}

}

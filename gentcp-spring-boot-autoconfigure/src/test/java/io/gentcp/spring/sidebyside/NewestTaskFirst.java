package io.gentcp.spring.sidebyside;

import java.util.concurrent.Executor;

import org.springframework.integration.ip.tcp.connection.TcpNioConnection;

/**
 * A thread for each task, as ip's own executor has, at an unlucky moment: a thread that
 * has assembled a message, and has another assemble the next, goes on when that has done
 * all it had to.
 */
final class NewestTaskFirst implements Executor {

	private final ThreadLocal<Boolean> assembles = ThreadLocal.withInitial(() -> false);

	@Override
	public void execute(Runnable task) {
		Thread thread = Thread.ofPlatform().daemon().start(() -> {
			this.assembles.set(task instanceof TcpNioConnection);
			task.run();
		});
		if (this.assembles.get()) {
			join(thread);
		}
	}

	private static void join(Thread thread) {
		try {
			thread.join(Library.PATIENCE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

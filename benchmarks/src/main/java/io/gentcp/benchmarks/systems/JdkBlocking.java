package io.gentcp.benchmarks.systems;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

import io.gentcp.benchmarks.peer.CallingClient;
import io.gentcp.benchmarks.peer.JavaPeer;
import io.gentcp.benchmarks.peer.Served;

/** The JDK's own blocking sockets, with a thread for each connection. */
final class JdkBlocking implements JavaPeer {

	private static final int BACKLOG = 4096;

	private final String name;

	private final ThreadFactory threads;

	private JdkBlocking(String name, ThreadFactory threads) {
		this.name = name;
		this.threads = threads;
	}

	static JdkBlocking onVirtualThreads() {
		return new JdkBlocking("jdk-virtual", Thread.ofVirtual().factory());
	}

	static JdkBlocking onPlatformThreads() {
		return new JdkBlocking("jdk-platform", Thread.ofPlatform().daemon().factory());
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public String settings() {
		return "java.net.Socket, a thread for each connection, buffered streams of 8 KB, a flush for each packet, TCP_NODELAY; "
				+ "senders that share a connection take a ReentrantLock";
	}

	@Override
	public int serve(Path folder) throws IOException {
		ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
		Loopback.accept(() -> {
			Stream stream = new Stream(server.accept());
			this.threads.newThread(() -> serve(stream)).start();
		});
		return server.getLocalPort();
	}

	private static void serve(Stream stream) {
		Served served = new Served();
		try (stream) {
			while (true) {
				byte[] answer = served.answer(stream.receive());
				if (answer.length > 0) {
					stream.send(answer);
				}
			}
		}
		catch (EOFException | SocketException ex) {
			// The client has closed the connection.
		}
		catch (IOException ex) {
			Loopback.failed(ex);
		}
	}

	@Override
	public CallingClient client(Path folder, InetSocketAddress server) {
		ThreadFactory callers = this.threads;
		return new CallingClient() {

			@Override
			public CallingConnection connect() throws IOException {
				return new Stream(new Socket(server.getAddress(), server.getPort()));
			}

			@Override
			public ThreadFactory threads() {
				return callers;
			}

		};
	}

	/** A socket with buffers; the lock is the senders'. */
	private static final class Stream implements CallingClient.CallingConnection {

		private final Socket socket;

		private final DataInputStream in;

		private final DataOutputStream out;

		private final ReentrantLock lock = new ReentrantLock();

		Stream(Socket socket) throws IOException {
			this.socket = socket;
			socket.setTcpNoDelay(true);
			this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
			this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
		}

		@Override
		public void send(byte[] packet) throws IOException {
			this.lock.lock();
			try {
				this.out.writeInt(packet.length);
				this.out.write(packet);
				this.out.flush();
			}
			finally {
				this.lock.unlock();
			}
		}

		@Override
		public byte[] receive() throws IOException {
			byte[] packet = new byte[this.in.readInt()];
			this.in.readFully(packet);
			return packet;
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}

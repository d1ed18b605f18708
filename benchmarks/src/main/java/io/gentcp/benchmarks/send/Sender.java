package io.gentcp.benchmarks.send;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;

import io.gentcp.ConnectResult;
import io.gentcp.GenTcp;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A socket whose peer takes everything at once, and packets of 64 bytes and of 32 KB. */
@State(Scope.Benchmark)
public class Sender {

	/** What carries the connection. */
	@Param({ "inet", "socket" })
	public String backend = "inet";

	final byte[] packet = new byte[64];

	final ByteBuffer buffer = ByteBuffer.wrap(this.packet);

	final byte[] large = new byte[32 * 1024];

	private @Nullable Drain peer;

	private @Nullable GenTcp genTcp;

	private @Nullable TcpSocket socket;

	/** Connects. */
	@Setup(Level.Trial)
	public void connect() throws IOException {
		Drain peer = Drain.listening();
		GenTcp genTcp = GenTcp.open();
		this.peer = peer;
		this.genTcp = genTcp;
		SocketOptions options = SocketOptions.defaults()
			.backend(Backend.valueOf(this.backend.toUpperCase(Locale.ROOT)))
			.packet(PacketType.FOUR)
			.nodelay(true)
			.highWatermark(128 * 1024)
			.lowWatermark(64 * 1024);
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.port());
		if (!(genTcp.connect(address, options,
				Duration.ofSeconds(10)) instanceof ConnectResult.Connected(TcpSocket connected))) {
			throw new IOException("cannot connect to " + address);
		}
		this.socket = connected;
	}

	TcpSocket socket() {
		if (this.socket == null) {
			throw new IllegalStateException("not connected");
		}
		return this.socket;
	}

	Drain peer() {
		if (this.peer == null) {
			throw new IllegalStateException("not connected");
		}
		return this.peer;
	}

	/** Closes both sides. */
	@TearDown(Level.Trial)
	public void close() throws IOException {
		if (this.genTcp != null) {
			this.genTcp.close();
		}
		if (this.peer != null) {
			this.peer.close();
		}
	}

}

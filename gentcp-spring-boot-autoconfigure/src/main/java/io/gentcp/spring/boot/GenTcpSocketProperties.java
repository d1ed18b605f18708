package io.gentcp.spring.boot;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import io.gentcp.SocketOptions;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * What clients and servers have in common. Set below {@code gentcp}, it holds for all of
 * them; each may set its own.
 */
public abstract class GenTcpSocketProperties extends GenTcpKernelProperties {

	/**
	 * Backend that carries the connections.
	 */
	private BackendSetting backend = BackendSetting.of("socket");

	/**
	 * How packets are told apart: raw, the bytes of length in front (1, 2, 4), line,
	 * another packet type of Erlang's, or the name of a PacketType bean.
	 */
	private PacketSetting packet = PacketSetting.of("raw");

	/**
	 * Most bytes of a received packet or line; 0 for no limit.
	 */
	private DataSize packetSize = DataSize.ofMegabytes(1);

	/**
	 * Byte that ends a line, as a number or a character; only with packet line.
	 */
	private LineDelimiterSetting lineDelimiter = LineDelimiterSetting.of("0x0a");

	/**
	 * Bytes at which a longer line is cut, the rest being the next packet; 0 for never.
	 */
	private DataSize lineLength = DataSize.ofBytes(0);

	/**
	 * Bytes at the start of each received packet that are set apart; not with http and
	 * ssl_tls.
	 */
	private int header = 0;

	/**
	 * Most bytes of a raw stream taken at once; 0 for what is there, up to 128 KB.
	 */
	private DataSize buffer = DataSize.ofBytes(0);

	/**
	 * Whether a reset by the peer is told from its close.
	 */
	private boolean showEconnreset = false;

	/**
	 * Time a send may wait until its packet is out: milliseconds, a duration, or
	 * 'infinity'.
	 */
	private Timeout sendTimeout = Timeout.of("30s");

	/**
	 * Whether packets are written a moment later, together with those that come
	 * meanwhile; only with backend inet.
	 */
	private boolean delaySend = false;

	/**
	 * Queued bytes at which a send waits; only with backend inet.
	 */
	private DataSize highWatermark = DataSize.ofKilobytes(8);

	/**
	 * Queued bytes at which it no longer waits; only with backend inet.
	 */
	private DataSize lowWatermark = DataSize.ofKilobytes(4);

	/**
	 * Most bytes that one connection may queue, 0 for no limit; only with backend inet.
	 */
	private DataSize maxPending = DataSize.ofMegabytes(64);

	/**
	 * Charset of packets that are sent or received as text.
	 */
	private Charset charset = StandardCharsets.UTF_8;

	public BackendSetting getBackend() {
		return this.backend;
	}

	public void setBackend(BackendSetting backend) {
		this.backend = backend;
	}

	public PacketSetting getPacket() {
		return this.packet;
	}

	public void setPacket(PacketSetting packet) {
		this.packet = packet;
	}

	public DataSize getPacketSize() {
		return this.packetSize;
	}

	public void setPacketSize(DataSize packetSize) {
		this.packetSize = packetSize;
	}

	public LineDelimiterSetting getLineDelimiter() {
		return this.lineDelimiter;
	}

	public void setLineDelimiter(LineDelimiterSetting lineDelimiter) {
		this.lineDelimiter = lineDelimiter;
	}

	public DataSize getLineLength() {
		return this.lineLength;
	}

	public void setLineLength(DataSize lineLength) {
		this.lineLength = lineLength;
	}

	public int getHeader() {
		return this.header;
	}

	public void setHeader(int header) {
		this.header = header;
	}

	public DataSize getBuffer() {
		return this.buffer;
	}

	public void setBuffer(DataSize buffer) {
		this.buffer = buffer;
	}

	public boolean isShowEconnreset() {
		return this.showEconnreset;
	}

	public void setShowEconnreset(boolean showEconnreset) {
		this.showEconnreset = showEconnreset;
	}

	public Timeout getSendTimeout() {
		return this.sendTimeout;
	}

	public void setSendTimeout(Timeout sendTimeout) {
		this.sendTimeout = sendTimeout;
	}

	public boolean isDelaySend() {
		return this.delaySend;
	}

	public void setDelaySend(boolean delaySend) {
		this.delaySend = delaySend;
	}

	public DataSize getHighWatermark() {
		return this.highWatermark;
	}

	public void setHighWatermark(DataSize highWatermark) {
		this.highWatermark = highWatermark;
	}

	public DataSize getLowWatermark() {
		return this.lowWatermark;
	}

	public void setLowWatermark(DataSize lowWatermark) {
		this.lowWatermark = lowWatermark;
	}

	public DataSize getMaxPending() {
		return this.maxPending;
	}

	public void setMaxPending(DataSize maxPending) {
		this.maxPending = maxPending;
	}

	public Charset getCharset() {
		return this.charset;
	}

	public void setCharset(Charset charset) {
		this.charset = charset;
	}

	/** Rejects values that no socket can have. */
	private void validate(String prefix) {
		checkSize(prefix + ".packet-size", this.packetSize);
		checkSize(prefix + ".line-length", this.lineLength);
		check(this.header >= 0, prefix + ".header", this.header, "allowed: 0 or more");
		checkSize(prefix + ".buffer", this.buffer);
		checkSize(prefix + ".high-watermark", this.highWatermark);
		checkSize(prefix + ".low-watermark", this.lowWatermark);
		check(this.lowWatermark.compareTo(this.highWatermark) <= 0, prefix + ".low-watermark",
				this.lowWatermark.toBytes(), "allowed: at most '%s.high-watermark', which is %d bytes".formatted(prefix,
						this.highWatermark.toBytes()));
		check(!this.maxPending.isNegative(), prefix + ".max-pending", this.maxPending.toBytes(),
				"allowed: 0 bytes or more");
	}

	/**
	 * The options of a socket with these properties; validates them first.
	 * @param prefix where these properties are
	 */
	SocketOptions toOptions(String prefix, PacketTypes packetTypes) {
		validate(prefix);
		return withKernelOptions(prefix, SocketOptions.defaults()).backend(this.backend.backend())
			.packet(packetTypes.get(prefix + ".packet", this.packet))
			.packetSize((int) this.packetSize.toBytes())
			.lineDelimiter(this.lineDelimiter.octet())
			.lineLength((int) this.lineLength.toBytes())
			.header(this.header)
			.buffer((int) this.buffer.toBytes())
			.showEconnreset(this.showEconnreset)
			.sendTimeout(this.sendTimeout.duration())
			.delaySend(this.delaySend)
			.highWatermark((int) this.highWatermark.toBytes())
			.lowWatermark((int) this.lowWatermark.toBytes())
			.maxPending(this.maxPending.toBytes());
	}

	/** The settings of recovery, if they are set, with backend inet. */
	static void checkNothingIsRecovered(String prefix, @Nullable RecoverySetting recovery, @Nullable Timeout timeout) {
		String reason = ("with backend inet there is nothing to recover: a packet that is not out at its send timeout "
				+ "stays queued whole, and goes out by itself; remove it, or set '%s.backend' to socket")
			.formatted(prefix);
		checkUnset(prefix + ".recovery", recovery, reason);
		checkUnset(prefix + ".recovery-timeout", timeout, reason);
	}

}

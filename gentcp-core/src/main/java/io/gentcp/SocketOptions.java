package io.gentcp;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import io.gentcp.transport.ChannelOptions;
import io.gentcp.transport.TransportOptions;
import io.gentcp.transport.Watermarks;
import org.jspecify.annotations.Nullable;

/**
 * The options of a socket, with gen_tcp's names, meanings and defaults. Immutable: each
 * method returns a copy with one option changed.
 *
 * <pre>{@code
 * SocketOptions.defaults().packet(PacketType.FOUR).sendTimeout(Duration.ofSeconds(5))
 * }</pre>
 *
 * An accepted socket has the options of its listen socket.
 */
public final class SocketOptions {

	/** Waits for ever: Erlang's {@code infinity}. */
	public static final Duration INFINITY = Duration.ofSeconds(Long.MAX_VALUE);

	private static final int MAX_OCTET = 0xff;

	private static final SocketOptions DEFAULTS = new SocketOptions(Backend.INET, Receiving.DEFAULTS, Sends.DEFAULTS,
			new ChannelOptions(false, false, false, 0, 0, -1), 5, null);

	private final Backend backend;

	private final Receiving receiving;

	private final Sends sends;

	private final ChannelOptions channel;

	private final int backlog;

	private final @Nullable InetAddress ip;

	private SocketOptions(Backend backend, Receiving receiving, Sends sends, ChannelOptions channel, int backlog,
			@Nullable InetAddress ip) {
		this.backend = backend;
		this.receiving = receiving;
		this.sends = sends;
		this.channel = channel;
		this.backlog = backlog;
		this.ip = ip;
	}

	/** Returns Erlang's defaults. */
	public static SocketOptions defaults() {
		return DEFAULTS;
	}

	/** {@code inet_backend}: what carries the connection; {@code inet} by default. */
	public SocketOptions backend(Backend backend) {
		return new SocketOptions(backend, this.receiving, this.sends, this.channel, this.backlog, this.ip);
	}

	/**
	 * {@code packet}: how packets are told apart; raw by default. Setting it on a live
	 * socket reads anew what has arrived and is no packet yet; setting http, also again,
	 * expects a start line.
	 */
	public SocketOptions packet(PacketType packet) {
		return with(packets().withType(packet));
	}

	/**
	 * {@code packet_size}: the most bytes the body of a received packet may have, or a
	 * line with its end; 0 for no limit; 0 by default. A larger one ends the connection
	 * with {@code emsgsize}.
	 */
	public SocketOptions packetSize(int bytes) {
		return with(packetLimits().withPacketSize(bytes));
	}

	/**
	 * {@code line_delimiter}: the byte that ends a line with {@link PacketType#LINE}; a
	 * line feed by default.
	 * @param octet 0 to 255
	 */
	public SocketOptions lineDelimiter(int octet) {
		if (octet < 0 || octet > MAX_OCTET) {
			throw new IllegalArgumentException(
					"line_delimiter is %d; it must be a byte, 0 to %d".formatted(octet, MAX_OCTET));
		}
		return with(packetLimits().withLineDelimiter((byte) octet));
	}

	/**
	 * {@code line_length}: how many bytes of a longer line are a packet, so that a line
	 * comes in pieces of which only the last has the delimiter; 0, the default, cuts
	 * none. In Erlang the size of the option {@code buffer} does this, unasked.
	 */
	public SocketOptions lineLength(int bytes) {
		return with(packetLimits().withLineLength(bytes));
	}

	/**
	 * {@code header}: how many bytes of each received packet are set apart, so that it
	 * comes as {@link Packet.WithHeader WithHeader}; 0, the default, for none. Of no
	 * concern to http and ssl_tls.
	 */
	public SocketOptions header(int bytes) {
		return with(packets().withHeader(notNegative("header", bytes)));
	}

	private SocketOptions with(PacketLimits limits) {
		return with(packets().withLimits(limits));
	}

	private SocketOptions with(PacketOptions packets) {
		return with(new Receiving(packets, this.receiving.active));
	}

	/**
	 * {@code active}: whether packets are delivered to the controlling process or wait
	 * for {@link TcpSocket#recv}. {@link ActiveMode#FALSE} by default, as a thread is no
	 * process that could be delivered to; in Erlang it is true.
	 */
	public SocketOptions active(ActiveMode mode) {
		return with(new Active(mode, this.receiving.active.process));
	}

	/**
	 * Who gets the messages of active sockets: in Erlang the process that connects or
	 * accepts. Needed with any {@code active} but false; none by default.
	 */
	public SocketOptions controllingProcess(ControllingProcess process) {
		return with(new Active(this.receiving.active.mode, process));
	}

	private SocketOptions with(Active active) {
		return with(new Receiving(packets(), active));
	}

	private SocketOptions with(Receiving receiving) {
		return new SocketOptions(this.backend, receiving, this.sends, this.channel, this.backlog, this.ip);
	}

	/**
	 * {@code send_timeout}: how long a send may wait until its packet is out, waiting for
	 * other senders included; {@link #INFINITY} by default. With zero a send never waits.
	 */
	public SocketOptions sendTimeout(Duration timeout) {
		if (timeout.isNegative()) {
			throw new IllegalArgumentException("send_timeout is %s; it must be zero or more".formatted(timeout));
		}
		return with(new Sends(timeout, this.sends.timeoutClose, this.sends.partialPackets, this.sends.watermarks));
	}

	/**
	 * {@code send_timeout_close}: whether the connection is closed when a send times out;
	 * false by default.
	 */
	public SocketOptions sendTimeoutClose(boolean close) {
		return with(new Sends(this.sends.timeout, close, this.sends.partialPackets, this.sends.watermarks));
	}

	/**
	 * What a send meets while only a part of an earlier packet is out: it is refused by
	 * default. Cannot be changed on a live socket. Erlang has no such option.
	 */
	public SocketOptions partialPackets(PartialPackets partialPackets) {
		return with(new Sends(this.sends.timeout, this.sends.timeoutClose, partialPackets, this.sends.watermarks));
	}

	/**
	 * {@code high_watermark}: how many bytes are queued on the inet backend when a sender
	 * has to wait, 8192 by default. The first packet that overflows is queued however
	 * large it is; the next sender waits.
	 */
	public SocketOptions highWatermark(int bytes) {
		Watermarks old = this.sends.watermarks;
		return with(new Watermarks(notNegative("high_watermark", bytes), old.low(), old.maxPending()));
	}

	/**
	 * {@code low_watermark}: how many bytes are queued at most when a sender no longer
	 * has to wait, 4096 by default.
	 */
	public SocketOptions lowWatermark(int bytes) {
		Watermarks old = this.sends.watermarks;
		return with(new Watermarks(old.high(), notNegative("low_watermark", bytes), old.maxPending()));
	}

	/**
	 * How many bytes may be queued on the inet backend, 0, the default, for no limit. A
	 * packet with which there would be more is refused before anything of it is out or
	 * queued. Erlang has no such option.
	 */
	public SocketOptions maxPending(long bytes) {
		if (bytes < 0) {
			throw new IllegalArgumentException("max_pending is %d; it must be 0 or more".formatted(bytes));
		}
		Watermarks old = this.sends.watermarks;
		return with(new Watermarks(old.high(), old.low(), bytes));
	}

	private SocketOptions with(Watermarks watermarks) {
		return with(new Sends(this.sends.timeout, this.sends.timeoutClose, this.sends.partialPackets, watermarks));
	}

	private SocketOptions with(Sends sends) {
		return new SocketOptions(this.backend, this.receiving, sends, this.channel, this.backlog, this.ip);
	}

	/** {@code nodelay}: whether small packets leave at once; false by default. */
	public SocketOptions nodelay(boolean nodelay) {
		ChannelOptions old = this.channel;
		return with(new ChannelOptions(nodelay, old.keepalive(), old.reuseaddr(), old.sndbuf(), old.recbuf(),
				old.linger()));
	}

	/** {@code keepalive}: whether the system probes an idle peer; false by default. */
	public SocketOptions keepalive(boolean keepalive) {
		ChannelOptions old = this.channel;
		return with(new ChannelOptions(old.nodelay(), keepalive, old.reuseaddr(), old.sndbuf(), old.recbuf(),
				old.linger()));
	}

	/**
	 * {@code reuseaddr}: whether a listen socket may bind while connections of an earlier
	 * one linger; false by default.
	 */
	public SocketOptions reuseaddr(boolean reuseaddr) {
		ChannelOptions old = this.channel;
		return with(new ChannelOptions(old.nodelay(), old.keepalive(), reuseaddr, old.sndbuf(), old.recbuf(),
				old.linger()));
	}

	/**
	 * {@code sndbuf}: the kernel's send buffer in bytes; 0, the default, is its choice.
	 */
	public SocketOptions sndbuf(int bytes) {
		ChannelOptions old = this.channel;
		return with(new ChannelOptions(old.nodelay(), old.keepalive(), old.reuseaddr(), notNegative("sndbuf", bytes),
				old.recbuf(), old.linger()));
	}

	/**
	 * {@code recbuf}: the kernel's receive buffer in bytes; 0, the default, is its
	 * choice.
	 */
	public SocketOptions recbuf(int bytes) {
		ChannelOptions old = this.channel;
		return with(new ChannelOptions(old.nodelay(), old.keepalive(), old.reuseaddr(), old.sndbuf(),
				notNegative("recbuf", bytes), old.linger()));
	}

	/**
	 * {@code linger}: how many seconds the kernel goes on to deliver after close; 0
	 * resets the connection at once, and -1, the default, closes in the background.
	 */
	public SocketOptions linger(int seconds) {
		ChannelOptions old = this.channel;
		return with(new ChannelOptions(old.nodelay(), old.keepalive(), old.reuseaddr(), old.sndbuf(), old.recbuf(),
				Math.max(-1, seconds)));
	}

	private SocketOptions with(ChannelOptions channel) {
		return new SocketOptions(this.backend, this.receiving, this.sends, channel, this.backlog, this.ip);
	}

	/** {@code backlog}: how many connections wait to be accepted, 5 by default. */
	public SocketOptions backlog(int connections) {
		return new SocketOptions(this.backend, this.receiving, this.sends, this.channel,
				notNegative("backlog", connections), this.ip);
	}

	/**
	 * {@code ip}: the local address to listen on or to connect from; all addresses, or
	 * the system's choice, by default.
	 */
	public SocketOptions ip(InetAddress address) {
		return new SocketOptions(this.backend, this.receiving, this.sends, this.channel, this.backlog, address);
	}

	private static int notNegative(String option, int value) {
		if (value < 0) {
			throw new IllegalArgumentException("%s is %d; it must be 0 or more".formatted(option, value));
		}
		return value;
	}

	/** Returns what carries the connection. */
	public Backend backend() {
		return this.backend;
	}

	/** Returns how packets are told apart. */
	public PacketType packet() {
		return packets().type();
	}

	/** Returns the most bytes of a received packet's body, 0 for no limit. */
	public int packetSize() {
		return packetLimits().packetSize();
	}

	/** Returns the byte that ends a line, 0 to 255. */
	public int lineDelimiter() {
		return Byte.toUnsignedInt(packetLimits().lineDelimiter());
	}

	/** Returns how many bytes of a longer line are a packet, 0 if none is cut. */
	public int lineLength() {
		return packetLimits().lineLength();
	}

	/** Returns how many bytes of a received packet are set apart. */
	public int header() {
		return packets().header();
	}

	/**
	 * Returns the type of all packets that are received: what {@code packet} delivers, or
	 * {@link Packet.WithHeader} where that is bytes of which {@code header} sets some
	 * apart.
	 */
	public Class<? extends Packet> delivers() {
		return packets().delivers();
	}

	/** Returns whether packets are delivered or wait for a receive. */
	public ActiveMode active() {
		return this.receiving.active.mode;
	}

	/** Returns who gets the messages of active sockets, if anybody. */
	public Optional<ControllingProcess> controllingProcess() {
		return Optional.ofNullable(this.receiving.active.process);
	}

	/** Returns how long a send may wait. */
	public Duration sendTimeout() {
		return this.sends.timeout;
	}

	/** Returns whether the connection is closed when a send times out. */
	public boolean sendTimeoutClose() {
		return this.sends.timeoutClose;
	}

	/** Returns what a send meets while only a part of an earlier packet is out. */
	public PartialPackets partialPackets() {
		return this.sends.partialPackets;
	}

	/** Returns how much the inet backend queues. */
	public Watermarks watermarks() {
		return this.sends.watermarks;
	}

	/** Returns what the connection asks of the operating system. */
	public ChannelOptions channelOptions() {
		return this.channel;
	}

	TransportOptions transportOptions() {
		return new TransportOptions(this.backend, this.channel, waitBehindPartial(), this.sends.watermarks);
	}

	/** Returns how many connections wait to be accepted. */
	public int backlog() {
		return this.backlog;
	}

	/** Returns the local address, or null for the system's choice. */
	@Nullable InetAddress localIp() {
		return this.ip;
	}

	PacketOptions packets() {
		return this.receiving.packets;
	}

	private PacketLimits packetLimits() {
		return packets().limits();
	}

	void checkActive() {
		if (!active().isPassive() && controllingProcess().isEmpty()) {
			throw new IllegalArgumentException(("active is %s, but there is no controlling process to deliver to; "
					+ "set controllingProcess, to a Mailbox for example, or active to false")
				.formatted(active()));
		}
	}

	/** Whether writes wait behind a partial packet; nobody is refused before a close. */
	private boolean waitBehindPartial() {
		return partialPackets() == PartialPackets.WAIT || sendTimeoutClose();
	}

	private record Active(ActiveMode mode, @Nullable ControllingProcess process) {

		static final Active DEFAULTS = new Active(ActiveMode.FALSE, null);

	}

	private record Receiving(PacketOptions packets, Active active) {

		static final Receiving DEFAULTS = new Receiving(PacketOptions.DEFAULTS, Active.DEFAULTS);

	}

	private record Sends(Duration timeout, boolean timeoutClose, PartialPackets partialPackets, Watermarks watermarks) {

		static final Sends DEFAULTS = new Sends(INFINITY, false, PartialPackets.REFUSE, Watermarks.DEFAULTS);

	}

}

package io.gentcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import io.gentcp.transport.ChannelOptions;
import io.gentcp.transport.TlsOptions;
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

	private static final SocketOptions DEFAULTS = new SocketOptions(Carrier.DEFAULTS, Receiving.DEFAULTS,
			SendOptions.DEFAULTS, ChannelOptions.DEFAULTS, Place.DEFAULTS);

	private final Carrier carrier;

	private final Receiving receiving;

	private final SendOptions sends;

	private final ChannelOptions channel;

	private final Place place;

	private SocketOptions(Carrier carrier, Receiving receiving, SendOptions sends, ChannelOptions channel,
			Place place) {
		this.carrier = carrier;
		this.receiving = receiving;
		this.sends = sends;
		this.channel = channel;
		this.place = place;
	}

	/** Returns Erlang's defaults. */
	public static SocketOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Sets an option by Erlang's name, for whoever has options as data.
	 *
	 * <pre>{@code
	 * SocketOptions.defaults().set("packet", 4).set("send_timeout", 5000).set("active", "once")
	 * }</pre>
	 * @param name as Erlang spells it, {@code send_timeout}
	 * @param value what its method here takes, or what Erlang takes: {@code true},
	 * {@code "once"}, {@code "infinity"}, milliseconds; numbers may be text
	 * @throws IllegalArgumentException if there is no such option, if Java cannot set it,
	 * or if it does not take the value; the message says what is allowed
	 */
	public SocketOptions set(String name, Object value) {
		return NamedOptions.of(name).set().apply(this, value);
	}

	/**
	 * Returns the value of an option by Erlang's name, as its method here returns it.
	 * @throws IllegalArgumentException if there is no such option, or Java cannot have it
	 */
	public Object get(String name) {
		return NamedOptions.of(name).get().apply(this);
	}

	/** Returns the names that {@link #set} takes, in Erlang's spelling. */
	public static Set<String> names() {
		return NamedOptions.all().keySet();
	}

	/**
	 * Returns the options of Erlang that {@link #set} refuses, each with the reason, in
	 * Erlang's spelling.
	 */
	public static Map<String, String> refused() {
		return NamedOptions.refused();
	}

	/** {@code inet_backend}: what carries the connection; {@code inet} by default. */
	public SocketOptions backend(Backend backend) {
		return with(new Carrier(backend, this.carrier.tls));
	}

	/**
	 * Encrypts the connection, as Erlang's {@code ssl} does; it is plain by default.
	 * Everything else keeps its meaning and counts what is sent and received, not what
	 * becomes of it on the way. Cannot be changed on a live socket.
	 */
	public SocketOptions tls(TlsOptions tls) {
		return with(new Carrier(this.carrier.backend, tls));
	}

	private SocketOptions with(Carrier carrier) {
		return new SocketOptions(carrier, this.receiving, this.sends, this.channel, this.place);
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
		return with(packetLimits().withLineDelimiter((byte) octet("line_delimiter", octet)));
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

	/**
	 * {@code buffer}: the most bytes of a raw stream that {@code recv} without a length,
	 * or a message in active mode, takes at once; 0, the default, for as many as have
	 * arrived, up to 144 KB. In Erlang it is 1460. It limits nothing else: neither lines
	 * nor http, which {@code packet_size} does.
	 */
	public SocketOptions buffer(int bytes) {
		return with(packets().withBuffer(notNegative("buffer", bytes)));
	}

	private SocketOptions with(PacketLimits limits) {
		return with(packets().withLimits(limits));
	}

	private SocketOptions with(PacketOptions packets) {
		return with(new Receiving(packets, this.receiving.active, this.receiving.ending));
	}

	/**
	 * {@code exit_on_close}: whether the end of the peer's stream, once it is noticed,
	 * closes this side as well; true by default. If false, the connection is half open
	 * then, and what is sent still reaches the peer.
	 */
	public SocketOptions exitOnClose(boolean exit) {
		return with(new Ending(exit, this.receiving.ending.showEconnreset));
	}

	/**
	 * {@code show_econnreset}: whether a connection that the peer resets fails with
	 * {@code econnreset}; false by default, and it is {@code closed} then like one that
	 * the peer closes.
	 */
	public SocketOptions showEconnreset(boolean show) {
		return with(new Ending(this.receiving.ending.exitOnClose, show));
	}

	private SocketOptions with(Ending ending) {
		return with(new Receiving(packets(), this.receiving.active, ending));
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
		return with(new Receiving(packets(), active, this.receiving.ending));
	}

	private SocketOptions with(Receiving receiving) {
		return new SocketOptions(this.carrier, receiving, this.sends, this.channel, this.place);
	}

	/**
	 * {@code send_timeout}: how long a send may wait until its packet is out, waiting for
	 * other senders included; {@link #INFINITY} by default. With zero a send never waits.
	 */
	public SocketOptions sendTimeout(Duration timeout) {
		if (timeout.isNegative()) {
			throw new IllegalArgumentException("send_timeout is %s; it must be zero or more".formatted(timeout));
		}
		return with(this.sends.withTimeout(timeout));
	}

	/**
	 * {@code send_timeout_close}: whether the connection is closed when a send times out;
	 * false by default. An interrupt does not close it: what is not out then is queued or
	 * the sender's rest as usual, and while it is set, others wait for a rest of which a
	 * part is out as with {@link PartialPackets#WAIT}.
	 */
	public SocketOptions sendTimeoutClose(boolean close) {
		return with(this.sends.withTimeoutClose(close));
	}

	/**
	 * What a send meets while only a part of an earlier packet is out: it is refused by
	 * default. Cannot be changed on a live socket. Erlang has no such option.
	 */
	public SocketOptions partialPackets(PartialPackets partialPackets) {
		return with(this.sends.withPartialPackets(partialPackets));
	}

	/**
	 * {@code high_watermark}: how many bytes are queued on the inet backend when a sender
	 * has to wait, 8192 by default. The first packet that overflows is queued however
	 * large it is; the next sender waits.
	 */
	public SocketOptions highWatermark(int bytes) {
		Watermarks old = this.sends.watermarks();
		return with(new Watermarks(notNegative("high_watermark", bytes), old.low(), old.maxPending()));
	}

	/**
	 * {@code low_watermark}: how many bytes are queued at most when a sender no longer
	 * has to wait, 4096 by default.
	 */
	public SocketOptions lowWatermark(int bytes) {
		Watermarks old = this.sends.watermarks();
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
		Watermarks old = this.sends.watermarks();
		return with(new Watermarks(old.high(), old.low(), bytes));
	}

	private SocketOptions with(Watermarks watermarks) {
		return with(this.sends.withWatermarks(watermarks));
	}

	private SocketOptions with(SendOptions sends) {
		return new SocketOptions(this.carrier, this.receiving, sends, this.channel, this.place);
	}

	/**
	 * {@code delay_send}: whether a packet on the inet backend is queued in any case and
	 * written a moment later in the background, together with those that came meanwhile;
	 * false by default. Has no effect on the socket backend.
	 */
	public SocketOptions delaySend(boolean delay) {
		return with(this.sends.withDelay(delay));
	}

	/** {@code nodelay}: whether small packets leave at once; false by default. */
	public SocketOptions nodelay(boolean nodelay) {
		return with(this.channel.nodelay(nodelay));
	}

	/** {@code keepalive}: whether the system probes an idle peer; false by default. */
	public SocketOptions keepalive(boolean keepalive) {
		return with(this.channel.keepalive(keepalive));
	}

	/**
	 * {@code keepidle}: after how many seconds of idleness the system begins to probe, if
	 * {@code keepalive} is on; 0, the default, is its choice.
	 */
	public SocketOptions keepidle(int seconds) {
		return with(this.channel.keepidle(notNegative("keepidle", seconds)));
	}

	/**
	 * {@code keepintvl}: how many seconds lie between two probes; 0, the default, is the
	 * system's choice.
	 */
	public SocketOptions keepintvl(int seconds) {
		return with(this.channel.keepintvl(notNegative("keepintvl", seconds)));
	}

	/**
	 * {@code keepcnt}: how many probes without an answer end the connection; 0, the
	 * default, is the system's choice.
	 */
	public SocketOptions keepcnt(int probes) {
		return with(this.channel.keepcnt(notNegative("keepcnt", probes)));
	}

	/**
	 * {@code reuseaddr}: whether a listen socket may bind while connections of an earlier
	 * one linger; false by default.
	 */
	public SocketOptions reuseaddr(boolean reuseaddr) {
		return with(this.channel.reuseaddr(reuseaddr));
	}

	/**
	 * {@code reuseport}: whether several listen sockets, of several processes too, may
	 * share a port, and the system spreads connections over them; false by default.
	 */
	public SocketOptions reuseport(boolean reuseport) {
		return with(this.channel.reuseport(reuseport));
	}

	/**
	 * {@code sndbuf}: the kernel's send buffer in bytes; 0, the default, is its choice.
	 */
	public SocketOptions sndbuf(int bytes) {
		return with(this.channel.sndbuf(notNegative("sndbuf", bytes)));
	}

	/**
	 * {@code recbuf}: the kernel's receive buffer in bytes; 0, the default, is its
	 * choice.
	 */
	public SocketOptions recbuf(int bytes) {
		return with(this.channel.recbuf(notNegative("recbuf", bytes)));
	}

	/**
	 * {@code linger}: how many seconds the kernel goes on to deliver after close; 0
	 * resets the connection at once, and -1, the default, closes in the background.
	 */
	public SocketOptions linger(int seconds) {
		return with(this.channel.linger(Math.max(-1, seconds)));
	}

	/**
	 * {@code tos}: the type of service in the header of IP, or the traffic class of IPv6;
	 * the system's choice, 0, by default.
	 * @param octet 0 to 255
	 */
	public SocketOptions tos(int octet) {
		return with(this.channel.tos(octet("tos", octet)));
	}

	private SocketOptions with(ChannelOptions channel) {
		return new SocketOptions(this.carrier, this.receiving, this.sends, channel, this.place);
	}

	/** {@code backlog}: how many connections wait to be accepted, 5 by default. */
	public SocketOptions backlog(int connections) {
		return with(new Place(notNegative("backlog", connections), this.place.ip, this.place.port, this.place.family));
	}

	/**
	 * {@code ip}: the local address to listen on or to connect from; all addresses, or
	 * the system's choice, by default.
	 */
	public SocketOptions ip(InetAddress address) {
		return with(new Place(this.place.backlog, address, this.place.port, this.place.family));
	}

	/**
	 * {@code port}: the local port to connect from; 0, the default, for the system's
	 * choice. Of no concern to a listen socket.
	 * @param port 0 to 65535
	 */
	public SocketOptions port(int port) {
		if (port < 0 || port > 0xffff) {
			throw new IllegalArgumentException("port is %d; it must be 0 to 65535".formatted(port));
		}
		return with(new Place(this.place.backlog, this.place.ip, port, this.place.family));
	}

	/**
	 * {@code inet} and {@code inet6}: which addresses of a host are tried, and which kind
	 * of address is listened on. Without it, which is the default, all addresses of a
	 * host are tried in the system's order, and a listen socket without {@code ip} takes
	 * connections of both. In Erlang it is inet.
	 * @param family {@link StandardProtocolFamily#INET} or
	 * {@link StandardProtocolFamily#INET6}; that of a local socket is clear from its
	 * address
	 */
	public SocketOptions family(StandardProtocolFamily family) {
		if (family == StandardProtocolFamily.UNIX) {
			throw new IllegalArgumentException(
					"family is UNIX; it must be INET or INET6, and for a local socket give its address instead");
		}
		return with(new Place(this.place.backlog, this.place.ip, this.place.port, family));
	}

	private SocketOptions with(Place place) {
		return new SocketOptions(this.carrier, this.receiving, this.sends, this.channel, place);
	}

	private static int octet(String option, int value) {
		if (value < 0 || value > MAX_OCTET) {
			throw new IllegalArgumentException(
					"%s is %d; it must be a byte, 0 to %d".formatted(option, value, MAX_OCTET));
		}
		return value;
	}

	private static int notNegative(String option, int value) {
		if (value < 0) {
			throw new IllegalArgumentException("%s is %d; it must be 0 or more".formatted(option, value));
		}
		return value;
	}

	/** Returns what carries the connection. */
	public Backend backend() {
		return this.carrier.backend;
	}

	/** Returns how the connection is encrypted, if it is. */
	public Optional<TlsOptions> tls() {
		return Optional.ofNullable(this.carrier.tls);
	}

	@Nullable TlsOptions tlsOptions() {
		return this.carrier.tls;
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

	/** Returns the most bytes of a raw stream that are taken at once, 0 for no limit. */
	public int buffer() {
		return packets().buffer();
	}

	/** Returns whether the end of the peer's stream closes this side as well. */
	public boolean exitOnClose() {
		return this.receiving.ending.exitOnClose;
	}

	/** Returns whether a reset is told from a close. */
	public boolean showEconnreset() {
		return this.receiving.ending.showEconnreset;
	}

	/** Returns how long a send may wait. */
	public Duration sendTimeout() {
		return this.sends.timeout();
	}

	/** Returns whether the connection is closed when a send times out. */
	public boolean sendTimeoutClose() {
		return this.sends.timeoutClose();
	}

	/** Returns what a send meets while only a part of an earlier packet is out. */
	public PartialPackets partialPackets() {
		return this.sends.partialPackets();
	}

	/** Returns how much the inet backend queues. */
	public Watermarks watermarks() {
		return this.sends.watermarks();
	}

	/** Returns whether packets are written a moment later. */
	public boolean delaySend() {
		return this.sends.delay();
	}

	/** Returns what the connection asks of the operating system. */
	public ChannelOptions channelOptions() {
		return this.channel;
	}

	TransportOptions transportOptions() {
		return new TransportOptions(this.carrier.backend, this.channel, waitBehindPartial(), this.sends.watermarks(),
				this.sends.delay());
	}

	/** Returns how many connections wait to be accepted. */
	public int backlog() {
		return this.place.backlog;
	}

	/** Returns the local address, or the one that stands for all. */
	InetAddress ipOrAny() {
		return listenAddress(0).getAddress();
	}

	/** Returns the local port to connect from, 0 for the system's choice. */
	public int port() {
		return this.place.port;
	}

	/** Returns the local address to listen on. */
	InetSocketAddress listenAddress(int port) {
		return (this.place.ip != null) ? new InetSocketAddress(this.place.ip, port) : new InetSocketAddress(port);
	}

	/** Returns the local address to connect from, or null for the system's choice. */
	@Nullable InetSocketAddress localAddress() {
		return (this.place.ip != null || this.place.port > 0) ? listenAddress(this.place.port) : null;
	}

	/** Returns the kind of addresses, or null for all. */
	@Nullable StandardProtocolFamily localFamily() {
		return this.place.family;
	}

	PacketOptions packets() {
		return this.receiving.packets;
	}

	private PacketLimits packetLimits() {
		return packets().limits();
	}

	/** Whether these differ in what a socket is made with and keeps. */
	boolean changesWhatIsFixed(SocketOptions before) {
		return !this.carrier.equals(before.carrier) || partialPackets() != before.partialPackets()
				|| !this.place.equals(before.place) || this.channel.reuseaddr() != before.channel.reuseaddr()
				|| this.channel.reuseport() != before.channel.reuseport()
				|| !controllingProcess().equals(before.controllingProcess());
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

	private record Carrier(Backend backend, @Nullable TlsOptions tls) {

		static final Carrier DEFAULTS = new Carrier(Backend.INET, null);

	}

	private record Active(ActiveMode mode, @Nullable ControllingProcess process) {

		static final Active DEFAULTS = new Active(ActiveMode.FALSE, null);

	}

	private record Ending(boolean exitOnClose, boolean showEconnreset) {

		static final Ending DEFAULTS = new Ending(true, false);

	}

	private record Receiving(PacketOptions packets, Active active, Ending ending) {

		static final Receiving DEFAULTS = new Receiving(PacketOptions.DEFAULTS, Active.DEFAULTS, Ending.DEFAULTS);

	}

	private record Place(int backlog, @Nullable InetAddress ip, int port, @Nullable StandardProtocolFamily family) {

		static final Place DEFAULTS = new Place(5, null, 0, null);

	}

}

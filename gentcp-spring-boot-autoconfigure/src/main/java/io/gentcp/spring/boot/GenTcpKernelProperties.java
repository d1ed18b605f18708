package io.gentcp.spring.boot;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.gentcp.SocketOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * What sockets ask of the operating system. On a local socket there are but the two
 * buffers and {@code linger}, and the rest has no effect.
 */
public abstract class GenTcpKernelProperties {

	/** What Linux takes for its probes. */
	private static final int MOST_PROBES = 127;

	private static final int MOST_SECONDS = 32767;

	/**
	 * Kernel's send buffer; 0 leaves the size to the system.
	 */
	private DataSize sndbuf = DataSize.ofBytes(0);

	/**
	 * Kernel's receive buffer; 0 leaves the size to the system.
	 */
	private DataSize recbuf = DataSize.ofBytes(0);

	/**
	 * Whether small packets leave at once, without waiting for more to send with them.
	 */
	private boolean nodelay = true;

	/**
	 * Whether the system probes the peer of an idle connection.
	 */
	private boolean keepalive = true;

	/**
	 * Time, in seconds, without a packet after which the system begins to probe; 0 leaves
	 * it to the system.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration keepidle = Duration.ofSeconds(0);

	/**
	 * Time, in seconds, between two probes; 0 leaves it to the system.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration keepintvl = Duration.ofSeconds(0);

	/**
	 * Number of probes without an answer that end a connection; 0 leaves it to the
	 * system.
	 */
	private int keepcnt = 0;

	/**
	 * Time, in seconds, that the system goes on to deliver after a close; 0 resets the
	 * connection instead, -1 delivers in the background.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration linger = Duration.ofSeconds(-1);

	/**
	 * Type of service in the header of IP, 0 to 255; 0 leaves it to the system.
	 */
	private int tos = 0;

	/**
	 * Kind of addresses: inet for IPv4, inet6 for IPv6. Both by default.
	 */
	private @Nullable FamilySetting family;

	public DataSize getSndbuf() {
		return this.sndbuf;
	}

	public void setSndbuf(DataSize sndbuf) {
		this.sndbuf = sndbuf;
	}

	public DataSize getRecbuf() {
		return this.recbuf;
	}

	public void setRecbuf(DataSize recbuf) {
		this.recbuf = recbuf;
	}

	public boolean isNodelay() {
		return this.nodelay;
	}

	public void setNodelay(boolean nodelay) {
		this.nodelay = nodelay;
	}

	public boolean isKeepalive() {
		return this.keepalive;
	}

	public void setKeepalive(boolean keepalive) {
		this.keepalive = keepalive;
	}

	public Duration getKeepidle() {
		return this.keepidle;
	}

	public void setKeepidle(Duration keepidle) {
		this.keepidle = keepidle;
	}

	public Duration getKeepintvl() {
		return this.keepintvl;
	}

	public void setKeepintvl(Duration keepintvl) {
		this.keepintvl = keepintvl;
	}

	public int getKeepcnt() {
		return this.keepcnt;
	}

	public void setKeepcnt(int keepcnt) {
		this.keepcnt = keepcnt;
	}

	public Duration getLinger() {
		return this.linger;
	}

	public void setLinger(Duration linger) {
		this.linger = linger;
	}

	public int getTos() {
		return this.tos;
	}

	public void setTos(int tos) {
		this.tos = tos;
	}

	public @Nullable FamilySetting getFamily() {
		return this.family;
	}

	public void setFamily(@Nullable FamilySetting family) {
		this.family = family;
	}

	/** Sets these options; validates them first. */
	SocketOptions withKernelOptions(String prefix, SocketOptions options) {
		checkSize(prefix + ".sndbuf", this.sndbuf);
		checkSize(prefix + ".recbuf", this.recbuf);
		check(this.keepcnt >= 0 && this.keepcnt <= MOST_PROBES, prefix + ".keepcnt", this.keepcnt,
				"allowed: 0 to %d".formatted(MOST_PROBES));
		check(this.tos >= 0 && this.tos <= 0xff, prefix + ".tos", this.tos, "allowed: 0 to 255");
		SocketOptions set = options.sndbuf((int) this.sndbuf.toBytes())
			.recbuf((int) this.recbuf.toBytes())
			.nodelay(this.nodelay)
			.keepalive(this.keepalive)
			.keepidle(seconds(prefix + ".keepidle", this.keepidle, 0))
			.keepintvl(seconds(prefix + ".keepintvl", this.keepintvl, 0))
			.keepcnt(this.keepcnt)
			.linger(seconds(prefix + ".linger", this.linger, -1));
		if (this.tos > 0) {
			set = set.tos(this.tos);
		}
		return (this.family != null) ? set.family(this.family.family()) : set;
	}

	/** Rejects an address that the family excludes. */
	void checkFamily(String property, InetAddress address) {
		if (this.family != null) {
			boolean isInet6 = address instanceof Inet6Address;
			check(isInet6 == (this.family.family() == StandardProtocolFamily.INET6), property, address.getHostAddress(),
					"family is %s, and this is no address of it".formatted(this.family));
		}
	}

	private static int seconds(String property, Duration duration, int least) {
		boolean whole = duration.equals(Duration.ofSeconds(duration.toSeconds()));
		check(whole && duration.toSeconds() >= least && duration.toSeconds() <= MOST_SECONDS, property,
				DurationStyle.SIMPLE.print(duration), "allowed: %d to %d whole seconds".formatted(least, MOST_SECONDS));
		return (int) duration.toSeconds();
	}

	static void checkSize(String property, DataSize size) {
		check(size.toBytes() >= 0 && size.toBytes() <= Integer.MAX_VALUE, property, size.toBytes(),
				"allowed: 0 to %d bytes".formatted(Integer.MAX_VALUE));
	}

	static void checkUnset(String property, @Nullable Object value, String reason) {
		if (value != null) {
			throw new InvalidConfigurationPropertyValueException(property, value, reason);
		}
	}

	static void check(boolean allowed, String property, Object value, String reason) {
		if (!allowed) {
			throw new InvalidConfigurationPropertyValueException(property, value, reason);
		}
	}

}

package io.gentcp.spring.listener;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.gentcp.ConnectResult;
import io.gentcp.GenTcp;
import io.gentcp.ListenResult;
import io.gentcp.ListenSocket;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.transport.PosixError;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The file of a local socket, which listening makes and nothing deletes by itself.
 * Immutable.
 */
final class LocalFile {

	private static final Log logger = LogFactory.getLog(GenTcpListenerContainer.class);

	private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);

	/** The bits of a Unix mode that say what a file is, and those of a socket. */
	private static final int KIND = 0170000;

	private static final int SOCKET = 0140000;

	private final Path path;

	/** Tells the file from another one of the same path. */
	private final @Nullable Object key;

	private LocalFile(Path path) throws IOException {
		this.path = path;
		this.key = key(path);
	}

	private static @Nullable Object key(Path path) throws IOException {
		return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
	}

	/**
	 * Listens on a path. The file of a server that has ended without deleting it is
	 * deleted first: a socket on which nobody listens. Nothing else ever is.
	 */
	static ListenResult listen(GenTcp genTcp, UnixDomainSocketAddress address, SocketOptions options) {
		ListenResult result = genTcp.listen(address, options);
		if (!result.equals(new ListenResult.Failed(PosixError.EADDRINUSE))) {
			return result;
		}
		try {
			if (!isSocket(address.getPath())) {
				return new ListenResult.Failed(PosixError.ENOTSOCK);
			}
			if (!isStale(genTcp, address)) {
				return result;
			}
			Files.deleteIfExists(address.getPath());
		}
		catch (NoSuchFileException ex) {
			// Somebody else has just deleted it.
		}
		catch (IOException ex) {
			return new ListenResult.Failed(PosixError.EACCES);
		}
		return genTcp.listen(address, options);
	}

	private static boolean isSocket(Path path) throws IOException {
		int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
		return (mode & KIND) == SOCKET;
	}

	private static boolean isStale(GenTcp genTcp, UnixDomainSocketAddress address) {
		return switch (genTcp.connect(address, SocketOptions.defaults(), PROBE_TIMEOUT)) {
			case ConnectResult.Connected(TcpSocket socket) -> {
				socket.close();
				yield false;
			}
			case ConnectResult.HandshakeFailed failed -> false;
			case ConnectResult.TimedOut() -> false;
			case ConnectResult.Failed(PosixError error) -> error == PosixError.ECONNREFUSED;
		};
	}

	/** Returns the file that this socket has just made, if it is a local one. */
	static Optional<LocalFile> of(ListenSocket socket) {
		if (!(socket.localAddress() instanceof UnixDomainSocketAddress address)) {
			return Optional.empty();
		}
		try {
			return Optional.of(new LocalFile(address.getPath()));
		}
		catch (IOException ex) {
			logger.warn("GenTCP cannot see the file %s, which stays when the server stops".formatted(address), ex);
			return Optional.empty();
		}
	}

	/**
	 * Deletes the file while its socket still listens: so it is never there with nobody
	 * behind it, and a file that another server has made in its place is told from it.
	 */
	void delete() {
		try {
			if (Objects.equals(this.key, key(this.path))) {
				Files.deleteIfExists(this.path);
			}
		}
		catch (NoSuchFileException ex) {
			// Somebody else has deleted it.
		}
		catch (IOException ex) {
			logger.warn("GenTCP cannot delete the file %s".formatted(this.path), ex);
		}
	}

}

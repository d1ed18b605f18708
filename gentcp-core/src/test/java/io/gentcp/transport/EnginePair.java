package io.gentcp.transport;

import java.nio.ByteBuffer;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Both ends of TLS, without a network between them. */
record EnginePair(SSLEngine client, SSLEngine server) {

	static EnginePair of(SSLContext context, String protocol) throws SSLException, HandshakeFailedException {
		TlsOptions tls = TlsOptions.of(context).protocols(protocol);
		EnginePair pair = new EnginePair(tls.clientEngine("localhost", 1), tls.serverEngine());
		ByteBuffer toServer = ByteBuffer.allocate(64 * 1024).limit(0);
		ByteBuffer toClient = ByteBuffer.allocate(64 * 1024).limit(0);
		pair.client.beginHandshake();
		pair.server.beginHandshake();
		while (isBusy(pair.client) || isBusy(pair.server) || toClient.hasRemaining()) {
			advance(pair.client, toClient, toServer);
			advance(pair.server, toServer, toClient);
		}
		return pair;
	}

	private static boolean isBusy(SSLEngine engine) {
		return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
	}

	private static void advance(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
		for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
			task.run();
		}
		if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
			engine.wrap(ByteBuffer.allocate(0), out.compact());
			out.flip();
		}
		else if (in.hasRemaining()) {
			engine.unwrap(in, ByteBuffer.allocate(64 * 1024));
		}
	}

	/**
	 * Returns what the server sends: this, in as many records as that takes, and then its
	 * end.
	 */
	byte[] encryptedWithItsEnd(byte[] plaintext) throws SSLException {
		ByteBuffer records = ByteBuffer.allocate(2 * plaintext.length + 64 * 1024);
		ByteBuffer source = ByteBuffer.wrap(plaintext);
		while (source.hasRemaining()) {
			this.server.wrap(source, records);
		}
		this.server.closeOutbound();
		this.server.wrap(source, records);
		byte[] bytes = new byte[records.flip().remaining()];
		records.get(bytes);
		return bytes;
	}

}

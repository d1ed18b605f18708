package io.gentcp.packet;

import java.util.Arrays;
import java.util.Objects;

/**
 * A packet that has arrived whole: the {@code Packet} of {@code {ok, Packet, Rest}} and
 * of {@code {tcp, Socket, Packet}}. What each packet type delivers,
 * {@link PacketType#delivers} says: bytes, or with the http types a line that was taken
 * apart.
 * <p>
 * Whoever gets packets of several types takes them apart with a {@code switch} without
 * {@code default}; the compiler then names the place that does not know a new one.
 */
public sealed interface Packet extends DecodeResult
		permits Packet.Bytes, Packet.WithHeader, Packet.TlsRecord, HttpPacket {

	/**
	 * A packet of bytes, as most packet types deliver it.
	 * <p>
	 * The packet owns its array: no codec keeps it, and it is handed out without a copy,
	 * so whoever changes it changes the packet. Equal are packets with the same bytes.
	 *
	 * @param array the bytes, without what the packet type strips
	 */
	@SuppressWarnings("ArrayRecordComponent") // a copy of every packet would be the price
	record Bytes(byte[] array) implements Packet {

		/**
		 * The number of bytes in this packet.
		 * @return the length of {@link #array()}, zero for an empty packet
		 */
		public int size() {
			return this.array.length;
		}

		@Override
		public boolean equals(Object other) {
			return (other instanceof Bytes bytes) && Arrays.equals(this.array, bytes.array);
		}

		@Override
		public int hashCode() {
			return Arrays.hashCode(this.array);
		}

		/**
		 * The size alone: what a packet carries belongs in no log.
		 * @return for example {@code Bytes[12 bytes]}
		 */
		@Override
		public String toString() {
			return "Bytes[%d bytes]".formatted(this.array.length);
		}

	}

	/**
	 * A packet of bytes of which the first are set apart: what the option {@code {header,
	 * N}} makes of it, in Erlang {@code [B1, ..., BN | Rest]}. The packet owns both
	 * arrays.
	 *
	 * @param header the first N bytes; all of them if there are fewer
	 * @param rest what is behind, which may be nothing
	 */
	@SuppressWarnings("ArrayRecordComponent") // as with Bytes
	record WithHeader(byte[] header, byte[] rest) implements Packet {

		/**
		 * The packet in one piece.
		 * @return a new array with header and rest
		 */
		public byte[] toByteArray() {
			byte[] whole = Arrays.copyOf(this.header, this.header.length + this.rest.length);
			System.arraycopy(this.rest, 0, whole, this.header.length, this.rest.length);
			return whole;
		}

		@Override
		public boolean equals(Object other) {
			return (other instanceof WithHeader packet) && Arrays.equals(this.header, packet.header)
					&& Arrays.equals(this.rest, packet.rest);
		}

		@Override
		public int hashCode() {
			return 31 * Arrays.hashCode(this.header) + Arrays.hashCode(this.rest);
		}

		/**
		 * The sizes alone.
		 * @return for example {@code WithHeader[4 and 12 bytes]}
		 */
		@Override
		public String toString() {
			return "WithHeader[%d and %d bytes]".formatted(this.header.length, this.rest.length);
		}

	}

	/**
	 * A TLS record: {@code {ssl_tls, [], ContentType, {Major, Minor}, Data}}. The packet
	 * owns its array.
	 *
	 * @param contentType 20 to 23 in TLS; 22 is a handshake
	 * @param major 3 in TLS
	 * @param minor 1 for TLS 1.0, 3 for TLS 1.2 and 1.3
	 * @param data the record without its header, decrypted by nobody
	 */
	@SuppressWarnings("ArrayRecordComponent") // as with Bytes
	record TlsRecord(int contentType, int major, int minor, byte[] data) implements Packet {

		@Override
		public boolean equals(Object other) {
			return (other instanceof TlsRecord record) && this.contentType == record.contentType
					&& this.major == record.major && this.minor == record.minor
					&& Arrays.equals(this.data, record.data);
		}

		@Override
		public int hashCode() {
			return Objects.hash(this.contentType, this.major, this.minor, Arrays.hashCode(this.data));
		}

		/**
		 * Type, version and size.
		 * @return for example {@code TlsRecord[type 22, version 3.3, 512 bytes]}
		 */
		@Override
		public String toString() {
			return "TlsRecord[type %d, version %d.%d, %d bytes]".formatted(this.contentType, this.major, this.minor,
					this.data.length);
		}

	}

}

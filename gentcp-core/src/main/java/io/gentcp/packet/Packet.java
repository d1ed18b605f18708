package io.gentcp.packet;

import java.util.Arrays;

/**
 * A packet that has arrived whole: the {@code Packet} of {@code {ok, Packet, Rest}} and
 * of {@code {tcp, Socket, Packet}}.
 * <p>
 * Today every packet is {@link Bytes}. The http packet types deliver terms instead
 * (request, response, header, end of header, error); they will join as further records of
 * this interface. A listener therefore takes a packet apart with a {@code switch} without
 * {@code default}, and the compiler names the place that does not know a new term.
 */
public sealed interface Packet extends DecodeResult permits Packet.Bytes {

	/**
	 * A packet of bytes, as all packet types but http deliver it.
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

}

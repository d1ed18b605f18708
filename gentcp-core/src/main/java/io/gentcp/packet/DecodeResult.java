package io.gentcp.packet;

/**
 * What the bytes at hand amount to: one record per tuple of
 * {@code erlang:decode_packet/3}.
 * <ul>
 * <li>{@link Packet}: {@code {ok, Packet, Rest}}. The packet's bytes were taken from the
 * buffer; the rest is what remains in it.</li>
 * <li>{@link More}: {@code {more, Length | undefined}}. Nothing was taken; come again
 * when more bytes have arrived.</li>
 * <li>{@link Invalid}: {@code {error, invalid}}. Nothing was taken; the stream is out of
 * sync for good, which {@code gen_tcp} reports as {@code emsgsize}.</li>
 * </ul>
 *
 * <pre>{@code
 * switch (codec.decode(in)) {
 *     case Packet packet -> deliver(packet);
 *     case More more -> read(more);
 *     case Invalid(String reason) -> close(reason);
 * }
 * }</pre>
 */
public sealed interface DecodeResult permits Packet, More, Invalid {

}

/**
 * A scriptable TCP peer for tests: what the other side of a connection does is declared
 * as a list of {@link io.gentcp.test.Step steps}, and what it saw is asked afterwards.
 * <pre>{@code
 * try (ScriptedPeer peer = ScriptedPeer.listening(read(4), stall())) {
 *     connectTo(peer.address());                        // the code under test
 *     PeerConnection connection = peer.accept();
 *     connection.awaitReceived(4, Duration.ofSeconds(5));
 *     connection.readAll();                             // the test takes over
 * }
 * }</pre>
 */
@NullMarked
package io.gentcp.test;

import org.jspecify.annotations.NullMarked;

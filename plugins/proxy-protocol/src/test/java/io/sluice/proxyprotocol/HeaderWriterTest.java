package io.sluice.proxyprotocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.log.IoFault;
import io.sluice.testkit.driver.ScriptedConnection;
import io.sluice.testkit.driver.Stepped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections to peers that begin with a header, for a consumer that only says for which client. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HeaderWriterTest {
    private final Guests guests = new Guests();

    private Stepped start(String version) {
        return Stepped.of(guests, new ProxyProtocolPlugin())
                .start("guests { listen = 7, proxy-protocol = " + version + " }");
    }

    private static Parsed.Whole parsed(String sent) {
        byte[] bytes = sent.getBytes(StandardCharsets.ISO_8859_1);
        return assertInstanceOf(Parsed.Whole.class, Header.parse(bytes, bytes.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void what_is_written_is_read_as_the_client(String version) {
        try (Stepped server = start(version)) {
            ScriptedConnection client = server.connect();
            guests.connect(guests.last.connection);
            ScriptedConnection peer = server.outgoing();
            server.settle();
            assertEquals("", peer.sent());
            peer.accepts();
            server.settle();
            Parsed.Whole header = parsed(peer.sent());
            assertEquals(peer.sent().length(), header.length());
            assertEquals(client.remoteAddress(), header.proxied().source());
            assertEquals(guests.last.connection.localAddress(), header.proxied().destination());
            assertEquals(version.equals("v1"), peer.sent().startsWith("PROXY TCP4 "));
            assertEquals("connected", guests.heard.getLast());
        }
    }

    @Test
    void without_a_client_nothing_is_told() {
        try (Stepped server = start("v1")) {
            guests.connect(null);
            ScriptedConnection peer = server.outgoing().accepts();
            server.settle();
            assertEquals("PROXY UNKNOWN\r\n", peer.sent());
        }
        try (Stepped server = start("v2")) {
            guests.connect(null);
            ScriptedConnection peer = server.outgoing().accepts();
            server.settle();
            assertEquals(BinaryBytes.text(new BinaryBytes(0x20, 0).make()), peer.sent());
        }
    }

    @Test
    void the_consumer_is_connected_when_the_header_is_sent_and_not_before() {
        try (Stepped server = start("v1")) {
            server.connect();
            Guests.Guest peer = guests.connect(guests.last.connection);
            ScriptedConnection socket = server.outgoing().takes(10).accepts();
            socket.receives("early");
            server.settle();
            assertEquals(10, socket.sent().length());
            assertFalse(guests.heard.contains("connected"));
            assertEquals("", peer.read.toString(), "what the peer says first is the consumer's");
            socket.takesAll();
            server.settle();
            assertTrue(socket.sent().endsWith("\r\n"));
            parsed(socket.sent());
            assertEquals("connected", guests.heard.getLast());
            assertEquals("early", peer.read.toString());
        }
    }

    @Test
    void a_peer_that_takes_nothing_times_out_as_one_that_does_not_connect() {
        try (Stepped server = start("v1")) {
            server.connect();
            guests.connect(guests.last.connection);
            ScriptedConnection socket = server.outgoing().takes(3).accepts();
            server.settle();
            server.advance(Duration.ofMillis(29_999));
            assertTrue(socket.isOpen());
            server.advance(Duration.ofMillis(1));
            assertTrue(socket.isClosed() || socket.isReset());
            assertEquals(List.of("timedOut", "closed TIMED_OUT"), guests.heard.subList(1, 3));
        }
    }

    @Test
    void a_connect_that_fails_or_takes_too_long_is_told_as_without_a_stage() {
        try (Stepped server = start("v1")) {
            server.connect();
            guests.connect(guests.last.connection);
            server.outgoing().refuses(IoFault.REFUSED);
            server.settle();
            assertEquals(List.of("connectFailed", "closed IO_ERROR"), guests.heard.subList(1, 3));
            guests.connect(guests.last.connection);
            server.outgoing();
            server.advance(Duration.ofSeconds(60));
            assertEquals(List.of("timedOut", "closed TIMED_OUT"), guests.heard.subList(3, 5));
        }
    }

    @Test
    void who_closes_before_it_is_connected_hears_that_once() {
        try (Stepped server = start("v1")) {
            server.connect();
            Guests.Guest peer = guests.connect(guests.last.connection);
            server.outgoing().takes(3).accepts();
            server.settle();
            peer.connection.close(CloseReason.FINISHED);
            server.settle();
            assertEquals(
                    1, guests.heard.stream().filter("closed FINISHED"::equals).count());
        }
    }

    @Test
    void a_peer_that_resets_in_the_header_ends_the_connection() {
        try (Stepped server = start("v1")) {
            server.connect();
            guests.connect(guests.last.connection);
            ScriptedConnection socket = server.outgoing().takes(3).accepts();
            server.settle();
            socket.resets().takesAll();
            server.settle();
            assertEquals("closed IO_ERROR", guests.heard.getLast());
        }
    }

    @Test
    void two_places_with_the_same_settings_are_alike_and_both_are_their_client_s_alone() {
        try (Stepped server = start("v1")) {
            var first = guests.toPeers;
            assertTrue(first.isPerClient());
            try (Stepped second = start("v1")) {
                assertEquals(first, guests.toPeers);
                assertEquals(0, second.counters().failures());
            }
            try (Stepped third = start("v2")) {
                assertFalse(first.equals(guests.toPeers));
                assertEquals(0, third.counters().failures());
            }
            assertEquals(0, server.counters().failures());
        }
    }

    @Test
    void off_is_no_stage_and_anything_else_a_mistake() {
        try (Stepped server = start("off")) {
            assertTrue(guests.toPeers.isEmpty());
            assertEquals(0, server.counters().failures());
        }
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> start("v3").close());
        assertTrue(refused.getMessage().contains("proxy-protocol"), refused.getMessage());
    }
}

package io.sluice.proxyprotocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.testkit.driver.ScriptedConnection;
import io.sluice.testkit.driver.Stepped;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that come through a proxy, step by step, before a consumer that knows nothing of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HeaderReaderTest {
    private static final String LINE = "PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\r\n";
    private static final String TOLD = "192.0.2.1:4660 to 198.51.100.2:443";
    private static final String LISTEN = "guests.listen = [{ address = 7, proxy-protocol = on }]\n";

    private final Guests guests = new Guests();

    private Stepped start(String configuration) {
        return Stepped.of(guests, new ProxyProtocolPlugin()).start(configuration);
    }

    private Stepped start() {
        return start(LISTEN);
    }

    @Test
    void the_consumer_gets_what_stands_behind_the_header_and_knows_who_it_is() {
        try (Stepped server = start()) {
            ScriptedConnection client = server.net().connect().receives(LINE + "hello");
            server.settle();
            assertEquals(TOLD + ": hello", client.sent());
            client.receives(" again");
            server.settle();
            assertEquals("hello again", guests.last.read.toString());
            assertTrue(guests.last.connection.isPlain(), "nothing of the stage is left");
            assertEquals(client.remoteAddress(), guests.last.connection.remoteAddress());
            client.ends();
            server.settle();
            assertTrue(client.isClosed());
        }
    }

    @Test
    void version_2_too() {
        try (Stepped server = start()) {
            byte[] header = BinaryBytes.inet().tlv(0x02, "example.com").makeWithChecksum();
            ScriptedConnection client = server.net().connect().receives(header).receives("hello");
            server.settle();
            assertEquals(TOLD + ": hello", client.sent());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void in_single_bytes_it_is_the_same_and_the_consumer_hears_nothing_before_the_end(String version) {
        String header = version.equals("v1")
                ? LINE
                : BinaryBytes.text(BinaryBytes.inet().tlv(0xea, "x".repeat(300)).makeWithChecksum());
        try (Stepped server = start()) {
            ScriptedConnection client = server.connect();
            assertEquals(0, server.counters().bufferBytes(), "who has sent nothing holds nothing");
            for (int i = 0; i < header.length(); i++) {
                assertEquals(List.of(), guests.heard);
                client.receives(header.substring(i, i + 1));
                server.settle();
            }
            assertEquals(List.of("accepted " + TOLD), guests.heard);
            client.receives("a");
            server.settle();
            client.receives("b");
            server.settle();
            assertEquals(TOLD + ": ab", client.sent());
        }
    }

    @Test
    void the_header_may_end_anywhere_in_what_comes_at_once() {
        for (int cut = 1; cut < LINE.length() + 5; cut++) {
            try (Stepped server = start()) {
                String all = LINE + "hello";
                ScriptedConnection client = server.net().connect().receives(all.substring(0, cut));
                server.settle();
                client.receives(all.substring(cut));
                server.settle();
                assertEquals(TOLD + ": hello", client.sent(), "cut after " + cut);
            }
        }
    }

    @Test
    void two_clients_do_not_mix() {
        try (Stepped server = start()) {
            ScriptedConnection first = server.net().connect().receives(LINE.substring(0, 20));
            server.settle();
            ScriptedConnection second = server.net().connect().receives("PROXY UNKNOWN\r\nx");
            server.settle();
            ScriptedConnection bad = server.net().connect().receives("PROXY TCP");
            server.settle();
            bad.ends();
            server.settle();
            first.receives(LINE.substring(20) + "y");
            server.settle();
            assertEquals("null: x", second.sent());
            assertEquals(TOLD + ": y", first.sent());
            assertTrue(bad.isClosed());
            assertEquals(1, server.log().count("client closed the connection in its PROXY protocol header"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n", "PROXY TCP4 1.2.3.4\r\n", "PROXY TCP4 1.1.1.1 1.1.1.1 1 1\n"})
    void without_a_right_header_a_client_is_closed_and_one_line_tells_it(String bytes) {
        try (Stepped server = start()) {
            ScriptedConnection client = server.net().connect().receives(bytes);
            server.settle();
            assertTrue(client.isClosed());
            assertEquals("", client.sent());
            assertEquals(List.of(), guests.heard);
            assertEquals(1, server.log().count("broken PROXY protocol header"));
            assertTrue(server.log().has("[info]"));
            assertTrue(server.log().has(", client: "), server.log().lines().toString());
            assertFalse(server.log().has("[error]"));
        }
    }

    @Test
    void a_header_has_thirty_seconds_however_it_drips() {
        try (Stepped server = start()) {
            ScriptedConnection client = server.connect();
            for (int i = 0; i < 29; i++) {
                server.advance(Duration.ofSeconds(1));
                client.receives(LINE.substring(i, i + 1));
                server.settle();
            }
            server.advance(Duration.ofMillis(999));
            assertTrue(client.isOpen());
            server.advance(Duration.ofMillis(1));
            assertTrue(client.isClosed());
            assertEquals(1, server.log().count("timed out in the stage proxy-protocol"));
            assertEquals(List.of(), guests.heard);
        }
    }

    @Test
    void an_entry_may_have_a_time_of_its_own_and_the_consumer_has_its_own_time_afterwards() {
        try (Stepped server = start("guests.listen = [{ address = 7, proxy-protocol { timeout = 5s } }]")) {
            ScriptedConnection silent = server.connect();
            ScriptedConnection served = server.connect().receives(LINE);
            server.settle();
            server.advance(Duration.ofSeconds(5));
            assertTrue(silent.isClosed());
            server.advance(Duration.ofSeconds(100));
            assertTrue(served.isOpen());
        }
    }

    @Test
    void a_line_that_never_ends_is_cut_at_107_bytes() {
        try (Stepped server = start()) {
            ScriptedConnection client = server.connect().receives("PROXY UNKNOWN " + "x".repeat(92));
            server.settle();
            assertTrue(client.isOpen());
            client.receives("x");
            server.settle();
            assertTrue(client.isClosed());
            assertTrue(server.log().has("its line is longer than 107 bytes"));
        }
    }

    @Test
    void a_header_that_announces_65535_bytes_is_refused_at_once() {
        try (Stepped server = start()) {
            byte[] start = Arrays.copyOf(BinaryBytes.inet().make(65_535), 16);
            ScriptedConnection client = server.net().connect().receives(start);
            server.settle();
            assertTrue(client.isClosed());
            assertEquals(0, server.counters().bufferBytes());
        }
    }

    @Test
    void who_has_sent_nothing_may_be_drained_and_who_has_begun_may_not() {
        try (Stepped server = start("worker-connections = 16\n" + LISTEN)) {
            ScriptedConnection begun = server.connect().receives("PROXY ");
            server.settle();
            assertEquals(0, server.counters().reusable());
            ScriptedConnection silent = server.connect();
            assertEquals(1, server.counters().reusable());
            for (int i = 0; i < 20; i++) {
                server.connect();
            }
            assertTrue(silent.isClosed());
            assertTrue(begun.isOpen());
        }
    }

    @Test
    void a_quitting_server_still_serves_who_is_in_its_header() {
        try (Stepped server = start()) {
            ScriptedConnection client = server.connect().receives(LINE.substring(0, 5));
            server.settle();
            server.quit();
            assertTrue(client.isOpen());
            client.receives(LINE.substring(5) + "x").ends();
            server.settle();
            assertEquals(TOLD + ": x", client.sent());
        }
    }

    @Test
    void a_client_that_resets_in_its_header_leaves_nothing() {
        try (Stepped server = start()) {
            ScriptedConnection client = server.connect().receives("PROXY ");
            server.settle();
            client.resets();
            server.settle();
            assertTrue(client.isClosed());
            assertEquals(0, server.counters().bufferBytes());
            assertEquals(0, server.counters().claims());
        }
    }

    @Test
    void a_consumer_that_throws_behind_a_stage_ends_its_connection_only() {
        guests.worker = null;
        Guests thrower = new Guests() {
            @Override
            public Guest accepted(io.sluice.core.connection.Connection c) {
                throw new IllegalStateException("thrown on purpose");
            }
        };
        try (Stepped server = Stepped.of(thrower, new ProxyProtocolPlugin()).start(LISTEN)) {
            ScriptedConnection client = server.net().connect().receives(LINE + "hello");
            server.settle();
            assertTrue(client.isClosed());
            assertEquals(1, server.counters().failures());
            assertEquals(0, server.counters().bufferBytes(), "what was put back for it is gone too");
        }
    }

    @Test
    void without_the_key_there_is_no_stage() {
        for (String listen : List.of("7", "[{ address = 7, proxy-protocol = off }]")) {
            try (Stepped server = start("guests.listen = " + listen)) {
                ScriptedConnection client = server.net().connect().receives(LINE);
                server.settle();
                assertEquals("null: " + LINE, client.sent());
            }
        }
    }

    @Test
    void a_key_that_nobody_knows_stays_an_error_with_the_nearest_name() {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> start("guests.listen = [{ address = 7, proxy-protocl = on }]")
                        .close());
        assertTrue(refused.getMessage().contains("unknown setting 'proxy-protocl'"), refused.getMessage());
        assertTrue(refused.getMessage().contains("'proxy-protocol'"), refused.getMessage());
        ConfigurationException without = assertThrows(
                ConfigurationException.class,
                () -> Stepped.of(guests).start(LISTEN).close());
        assertTrue(without.getMessage().contains("unknown setting 'proxy-protocol'"), without.getMessage());
    }

    @Test
    void once_it_is_served_a_client_costs_no_more_than_one_without_a_stage() {
        try (Stepped server = start("guests.listen = [{ address = 7, proxy-protocol = on }, { address = 8 }]")) {
            server.connect(1).receives("hello");
            server.settle();
            long plain = server.counters().bufferBytes();
            assertTrue(plain > 0);
            for (String header :
                    List.of(LINE, BinaryBytes.text(BinaryBytes.inet().zeroes(0).make()))) {
                long before = server.counters().bufferBytes();
                ScriptedConnection client = server.connect(0).receives(header.substring(0, 9));
                server.settle();
                client.receives(header.substring(9) + "hello");
                server.settle();
                assertEquals(plain, server.counters().bufferBytes() - before);
                assertTrue(guests.last.connection.isPlain());
                assertEquals(Guests.KEY, guests.last.connection.claimedBy());
            }
        }
    }

    @Test
    void it_does_not_go_with_datagrams() {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> start("guests.listen = [{ address = 7, udp = on, proxy-protocol = on }]")
                        .close());
        assertTrue(refused.getMessage().contains("does not go with proxy-protocol"), refused.getMessage());
    }

    @Test
    void what_is_wrong_in_it_is_told_with_its_line() {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> start("guests.listen = [{ address = 7\n proxy-protocol = 5 }]")
                        .close());
        assertTrue(refused.getMessage().contains(":2"), refused.getMessage());
        assertTrue(refused.getMessage().contains("proxy-protocol"), refused.getMessage());
    }
}

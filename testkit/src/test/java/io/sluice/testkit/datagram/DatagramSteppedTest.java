package io.sluice.testkit.datagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.SocketType;
import io.sluice.testkit.driver.ScriptedDatagrams;
import io.sluice.testkit.driver.Stepped;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Clients that send datagrams are connections of the pool: each from its first datagram to its close. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatagramSteppedTest {
    private static final String LISTEN = "parrot.listen = { address = \"127.0.0.1:53\", udp = on }\n";

    private final Parrot parrot = new Parrot();

    private Stepped start(String more) {
        return Stepped.of(parrot).start(LISTEN + more);
    }

    @Test
    void the_first_datagram_begins_a_session_and_the_next_ones_are_its_own() {
        try (Stepped server = start("")) {
            ScriptedDatagrams client = server.datagrams(0).sends("a").sends("b");
            server.settle();
            client.sends("c");
            server.settle();
            assertEquals(List.of("1:a", "2:b", "3:c"), client.received());
            assertEquals(1, server.counters().open());
            assertEquals(List.of("1 begins"), parrot.heard);
            Connection c = parrot.connections.getFirst();
            assertEquals(SocketType.DATAGRAM, c.socketType());
            assertEquals(client.address(), c.remoteAddress());
            assertEquals("127.0.0.1:53", String.valueOf(c.localAddress()));
            assertEquals(9, c.sent());
        }
    }

    @Test
    void each_client_has_a_session_of_its_own() {
        try (Stepped server = start("")) {
            ScriptedDatagrams one = server.datagrams(0).sends("a");
            ScriptedDatagrams other = server.datagrams(0).sends("b");
            one.sends("c");
            server.settle();
            assertEquals(List.of("1:a", "2:c"), one.received());
            assertEquals(List.of("1:b"), other.received());
            assertEquals(2, server.counters().open());
        }
    }

    @Test
    void after_a_close_the_next_datagram_begins_another_session() {
        try (Stepped server = start("")) {
            ScriptedDatagrams client =
                    server.datagrams(0).sends("a").sends("close").sends("b");
            server.settle();
            assertEquals(List.of("1:a", "1:b"), client.received());
            assertEquals(List.of("1 begins", "1 closed FINISHED", "2 begins"), parrot.heard);
            assertEquals(1, server.counters().open());
        }
    }

    @Test
    void after_the_end_of_its_datagrams_a_session_lives_on_beside_the_next() {
        try (Stepped server = start("")) {
            ScriptedDatagrams client =
                    server.datagrams(0).sends("end").sends("b").sends("c");
            server.settle();
            assertEquals(List.of("1:end", "1:b", "2:c"), client.received());
            assertEquals(2, server.counters().open());
            parrot.connections.getFirst().endDatagrams();
            client.sends("d");
            server.settle();
            assertEquals(List.of("3:d"), client.received().subList(3, 4), "a second end changes nothing");
        }
    }

    @Test
    void what_is_not_read_when_it_is_told_is_lost() {
        parrot.room = 4;
        try (Stepped server = start("")) {
            ScriptedDatagrams client = server.datagrams(0).sends("0123456789").sends("next");
            server.settle();
            assertEquals(List.of("1:0123", "2:next"), client.received());
            Connection c = parrot.connections.getFirst();
            assertFalse(c.readReady());
            c.postRead();
            server.settle();
            assertEquals(2, client.received().size(), "a session that is told later finds nothing");
        }
    }

    @Test
    void who_does_not_read_at_all_finds_nothing_later() {
        parrot.deaf = true;
        try (Stepped server = start("")) {
            ScriptedDatagrams client = server.datagrams(0).sends("a");
            server.settle();
            Connection c = parrot.connections.getFirst();
            assertFalse(c.readReady());
            parrot.deaf = false;
            c.postRead();
            server.settle();
            assertEquals(List.of(), client.received());
            client.sends("b");
            server.settle();
            assertEquals(List.of("1:b"), client.received());
        }
    }

    @Test
    void one_without_bytes_is_received_and_sent() {
        try (Stepped server = start("")) {
            ScriptedDatagrams client = server.datagrams(0).sends("").sends("three");
            server.settle();
            assertEquals(List.of("1:", "one", "", "three"), client.received());
        }
    }

    @Test
    void a_plugin_that_throws_ends_that_session_only() {
        try (Stepped server = start("")) {
            ScriptedDatagrams one = server.datagrams(0).sends("throw").sends("a");
            ScriptedDatagrams other = server.datagrams(0).sends("b");
            server.settle();
            assertEquals(List.of("1:a"), one.received());
            assertEquals(List.of("1:b"), other.received());
            assertEquals(1, server.counters().failures());
        }
    }

    @Test
    void sessions_time_out_as_connections_do() {
        parrot.idleMillis = 1000;
        try (Stepped server = start("")) {
            ScriptedDatagrams client = server.datagrams(0).sends("a");
            server.settle();
            server.advance(Duration.ofMillis(900));
            client.sends("b");
            server.settle();
            server.advance(Duration.ofMillis(900));
            assertEquals(1, server.counters().open());
            server.advance(Duration.ofMillis(100));
            assertEquals(0, server.counters().open());
            assertEquals(List.of("1 begins", "1 times out", "1 closed TIMED_OUT"), parrot.heard);
            client.sends("c");
            server.settle();
            assertEquals(List.of("1:a", "2:b", "1:c"), client.received());
        }
    }

    @Test
    void a_client_that_the_system_has_no_room_for_misses_a_datagram_and_is_not_closed() {
        try (Stepped server = start("")) {
            ScriptedDatagrams client = server.datagrams(0).takesNothing(true).sends("a");
            server.settle();
            client.takesNothing(false).sends("b");
            server.settle();
            assertEquals(List.of("2:b"), client.received());
            assertEquals(1, server.counters().datagramsDropped());
        }
    }

    @Test
    void a_server_that_stops_gives_what_has_come_and_asks_all_sessions_to_close() {
        try (Stepped server = start("")) {
            ScriptedDatagrams client = server.datagrams(0).sends("a");
            server.settle();
            client.sends("b");
            server.datagrams(0).sends("c");
            server.quit();
            assertEquals(List.of("1:a", "2:b"), client.received());
            assertEquals(
                    List.of(
                            "1 begins",
                            "2 begins",
                            "1 asked SHUTDOWN",
                            "1 closed SHUTDOWN",
                            "2 asked SHUTDOWN",
                            "2 closed SHUTDOWN"),
                    parrot.heard);
        }
    }

    @Test
    void a_session_that_has_not_finished_may_still_send_when_the_server_stops() {
        parrot.stubborn = true;
        try (Stepped server = start("")) {
            ScriptedDatagrams client = server.datagrams(0).sends("a");
            server.settle();
            server.quit();
            Connection c = parrot.connections.getFirst();
            assertTrue(c.isOpen());
            assertFalse(server.net().open().isEmpty(), "its socket is still there");
            assertEquals(0, c.send(c.pool().take(16)));
            assertEquals(List.of("1:a", ""), client.received());
            c.close(CloseReason.FINISHED);
            server.settle();
        }
    }

    @Test
    void a_client_without_a_name_has_a_new_session_each_time_and_cannot_be_answered() {
        try (Stepped server = start("")) {
            ScriptedDatagrams nameless =
                    server.net().datagrams(0, null).sends("silent").sends("silent");
            server.settle();
            assertEquals(2, server.counters().open());
            assertEquals(0, parrot.connections.getFirst().remoteAddress().length());
            nameless.sends("a");
            server.settle();
            assertEquals(List.of(), nameless.received());
            assertEquals(2, server.counters().open(), "the one that could not be answered has failed");
            assertTrue(server.log().has("send() failed (107: Transport endpoint is not connected)"));
        }
    }

    @Test
    void one_client_of_a_wildcard_has_a_session_for_each_address_it_sends_to() {
        Address one = Address.inet(new byte[] {10, 0, 0, 1}, 53);
        Address other = Address.inet(new byte[] {10, 0, 0, 2}, 53);
        try (Stepped server = Stepped.of(parrot).start("parrot.listen = { address = \"*:53\", udp = on }")) {
            ScriptedDatagrams client =
                    server.datagrams(0).to(one).sends("a").to(other).sends("b");
            client.to(one).sends("c");
            server.settle();
            assertEquals(List.of("1:a", "1:b", "2:c"), client.received());
            assertEquals(one, parrot.connections.get(0).localAddress());
            assertEquals(other, parrot.connections.get(1).localAddress());
        }
    }
}

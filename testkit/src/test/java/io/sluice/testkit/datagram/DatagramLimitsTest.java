package io.sluice.testkit.datagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.core.log.IoFault;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.event.spi.Capability;
import io.sluice.testkit.driver.ScriptedDatagrams;
import io.sluice.testkit.driver.Stepped;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How much of it a worker takes at once, who gets a slot when few are left, which worker it is, and what may not be configured. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatagramLimitsTest {
    private static final String LISTEN = "parrot.listen = { address = \"127.0.0.1:53\", udp = on }\n";

    private final Parrot parrot = new Parrot();

    private Stepped start(String more) {
        return Stepped.of(parrot).start(LISTEN + more);
    }

    @Test
    void a_datagram_that_is_too_long_is_dropped_and_told() {
        try (Stepped server = start("")) {
            ScriptedDatagrams client = server.datagrams(0).sendsTooMuch().sends("a");
            server.settle();
            assertEquals(List.of("1:a"), client.received());
            assertEquals(1, server.counters().datagramsDropped());
            assertTrue(server.log().has("[alert]"), server.log().lines().toString());
            assertTrue(
                    server.log().has("a datagram to 127.0.0.1:53 was too long"),
                    server.log().lines().toString());
        }
    }

    @Test
    void who_finds_no_slot_is_dropped_and_counted_and_it_is_told_once() {
        try (Stepped server = start("worker-connections = 3")) {
            for (int i = 0; i < 10; i++) {
                server.datagrams(0).sends("a");
            }
            server.settle();
            assertEquals(2, server.counters().open());
            assertEquals(8, server.counters().datagramsDropped());
            String line = "3 worker-connections are not enough, datagrams of new clients are dropped";
            assertEquals(1, server.log().count(line), server.log().lines().toString());
            assertEquals(1, server.log().count("[alert]"), server.log().lines().toString());
            server.advance(Duration.ofSeconds(3));
            server.datagrams(0).sends("a");
            server.settle();
            assertEquals(2, server.log().count(line), "another shortage is told anew");
        }
    }

    @Test
    void reusable_sessions_give_their_slots_to_new_clients() {
        try (Stepped server = start("worker-connections = 3")) {
            ScriptedDatagrams one = server.datagrams(0).sends("reusable");
            server.datagrams(0).sends("a");
            server.settle();
            ScriptedDatagrams next = server.datagrams(0).sends("b");
            server.settle();
            assertEquals(List.of("1:b"), next.received());
            assertEquals(1, server.counters().drained());
            assertEquals(0, server.counters().datagramsDropped());
            assertTrue(parrot.heard.contains("1 asked DRAINED"), parrot.heard.toString());
            one.sends("again");
            server.settle();
            assertEquals(List.of(), one.received());
            assertEquals(1, server.counters().datagramsDropped());
        }
    }

    @Test
    void a_session_that_is_drained_for_another_s_datagram_of_one_batch_is_not_given_its_own() {
        try (Stepped server = start("worker-connections = 3")) {
            ScriptedDatagrams one = server.datagrams(0).sends("reusable");
            server.datagrams(0).sends("silent");
            server.settle();
            // In one batch: the new client takes the slot of the one whose datagram comes next.
            ScriptedDatagrams next = server.datagrams(0).sends("b");
            one.sends("c");
            server.settle();
            assertEquals(List.of("1:b"), next.received());
            assertEquals(List.of(), one.received());
            assertEquals(1, server.counters().datagramsDropped());
        }
    }

    @Test
    void a_turn_takes_one_batch() {
        try (Stepped server = start("events.datagrams-per-turn = 2")) {
            ScriptedDatagrams client = server.datagrams(0);
            for (int i = 0; i < 5; i++) {
                client.sends("x");
            }
            server.turn();
            assertEquals(2, client.received().size());
            server.turn();
            assertEquals(4, client.received().size());
            server.turn();
            assertEquals(5, client.received().size());
        }
    }

    @Test
    void a_socket_that_cannot_be_received_from_rests_for_a_while_and_an_error_of_somebody_else_s_is_nobody_s() {
        try (Stepped server = start("")) {
            server.net().refuseToReceive(IoFault.NO_BUFFERS);
            ScriptedDatagrams client = server.datagrams(0).sends("a");
            server.settle();
            assertEquals(1, server.log().count("recvmsg() failed, receiving pauses for 500 ms (105:"));
            server.net().refuseToReceive(IoFault.NONE);
            server.settle();
            assertEquals(List.of(), client.received());
            server.advance(Duration.ofMillis(500));
            assertEquals(List.of("1:a"), client.received());
            server.net().refuseToReceive(IoFault.REFUSED);
            server.turn();
            server.net().refuseToReceive(IoFault.NONE);
            client.sends("b");
            server.settle();
            assertEquals(List.of("1:a", "2:b"), client.received());
            assertEquals(1, server.log().count("recvmsg() failed"));
        }
    }

    @Test
    void new_clients_wait_for_nothing_when_memory_is_used_up_they_are_dropped() {
        try (Stepped server = start("worker-memory = 64k")) {
            ScriptedDatagrams client = server.datagrams(0).sends("a");
            server.settle();
            parrot.connections.getFirst().pool().take(65_536);
            parrot.connections.getFirst().pool().take(65_536);
            ScriptedDatagrams late = server.datagrams(0).sends("b");
            client.sends("c");
            server.settle();
            assertEquals(List.of(), late.received());
            assertEquals(List.of("1:a", "2:c"), client.received());
            assertEquals(1, server.log().count("worker-memory is not enough, datagrams of new clients are dropped"));
        }
    }

    @Test
    void each_client_stays_with_its_worker() {
        try (Stepped server = start("workers = 3")) {
            ScriptedDatagrams[] clients = new ScriptedDatagrams[12];
            for (int i = 0; i < clients.length; i++) {
                clients[i] = server.datagrams(0).sends("a");
            }
            server.settle();
            for (ScriptedDatagrams client : clients) {
                client.sends("b");
            }
            server.settle();
            for (ScriptedDatagrams client : clients) {
                assertEquals(List.of("1:a", "2:b"), client.received());
            }
            assertTrue(server.server().workers().stream()
                    .allMatch(worker -> worker.status().open() == 4));
        }
    }

    @Test
    void a_driver_that_cannot_share_a_port_gives_each_listening_to_one_worker() {
        EnumSet<Capability> portable = EnumSet.complementOf(EnumSet.of(Capability.REUSE_PORT));
        String two = "parrot.listen = [{ address = \"127.0.0.1:53\", udp = on },"
                + " { address = \"127.0.0.1:54\", udp = on }]\nworkers = 2";
        try (Stepped server = Stepped.of(parrot).capabilities(portable).start(two)) {
            for (int i = 0; i < 4; i++) {
                server.datagrams(0).sends("a");
            }
            server.datagrams(1).sends("b");
            server.settle();
            assertEquals(4, server.server().workers().get(0).status().open());
            assertEquals(1, server.server().workers().get(1).status().open());
        }
    }

    @Test
    void tcp_and_udp_share_a_port() {
        String both = "parrot.listen = [{ address = \"127.0.0.1:53\", udp = on }, \"127.0.0.1:53\"]";
        try (Stepped server = Stepped.of(parrot).start(both)) {
            ScriptedDatagrams client = server.datagrams(0).sends("a");
            server.settle();
            server.net().connect(1).ends();
            server.settle();
            assertEquals(List.of("1:a"), client.received());
            assertTrue(parrot.heard.contains("2 connects"), parrot.heard.toString());
        }
    }

    @Test
    void who_serves_no_datagrams_is_not_listened_for() {
        Plugin streams = new Plugin() {
            @Override
            public String id() {
                return "streams";
            }

            @Override
            public void configure(PluginBinder binder) {
                binder.consumer("streams", String.class).to(() -> session -> {});
            }
        };
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> Stepped.of(streams).start("streams.listen = { address = \"127.0.0.1:53\", udp = on }"));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("udp = on: streams serves no datagrams"),
                refused.getMessage());
    }

    @Test
    void options_of_streams_are_refused_beside_udp() {
        String wrong = "parrot.listen = { address = \"127.0.0.1:53\", udp = on, backlog = 5, so-keepalive = on,"
                + " deferred = on, fastopen = 5, sndlowat = 1k, notsent-lowat = 1k }";
        ConfigurationException refused = assertThrows(
                ConfigurationException.class, () -> Stepped.of(parrot).start(wrong));
        for (String key : List.of("backlog", "so-keepalive", "deferred", "fastopen", "sndlowat", "notsent-lowat")) {
            assertTrue(
                    String.valueOf(refused.getMessage()).contains(key + ": does not go with udp = on"),
                    refused.getMessage());
        }
    }
}

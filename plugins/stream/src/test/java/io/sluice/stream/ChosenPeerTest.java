package io.sluice.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code proxy.pass} with variables: the name of an upstream, else an address (10.3 of nginx's behaviour). */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChosenPeerTest {
    /** What {@code $to} says. */
    private volatile String to = "";

    private final List<Integer> ended = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final TestServers servers = Streams.servers(new Probe());

    /** Says where to go, and notes how sessions end. */
    private final class Probe implements Plugin {
        @Override
        public String id() {
            return "probe";
        }

        @Override
        public void configure(PluginBinder binder) {
            StreamBinder.of(binder)
                    .variable("to", (session, out) -> {
                        out.putAscii(to);
                        return true;
                    })
                    .phase(StreamPhase.LOG, "probe", worker -> session -> {
                        ended.add(session.status());
                        return StreamOutcome.DECLINED;
                    });
        }
    }

    private TestServer start(String driver, Origin origin) {
        return servers.start(driver, """
                upstreams.Backend.servers = [ "%s" ]
                stream.servers = [ { listen = ["127.0.0.1:0"], proxy.pass = "$to" } ]
                """.formatted(origin.authority()));
    }

    private void awaitEnded(Integer... statuses) {
        Await.until(List.of(statuses) + " was told", () -> ended.size() >= statuses.length);
        assertEquals(List.of(statuses), ended);
    }

    @OnBothDrivers
    void the_name_of_an_upstream_in_letters_of_any_case(String driver) {
        Origin origin = servers.closing(Origin.running(Streams.greeting("hi")));
        TestServer server = start(driver, origin);
        for (String name : List.of("Backend", "backend", "BACKEND")) {
            to = name;
            try (RawClient client = server.client()) {
                assertEquals("hi", client.read(2));
            }
        }
        awaitEnded(200, 200, 200);
    }

    @OnBothDrivers
    void else_an_address_and_nothing_is_left_of_it(String driver) {
        Origin origin = servers.closing(Origin.running(Streams.greeting("hi")));
        TestServer server = start(driver, origin);
        to = origin.authority();
        for (int i = 0; i < 20; i++) {
            try (RawClient client = server.client()) {
                assertEquals("hi", client.read(2));
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        assertEquals(20, origin.accepted());
    }

    @OnBothDrivers
    void an_address_that_refuses_is_502_and_not_remembered(String driver) {
        Origin origin = servers.closing(Origin.running(Streams.greeting("hi")));
        TestServer server = start(driver, origin);
        to = origin.authority();
        origin.down();
        for (int i = 0; i < 3; i++) {
            try (RawClient client = server.client()) {
                client.awaitClosed();
            }
        }
        awaitEnded(502, 502, 502);
        origin.up();
        // A configured peer would be left alone for a while.
        try (RawClient client = server.client()) {
            assertEquals("hi", client.read(2));
        }
    }

    @OnBothDrivers
    void what_is_neither_is_500(String driver) {
        Origin origin = servers.closing(Origin.running(Streams.greeting("hi")));
        TestServer server = start(driver, origin);
        List<String> wrong = List.of(
                "",
                "localhost:80",
                "127.0.0.1",
                "127.0.0.1:",
                "127.0.0.1:0x50",
                "127.0.0.1:65536",
                "::1:80",
                "[::1]",
                "unix:",
                "bakend",
                "127.1:80",
                "0x7f000001:80",
                "2130706433:80",
                "unix:/" + "x".repeat(107));
        for (String each : wrong) {
            to = each;
            try (RawClient client = server.client()) {
                client.awaitClosed();
            }
        }
        Await.until("all have ended", () -> ended.size() == wrong.size());
        assertTrue(ended.stream().allMatch(status -> status == 500), ended.toString());
        Await.until(
                "a line each",
                () -> server.log().count("proxy.pass came to no upstream and no address") == wrong.size());
        assertEquals(0, server.counters().failures());
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_socket_file_may_be_chosen(String driver) {
        Origin origin = servers.closing(Origin.running(Streams.greeting("hi")));
        TestServer server = start(driver, origin);
        to = "unix:/nowhere/at/all";
        try (RawClient client = server.client()) {
            client.awaitClosed();
        }
        awaitEnded(502);
    }
}

package io.sluice.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Which peer a session gets when the first cannot be reached (10.4 of nginx's behaviour), and what its status is when none can. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NextUpstreamTest {
    @TempDir
    Path folder;

    @RegisterExtension
    final TestServers servers = Streams.servers();

    private String log(String format) {
        return "stream.access-log = { file = \"" + folder.resolve("access.log") + "\", format = \"" + format + "\" }\n";
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private String logged() throws Exception {
        Path file = folder.resolve("access.log");
        Await.until("the access log", () -> {
            try {
                return Files.exists(file) && Files.readString(file).endsWith("\n");
            } catch (IOException unreadable) {
                return false;
            }
        });
        return Files.readString(file);
    }

    @OnBothDrivers
    void a_peer_that_refuses_is_passed_over_and_what_the_client_sent_reaches_the_next(String driver) throws Exception {
        Origin refusing = servers.closing(Origin.refusing());
        Origin good = servers.closing(Origin.running(Streams.echoing()));
        TestServer server =
                servers.start(driver, Streams.with(log("$status $upstream_addr $upstream_bytes_sent"), refusing, good));
        try (RawClient client = server.client()) {
            assertEquals("hello", client.send("hello").read(5));
        }
        server.awaitOpen(0);
        assertEquals("200 " + refusing.authority() + ", " + good.authority() + " 0, 5\n", logged());
    }

    @OnBothDrivers
    void when_all_refuse_it_is_502(String driver) throws Exception {
        Origin one = servers.closing(Origin.refusing());
        Origin two = servers.closing(Origin.refusing());
        TestServer server = servers.start(driver, Streams.with(log("$status $upstream_connect_time"), one, two));
        try (RawClient client = server.client()) {
            client.awaitClosed();
        }
        server.awaitOpen(0);
        assertEquals("502 -, -\n", logged());
    }

    @OnBothDrivers
    void off_means_one_attempt(String driver) throws Exception {
        Origin refusing = servers.closing(Origin.refusing());
        Origin good = servers.closing(Origin.running(Streams.echoing()));
        TestServer server = servers.start(
                driver, Streams.with(log("$status") + "stream.proxy.next-upstream = off", refusing, good));
        try (RawClient client = server.client()) {
            client.awaitClosed();
        }
        server.awaitOpen(0);
        assertEquals("502\n", logged());
        assertEquals(0, good.accepted());
    }

    @OnBothDrivers
    void so_many_tries_and_no_more(String driver) throws Exception {
        Origin one = servers.closing(Origin.refusing());
        Origin two = servers.closing(Origin.refusing());
        Origin good = servers.closing(Origin.running(Streams.echoing()));
        TestServer server = servers.start(
                driver, Streams.with(log("$status") + "stream.proxy.next-upstream-tries = 2", one, two, good));
        try (RawClient client = server.client()) {
            client.awaitClosed();
        }
        assertEquals("502\n", logged());
        assertEquals(0, good.accepted());
    }

    @OnBothDrivers
    void a_peer_that_takes_too_long_to_connect_is_passed_over(String driver) {
        Origin silent = servers.closing(Origin.notAccepting());
        Origin good = servers.closing(Origin.running(Streams.echoing()));
        TestServer server =
                servers.startWithHandClock(driver, Streams.with("stream.proxy.connect-timeout = 10s", silent, good));
        try (RawClient client = server.client()) {
            client.send("hello");
            server.awaitOpen(2);
            server.advance(Duration.ofSeconds(9));
            assertEquals(0, good.accepted());
            server.advance(Duration.ofSeconds(2));
            assertEquals("hello", client.read(5));
        }
        Await.until("the line", () -> server.log().has("upstream timed out"));
    }

    @OnBothDrivers
    void no_further_peer_is_tried_when_the_time_is_over(String driver) {
        Origin silent = servers.closing(Origin.notAccepting());
        Origin good = servers.closing(Origin.running(Streams.echoing()));
        TestServer server = servers.startWithHandClock(
                driver,
                Streams.with("stream.proxy { connect-timeout = 10s, next-upstream-timeout = 5s }", silent, good));
        try (RawClient client = server.client()) {
            server.awaitOpen(2);
            server.advance(Duration.ofSeconds(11));
            client.awaitClosed();
        }
        assertEquals(0, good.accepted());
    }

    @OnBothDrivers
    void a_failed_peer_rests_and_an_established_connection_ends_its_rest(String driver) {
        Origin origin = servers.closing(Origin.refusing(Streams.echoing()));
        Origin other = servers.closing(Origin.running(Streams.echoing()));
        TestServer server = servers.startWithHandClock(driver, Streams.with(log("$upstream_addr"), origin, other));
        for (int i = 0; i < 3; i++) {
            try (RawClient client = server.client()) {
                assertEquals("hello", client.send("hello").read(5));
            }
        }
        server.awaitOpen(0);
        Path file = folder.resolve("access.log");
        Await.until("three lines", () -> lines(file).size() == 3);
        String all = String.join("\n", lines(file));
        assertEquals(2, all.split(origin.authority(), -1).length, "it was asked once: " + all);
        origin.up();
        server.advance(Duration.ofSeconds(11));
        // None of them ends: without what is told of the connect the peer would get one of them, to see whether it is
        // well.
        for (int i = 0; i < 8; i++) {
            RawClient client = servers.closing(server.client());
            assertEquals("hello", client.send("hello").read(5));
        }
        assertTrue(origin.accepted() >= 2, "it was asked " + origin.accepted() + " times");
    }

    @OnBothDrivers
    void nobody_alive_is_502_and_told(String driver) throws Exception {
        Origin origin = servers.closing(Origin.running(Streams.echoing()));
        TestServer server = servers.start(driver, """
                upstreams.backend.servers = [ { address = "%s", down = on }, { address = "127.0.0.1:1", down = on } ]
                stream.servers = [ { listen = ["127.0.0.1:0"], proxy.pass = backend } ]
                %s
                """.formatted(origin.authority(), log("$status")));
        try (RawClient client = server.client()) {
            client.awaitClosed();
        }
        assertEquals("502\n", logged());
        Await.until("the line", () -> server.log().has("no peer of backend may be tried"));
    }

    @OnBothDrivers
    void a_connection_that_http_left_idle_is_never_a_session_s(String driver) {
        Origin origin = servers.closing(Origin.running(Streams.echoing(), Script.stalling()));
        TestServer server = servers.start(driver, Streams.with("upstreams.backend.keepalive.connections = 10", origin));
        for (int i = 0; i < 2; i++) {
            try (RawClient client = server.client()) {
                client.send("hello");
                origin.connection(i).awaitReceived("hello");
            }
            server.awaitOpen(0);
        }
        assertFalse(server.counters().reusable() > 0);
    }
}

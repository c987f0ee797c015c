package io.sluice.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions that wait for a peer which has as many as it may ({@code queue} of their upstream). */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StreamQueueTest {
    @RegisterExtension
    final TestServers servers = Streams.servers();

    private Origin origin;
    private TestServer server;

    private void start(String driver) {
        origin = servers.closing(Origin.running(Streams.greeting("hi")));
        server = servers.startWithHandClock(driver, """
                upstreams.backend {
                  servers = [ { address = "%s", max-conns = 1 } ]
                  queue { size = 2, timeout = 10s }
                }
                stream.servers = [ { listen = ["127.0.0.1:0"], proxy.pass = backend } ]
                """.formatted(origin.authority()));
    }

    @AfterEach
    void nothing_is_left() {
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void one_waits_until_another_leaves_and_what_it_has_sent_meanwhile_arrives(String driver) {
        start(driver);
        RawClient first = server.client();
        try (RawClient second = server.client()) {
            assertEquals("hi", first.read(2));
            second.send("early");
            server.awaitOpen(3);
            assertTrue(second.isSilent());
            assertEquals(1, origin.accepted());
            first.close();
            assertEquals("hiearly", second.read(7));
        }
    }

    @OnBothDrivers
    void who_leaves_while_it_waits_takes_no_peer(String driver) {
        start(driver);
        RawClient first = server.client();
        try (RawClient leaves = server.client();
                RawClient stays = server.client()) {
            assertEquals("hi", first.read(2));
            server.awaitOpen(4);
            leaves.reset();
            // A reset is told at once, also to who reads nothing.
            server.awaitOpen(3);
            first.close();
            assertEquals("hi", stays.read(2));
            assertEquals(2, origin.accepted());
        }
    }

    @OnBothDrivers
    void so_does_who_ends_its_stream_and_has_sent_nothing(String driver) {
        start(driver);
        try (RawClient first = server.client();
                RawClient leaves = server.client()) {
            assertEquals("hi", first.read(2));
            server.awaitOpen(3);
            leaves.shutdownOutput();
            leaves.awaitClosed();
            server.awaitOpen(2);
        }
        assertEquals(1, origin.accepted());
    }

    @OnBothDrivers
    void what_one_has_sent_arrives_though_it_has_ended_its_stream(String driver) {
        start(driver);
        RawClient first = server.client();
        try (RawClient second = server.client()) {
            assertEquals("hi", first.read(2));
            second.send("last words").shutdownOutput();
            server.awaitOpen(3);
            server.turn();
            first.close();
            Await.until(
                    "it has come",
                    () -> origin.accepted() == 2 && origin.connection(1).receivedBytes() == 10);
        }
    }

    @OnBothDrivers
    void who_has_waited_long_enough_is_sent_away(String driver) {
        start(driver);
        try (RawClient first = server.client();
                RawClient second = server.client()) {
            assertEquals("hi", first.read(2));
            server.awaitOpen(3);
            server.advance(Duration.ofSeconds(11));
            second.awaitClosed();
            assertEquals("go on", first.send("go on").read(5));
        }
    }

    @OnBothDrivers
    void more_than_may_wait_are_sent_away_at_once(String driver) {
        start(driver);
        try (RawClient first = server.client();
                RawClient second = server.client()) {
            assertEquals("hi", first.read(2));
            server.awaitOpen(3);
            try (RawClient third = server.client()) {
                server.awaitOpen(4);
                try (RawClient fourth = server.client()) {
                    fourth.awaitClosed();
                }
                Await.until("the line", () -> server.log().has("no peer of backend may be tried"));
                assertTrue(third.isSilent() && second.isSilent());
            }
        }
    }
}

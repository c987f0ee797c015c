package io.sluice.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the clock ends or slows: inactivity and rates (10.5 of nginx's behaviour). */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StreamTimeTest {
    @RegisterExtension
    final TestServers servers = Streams.servers();

    /** What a peer has sent is all in its socket. */
    private final CountDownLatch sent = new CountDownLatch(1);

    @OnBothDrivers
    void a_session_without_a_byte_ends_when_its_time_is_over(String driver) {
        Origin origin = servers.closing(Origin.running(Streams.echoing()));
        TestServer server = servers.startWithHandClock(driver, Streams.with("stream.proxy.timeout = 10s", origin));
        try (RawClient client = server.client()) {
            assertEquals("hello", client.send("hello").read(5));
            for (int i = 0; i < 3; i++) {
                server.advance(Duration.ofSeconds(8));
                // A byte in either direction begins the time anew.
                assertEquals("again", client.send("again").read(5));
            }
            server.advance(Duration.ofSeconds(9));
            assertEquals(2, server.openConnections());
            server.advance(Duration.ofSeconds(2));
            client.awaitClosed();
        }
        server.awaitOpen(0);
        Await.until("the line", () -> server.log().has("timed out"));
    }

    @OnBothDrivers
    void a_download_has_its_rate(String driver) {
        Origin origin = sending(60_000);
        TestServer server =
                servers.startWithHandClock(driver, Streams.with("stream.proxy.download-rate = 10k", origin));
        try (RawClient client = server.client()) {
            assertEquals(10 * 1024, read(server, client, 10 * 1024));
            assertTrue(client.isSilent());
            // Half a second brings nothing: what was read has a second to itself.
            server.advance(Duration.ofMillis(500));
            assertTrue(client.isSilent());
            server.advance(Duration.ofMillis(600));
            assertEquals(10 * 1024, read(server, client, 10 * 1024));
            readInTime(server, client, 60_000 - 2 * 10 * 1024);
        }
        server.awaitOpen(0);
    }

    /** A peer that sends so many bytes, which are few enough to be under way all at once. */
    private Origin sending(int bytes) {
        return servers.closing(Origin.running(session -> {
            session.sendBigBody(bytes);
            sent.countDown();
        }));
    }

    /** Second after second, until the client has them. */
    private void readInTime(TestServer server, RawClient client, int bytes) {
        Await.until("all is under way", () -> sent.getCount() == 0);
        CompletableFuture<byte[]> reading = CompletableFuture.supplyAsync(() -> client.readBytes(bytes));
        Await.until("all is read", () -> {
            server.advance(Duration.ofMillis(1100));
            return reading.isDone();
        });
        assertEquals(bytes, reading.join().length);
    }

    private static int read(TestServer server, RawClient client, int bytes) {
        int length = client.readBytes(bytes).length;
        server.turn();
        return length;
    }

    @OnBothDrivers
    void an_upload_has_its_rate_and_may_be_a_variable(String driver) {
        Origin origin = servers.closing(Origin.running(Script.stalling()));
        TestServer server = servers.startWithHandClock(driver, """
                upstreams.backend.servers = [ "%s" ]
                stream.servers = [ {
                  listen = ["127.0.0.1:0"]
                  set = [ { name = rate, value = 1k } ]
                  proxy { pass = backend, upload-rate = "$rate" }
                } ]
                """.formatted(origin.authority()));
        try (RawClient client = server.client()) {
            client.send(new byte[3000]);
            server.awaitOpen(2);
            awaitReceived(origin, 1024);
            server.turn();
            assertEquals(1024, origin.connection(0).receivedBytes());
            server.advance(Duration.ofMillis(1100));
            awaitReceived(origin, 2048);
            server.advance(Duration.ofMillis(1100));
            awaitReceived(origin, 3000);
        }
        // Who is slowed down is not looked at meanwhile.
        server.advance(Duration.ofMillis(1100));
        server.awaitOpen(0);
    }

    private static void awaitReceived(Origin origin, long bytes) {
        Await.until(bytes + " bytes", () -> origin.connection(0).receivedBytes() >= bytes);
    }

    @OnBothDrivers
    void who_is_slowed_down_does_not_time_out(String driver) {
        Origin origin = sending(40_000);
        TestServer server = servers.startWithHandClock(
                driver, Streams.with("stream.proxy { download-rate = 1k, timeout = 3s }", origin));
        try (RawClient client = server.client()) {
            client.readBytes(1024);
            readInTime(server, client, 40_000 - 1024);
        }
        server.awaitOpen(0);
    }
}

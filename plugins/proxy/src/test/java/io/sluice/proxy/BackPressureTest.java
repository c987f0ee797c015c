package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.event.WorkerStatus;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.BigBody;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Recorded;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.origin.Steps;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever is slow slows the other side, and memory stays where it is. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BackPressureTest {
    private static final long BODY_BYTES = 100_000_000;

    /** One exchange: heads, both buffers, and what rounding to blocks makes of them. */
    private static final long ONE_EXCHANGE = 300 * 1024;

    /** What the kernel may hold on both sides of the server for one exchange. */
    private static final long KERNEL_BYTES = 16_000_000;

    @RegisterExtension
    final TestServers servers = Proxies.servers();

    @OnBothDrivers
    void a_big_answer_to_a_slow_client_needs_no_more_memory_and_slows_its_origin(String driver) {
        Origin origin = servers.closing(Origin.with().sendBuffer(64 * 1024).running(Script.streaming(BODY_BYTES)));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client =
                RawClient.to(server.address(0)).receiveBuffer(4096).connect()) {
            client.send(Proxies.get("/"));
            client.readUntil("\r\n\r\n");
            RawClient.ByteSink checker = BigBody.checker();
            Recorded connection = origin.connection(0);
            long read = 0;
            long most = 0;
            // 1 KB at a time, and each time the server has had all the turns it wants.
            for (int i = 0; i < 300; i++) {
                client.readEach(1024, checker);
                read += 1024;
                most = Math.max(most, server.sum(WorkerStatus::slabBytesInUse));
                long ahead = connection.sentBytes() - read;
                assertTrue(ahead < KERNEL_BYTES, "the origin is " + ahead + " bytes ahead");
            }
            assertTrue(most <= ONE_EXCHANGE, most + " bytes of buffers for one exchange");
            while (read < BODY_BYTES) {
                long step = Math.min(10_000_000, BODY_BYTES - read);
                client.readEach(step, checker);
                read += step;
                most = Math.max(most, server.sum(WorkerStatus::slabBytesInUse));
            }
            assertTrue(most <= ONE_EXCHANGE, most + " bytes of buffers for one exchange");
            assertEquals(BODY_BYTES, read);
        }
        server.awaitOpen(1);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void an_origin_that_is_not_read_does_not_time_out(String driver) {
        Origin origin = servers.closing(Origin.with().sendBuffer(64 * 1024).running(Script.streaming(30_000_000)));
        TestServer server = servers.startWithHandClock(
                driver, Proxies.with("http.proxy.read-timeout = 10s\nhttp.send-timeout = 1h", origin));
        try (RawClient client =
                RawClient.to(server.address(0)).receiveBuffer(4096).connect()) {
            client.send(Proxies.get("/"));
            client.readUntil("\r\n\r\n");
            Recorded connection = origin.connection(0);
            awaitStandstill(server, connection);
            server.advance(Duration.ofMinutes(5));
            RawClient.ByteSink checker = BigBody.checker();
            client.readEach(30_000_000, checker);
        }
    }

    @OnBothDrivers
    void a_client_that_takes_nothing_for_the_send_timeout_is_closed_and_so_is_its_origin(String driver) {
        Origin origin = servers.closing(Origin.streaming(30_000_000));
        TestServer server = servers.startWithHandClock(driver, Proxies.with("http.send-timeout = 10s", origin));
        try (RawClient client =
                RawClient.to(server.address(0)).receiveBuffer(4096).connect()) {
            client.send(Proxies.get("/"));
            client.readUntil("\r\n\r\n");
            Recorded connection = origin.connection(0);
            awaitStandstill(server, connection);
            server.advance(Duration.ofMillis(9_000));
            assertEquals(2, server.openConnections());
            // What the kernel still took meanwhile has begun the time anew.
            for (int i = 0; i < 5 && server.openConnections() > 0; i++) {
                server.advance(Duration.ofMillis(10_400));
            }
            server.awaitOpen(0);
            origin.awaitOpen(0);
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void a_big_upload_to_a_slow_origin_needs_no_more_memory_and_slows_its_client(String driver) {
        int pieces = 300;
        Steps steps = new Steps();
        Origin origin = servers.closing(Origin.with().receiveBuffer(4096).running(session -> {
            session.readHead();
            for (int i = 0; i < pieces; i++) {
                steps.next();
                session.readBody(1024);
            }
            session.readBody(50_000_000 - pieces * 1024);
            session.send(Proxies.ok("thanks"));
            session.awaitClose();
        }));
        TestServer server = servers.start(driver, Proxies.with("http.client-max-body-size = 0", origin));
        try (RawClient client = server.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50000000\r\n\r\n");
            byte[] piece = new byte[100_000];
            long sent = 0;
            long most = 0;
            for (int i = 0; i < pieces; i++) {
                steps.allow();
                steps.awaitReached(i + 1);
                sent += client.offer(piece);
                most = Math.max(most, server.sum(WorkerStatus::slabBytesInUse));
                assertTrue(sent - i * 1024L < KERNEL_BYTES, "the client is " + sent + " bytes ahead");
            }
            while (sent < 50_000_000) {
                byte[] next = new byte[(int) Math.min(100_000, 50_000_000 - sent)];
                client.send(next);
                sent += next.length;
            }
            assertEquals("thanks", client.response().text());
            most = Math.max(most, server.sum(WorkerStatus::slabBytesInUse));
            assertTrue(most <= ONE_EXCHANGE, most + " bytes of buffers for one exchange");
        }
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void many_exchanges_with_little_memory_take_turns_and_all_end_well(String driver) {
        Origin origin = servers.closing(Origin.mirroring());
        TestServer server = servers.start(
                driver,
                Proxies.with(
                        "worker-memory = 1m\nhttp.client-max-body-size = 0\nhttp.client-body-timeout = 1h", origin));
        List<RawClient> clients = new ArrayList<>();
        String half = "z".repeat(50_000);
        for (int i = 0; i < 25; i++) {
            RawClient client = servers.closing(server.client());
            client.send("POST /" + i + " HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + half);
            clients.add(client);
        }
        server.turn();
        assertTrue(server.sum(WorkerStatus::reservedBytes) <= 1024 * 1024);
        assertTrue(server.sum(WorkerStatus::requests) < 25);
        for (RawClient client : clients) {
            client.send(half);
        }
        for (int i = 0; i < 25; i++) {
            Response answer = clients.get(i).response();
            assertEquals(200, answer.status());
            assertTrue(answer.text().startsWith("POST /" + i + " HTTP/1.1\r\n"), answer.head());
            assertTrue(answer.text().endsWith("\r\n\r\n" + half + half));
            assertTrue(server.sum(WorkerStatus::slabBytesInUse) <= 1024 * 1024);
        }
        server.assertNothingHeld();
    }

    /** Waits until the origin can send no more: it has sent much, and nothing further in many turns of the server. */
    private static void awaitStandstill(TestServer server, Recorded connection) {
        long before = -1;
        for (int still = 0; still < 10; ) {
            long sent = connection.sentBytes();
            still = sent == before && sent > 100_000 ? still + 1 : 0;
            before = sent;
            for (int i = 0; i < 20; i++) {
                server.turn();
            }
        }
    }
}

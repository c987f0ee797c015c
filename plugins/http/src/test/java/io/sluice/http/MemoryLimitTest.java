package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code worker-memory}: who finds none free waits while holding nothing, and is served when another has ended. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MemoryLimitTest {
    private static final String CONF = """
            worker-memory = 256k
            http.client-header-timeout = 1h
            http.client-body-timeout = 1h
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [
                { path = "/", return { status = 200, text = "hello" } }
                { path = "/read", count-body = on }
              ]
            } ]
            """;
    private static final String HALF =
            "POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n\r\n" + "x".repeat(10_000);
    private static final String REST = "x".repeat(10_000);

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new BodyCounting());

    @OnBothDrivers
    void more_uploads_than_fit_wait_and_are_served_one_after_the_other(String driver) {
        TestServer server = servers.start(driver, CONF);
        List<RawClient> clients = uploads(server, 30);
        Await.until("as many as fit run", () -> Counters.requests(server) > 0);
        server.turn();
        long running = Counters.requests(server);
        assertTrue(running < 30, "all " + running + " run at once");
        assertTrue(Counters.reservedBytes(server) <= 256 * 1024);
        assertTrue(Counters.slabBytesInUse(server) <= 256 * 1024);
        for (RawClient client : clients) {
            client.send(REST);
        }
        for (RawClient client : clients) {
            assertEquals("20000 x", client.response().text());
        }
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void they_are_served_in_the_order_in_which_they_came(String driver) {
        TestServer server = servers.start(driver, CONF);
        List<RawClient> running = uploads(server, 1);
        Await.until("the first runs", () -> Counters.requests(server) == 1);
        long one = Counters.reservedBytes(server);
        int fits = (int) (256 * 1024 / one);
        running.addAll(uploads(server, fits - 1));
        Await.until("no more fit", () -> Counters.requests(server) == fits);
        List<RawClient> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RawClient client = servers.closing(server.client());
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            waiting.add(client);
            server.awaitOpen(fits + i + 1);
            server.turn();
        }
        for (RawClient client : waiting) {
            assertTrue(client.isSilent());
        }
        running.getFirst().send(REST);
        assertEquals("20000 x", running.getFirst().response().text());
        for (RawClient client : waiting) {
            assertEquals("hello", client.response().text());
        }
        for (RawClient client : running.subList(1, running.size())) {
            client.send(REST);
            assertEquals("20000 x", client.response().text());
        }
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void who_leaves_while_it_waits_is_forgotten(String driver) {
        TestServer server = servers.start(driver, CONF);
        List<RawClient> clients = uploads(server, 30);
        Await.until("as many as fit run", () -> Counters.requests(server) > 0);
        server.turn();
        for (int i = 0; i < 30; i += 2) {
            clients.get(i).reset();
        }
        for (int i = 1; i < 30; i += 2) {
            clients.get(i).send(REST);
        }
        for (int i = 1; i < 30; i += 2) {
            assertEquals("20000 x", clients.get(i).response().text());
        }
        server.awaitOpen(15);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void who_leaves_while_it_runs_lets_another_begin(String driver) {
        TestServer server = servers.start(driver, CONF);
        List<RawClient> clients = uploads(server, 30);
        Await.until("as many as fit run", () -> Counters.requests(server) > 0);
        server.turn();
        // The first come are the first served: all that run are among these.
        for (int i = 0; i < 29; i++) {
            clients.get(i).reset();
        }
        clients.get(29).send(REST);
        assertEquals("20000 x", clients.get(29).response().text());
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void many_idle_clients_need_no_memory(String driver) {
        TestServer server = servers.start(driver, CONF);
        for (int i = 0; i < 300; i++) {
            RawClient client = servers.closing(server.client());
            assertEquals(
                    "hello",
                    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").response().text());
        }
        server.awaitOpen(300);
        server.assertNothingHeld();
    }

    @Test
    void less_memory_than_one_exchange_may_need_is_refused_when_it_is_loaded() {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> TestServer.of(new HttpPlugin(), new BodyCounting())
                        .load("worker-memory = 8k\n" + CONF.replace("worker-memory = 256k", "")));
        assertTrue(refused.getMessage().startsWith("test.conf:1: "), refused.getMessage());
    }

    private List<RawClient> uploads(TestServer server, int count) {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawClient client = servers.closing(server.client());
            client.send(HALF);
            clients.add(client);
        }
        return clients;
    }
}

package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More clients than slots: the oldest idle ones make room, as nginx's ngx_drain_connections does it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SlotPressureTest {
    private static final int SLOTS = 64;
    private static final String CONF = """
            worker-connections = %d
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", return { status = 200, text = "hello" } }, { path = "/read", count-body = on } ]
            } ]
            """.formatted(SLOTS);
    private static final String WARNING = "64 worker-connections are not enough, reusing connections";

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new BodyCounting());

    @OnBothDrivers
    void each_of_200_clients_is_served_at_once_and_the_oldest_idle_ones_are_closed(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        // nginx's rule in a model: which client is closed by which arrival.
        Deque<RawClient> model = new ArrayDeque<>();
        List<RawClient> closed = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int free = SLOTS - 1 - model.size();
            if (free <= SLOTS / 16 && !model.isEmpty()) {
                int victims = Math.max(1, Math.min(32, model.size() / 8));
                for (int v = 0; v < victims && !model.isEmpty(); v++) {
                    closed.add(model.removeFirst());
                }
            }
            RawClient client = servers.closing(server.client());
            hello(client);
            // So that each is idle before the next one comes.
            server.turn();
            model.addLast(client);
            assertEquals(model.size(), server.openConnections(), "after client " + i);
        }
        for (RawClient gone : closed) {
            gone.awaitClosed();
        }
        for (RawClient kept : model) {
            hello(kept);
        }
        assertEquals(closed.size(), Counters.drained(server));
        assertEquals(1, awaitWarnings(server, 1));
    }

    @OnBothDrivers
    void who_asked_again_is_not_the_oldest_any_more(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 59; i++) {
            clients.add(servers.closing(server.client()));
            hello(clients.get(i));
            server.turn();
        }
        hello(clients.getFirst());
        server.turn();
        // 4 are free: 7 of 59 are closed for the next one.
        RawClient next = servers.closing(server.client());
        hello(next);
        for (int i = 1; i <= 7; i++) {
            clients.get(i).awaitClosed();
        }
        hello(clients.getFirst());
        for (int i = 8; i < 59; i++) {
            hello(clients.get(i));
        }
    }

    @OnBothDrivers
    void clients_that_have_sent_nothing_yet_make_room_too(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        List<RawClient> silent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            silent.add(servers.closing(server.client()));
        }
        hello(servers.closing(server.client()));
        silent.getFirst().awaitClosed();
        assertTrue(server.openConnections() <= SLOTS - 1);
    }

    @OnBothDrivers
    void who_is_at_work_is_never_closed_for_others(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        List<RawClient> busy = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            RawClient client = servers.closing(server.client());
            client.send("POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx");
            busy.add(client);
        }
        server.awaitOpen(40);
        for (int i = 0; i < 60; i++) {
            hello(servers.closing(server.client()));
        }
        for (RawClient client : busy) {
            client.send("x");
            assertEquals("2 x", client.response().text());
        }
    }

    @OnBothDrivers
    void when_all_are_at_work_a_new_client_is_closed_and_the_log_says_why(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        List<RawClient> busy = new ArrayList<>();
        for (int i = 0; i < SLOTS - 1; i++) {
            RawClient client = servers.closing(server.client());
            client.send("POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx");
            busy.add(client);
            server.awaitOpen(i + 1);
            server.turn();
        }
        RawClient more = servers.closing(server.client());
        more.awaitEnding();
        Await.until("the alert", () -> server.log().has("[alert]"));
        for (RawClient client : busy) {
            client.send("x");
            assertEquals("2 x", client.response().text());
        }
        hello(servers.closing(server.client()));
    }

    @OnBothDrivers
    void the_warning_comes_once_a_second(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        for (int i = 0; i < 70; i++) {
            hello(servers.closing(server.client()));
            server.turn();
        }
        assertEquals(1, awaitWarnings(server, 1));
        server.advance(Duration.ofMillis(999));
        more(server, 20);
        assertEquals(1, server.log().count(WARNING));
        server.advance(Duration.ofMillis(2));
        more(server, 20);
        assertEquals(2, awaitWarnings(server, 2));
    }

    private void more(TestServer server, int clients) {
        for (int i = 0; i < clients; i++) {
            hello(servers.closing(server.client()));
            server.turn();
        }
    }

    private static long awaitWarnings(TestServer server, long count) {
        Await.until("the warning", () -> server.log().count(WARNING) >= count);
        return server.log().count(WARNING);
    }

    private static void hello(RawClient client) {
        assertEquals(
                "hello",
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").response().text());
    }
}

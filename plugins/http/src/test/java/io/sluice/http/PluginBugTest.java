package io.sluice.http;

import static io.sluice.testkit.client.RawClient.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A bug in a plugin ends its connection and no other: 500 before the header went out, a close after it, one error line with the stack,
 * one failure counted, and the worker lives on.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PluginBugTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [
                { path = "/handler", faulty = handler }
                { path = "/sent", faulty = sent }
                { path = "/parked", faulty = parked }
                { path = "/", return { status = 200, text = "fine" } }
              ]
            } ]
            """;
    private static final String[] KINDS = {"exception", "assertion", "linkage", "stack"};

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new FaultyPlugin());

    @OnBothDrivers
    void before_the_header_the_client_gets_500_and_a_close(String driver) {
        for (String kind : KINDS) {
            TestServer server = servers.start(driver, CONF);
            try (RawClient other = server.client();
                    RawClient client = server.client()) {
                fine(other);
                Response answer = client.send(get("/handler?handler=" + kind)).response();
                assertEquals(500, answer.status(), kind);
                assertEquals("close", answer.header("Connection"), kind);
                client.awaitClosed();
                oneFailure(server, kind);
                fine(other);
            }
        }
    }

    @OnBothDrivers
    void after_the_header_the_connection_is_closed(String driver) {
        for (String kind : KINDS) {
            TestServer server = servers.start(driver, CONF);
            try (RawClient other = server.client();
                    RawClient client = server.client()) {
                fine(other);
                client.send(get("/sent?sent=" + kind) + get("/"));
                String all = client.readToEnd();
                assertTrue(all.startsWith("HTTP/1.1 200 OK\r\n"), all);
                assertTrue(all.endsWith("\r\n\r\n12345"), all);
                oneFailure(server, kind);
                fine(other);
            }
        }
    }

    @OnBothDrivers
    void a_filter_of_headers_that_throws_is_500_or_a_close(String driver) {
        inAFilter(driver, "header-filter");
    }

    @OnBothDrivers
    void a_filter_of_bodies_that_throws_is_a_close(String driver) {
        inAFilter(driver, "body-filter");
    }

    private void inAFilter(String driver, String place) {
        for (String path : new String[] {"/handler", "/", "/parked"}) {
            TestServer server = servers.start(driver, CONF);
            try (RawClient other = server.client();
                    RawClient client = server.client()) {
                fine(other);
                if (path.equals("/parked")) {
                    continue;
                }
                client.send(get(path + "?" + place + "=exception"));
                client.awaitEnding();
                server.awaitOpen(1);
                Await.until("the stack", () -> server.log().has("on purpose"));
                assertTrue(Counters.failures(server) >= 1);
                fine(other);
                server.assertNothingHeld();
            }
        }
    }

    @OnBothDrivers
    void a_handler_of_a_phase_that_throws_is_500(String driver) {
        for (String kind : KINDS) {
            TestServer server = servers.start(driver, CONF);
            try (RawClient client = server.client()) {
                Response answer = client.send(get("/?access=" + kind)).response();
                assertEquals(500, answer.status());
                client.awaitClosed();
                oneFailure(server, kind);
            }
        }
    }

    @OnBothDrivers
    void a_handler_of_the_log_phase_that_throws_harms_nobody(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            assertEquals("fine", client.send(get("/?log=stack")).response().text());
            fine(client);
            Await.until("the line", () -> server.log().count("[error]") == 1);
            assertEquals(1, Counters.failures(server));
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_listener_that_throws_when_it_hears_of_the_clients_end_frees_all_the_same(String driver) {
        for (String kind : KINDS) {
            TestServer server = servers.start(driver, CONF);
            try (RawClient client = server.client()) {
                client.send(get("/parked?aborted=" + kind));
                Await.until("it is parked", () -> Counters.requests(server) == 1);
                client.reset();
                oneFailure(server, kind);
            }
        }
    }

    @OnBothDrivers
    void many_bugs_leave_nothing_behind(String driver) {
        TestServer server = servers.start(driver, CONF);
        for (int i = 0; i < 100; i++) {
            try (RawClient client = server.client()) {
                assertEquals(
                        500,
                        client.send(get("/handler?handler=exception"))
                                .response()
                                .status());
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        assertEquals(100, Counters.failures(server));
        Await.until("100 lines", () -> server.log().count("[error]") == 100);
    }

    /** One line at error, with the stack behind it, and nothing held. */
    private static void oneFailure(TestServer server, String kind) {
        Await.until(kind + " counted", () -> Counters.failures(server) == 1);
        Await.until("the stack", () -> server.log().has("\tat ") || server.log().has("    at "));
        assertEquals(
                1,
                server.log().count("[error]"),
                () -> String.join("\n", server.log().lines()));
        Await.until("the request has ended", () -> Counters.requests(server) == 0);
        server.assertNothingHeld();
    }

    private static void fine(RawClient client) {
        assertEquals("fine", client.send(get("/")).response().text());
    }
}

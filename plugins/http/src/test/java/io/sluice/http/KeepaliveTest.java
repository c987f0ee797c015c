package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeepaliveTest {
    private static final String HELLO = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", return { status = 200, text = "$uri" } } ]
            } ]
            """;

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin());

    @OnBothDrivers
    void http_1_1_keeps_the_connection_without_saying_so(String driver) {
        try (RawClient client = servers.start(driver, HELLO).client()) {
            for (int i = 0; i < 3; i++) {
                Response answer = get(client, "/" + i);
                assertEquals("/" + i, answer.text());
                assertNull(answer.header("Connection"));
            }
        }
    }

    @OnBothDrivers
    void http_1_1_closes_when_asked(String driver) {
        try (RawClient client = servers.start(driver, HELLO).client()) {
            client.sendLines("""
                    GET /a HTTP/1.1
                    Host: a
                    Connection: foo, Close

                    """);
            assertEquals("close", client.response().header("Connection"));
            client.awaitClosed();
        }
    }

    @OnBothDrivers
    void http_1_0_closes_unless_asked_not_to(String driver) {
        TestServer server = servers.start(driver, HELLO);
        try (RawClient client = server.client()) {
            client.send("GET /a HTTP/1.0\r\n\r\n");
            Response answer = client.response();
            assertEquals(200, answer.status());
            assertEquals("close", answer.header("Connection"));
            client.awaitClosed();
        }
        try (RawClient client = server.client()) {
            for (int i = 0; i < 2; i++) {
                client.send("GET /k HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
                Response answer = client.response();
                assertEquals("/k", answer.text());
                assertEquals("keep-alive", answer.header("Connection"));
            }
        }
    }

    @OnBothDrivers
    void pipelined_requests_are_answered_in_order(String driver) {
        try (RawClient client = servers.start(driver, HELLO).client()) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                all.append("GET /").append(i).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            client.send(all.toString());
            for (int i = 0; i < 100; i++) {
                assertEquals("/" + i, client.response().text());
            }
            assertEquals("/end", get(client, "/end").text());
            assertTrue(client.isSilent());
        }
    }

    @OnBothDrivers
    void a_pipelined_request_that_is_cut_by_the_buffers_end_is_read_right(String driver) {
        String small = "http.client-header-buffer-size = 128\n" + HELLO;
        try (RawClient client = servers.start(driver, small).client()) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 60; i++) {
                all.append("GET /").append("x".repeat(i)).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            client.send(all.toString());
            for (int i = 0; i < 60; i++) {
                assertEquals("/" + "x".repeat(i), client.response().text());
            }
        }
    }

    @OnBothDrivers
    void what_follows_a_close_request_is_not_answered(String driver) {
        try (RawClient client = servers.start(driver, HELLO).client()) {
            client.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals("/a", client.response().text());
            client.awaitClosed();
        }
    }

    @OnBothDrivers
    void the_last_request_a_connection_may_carry_is_answered_with_close(String driver) {
        try (RawClient client =
                servers.start(driver, "http.keepalive-requests = 3\n" + HELLO).client()) {
            assertNull(get(client, "/1").header("Connection"));
            assertNull(get(client, "/2").header("Connection"));
            assertEquals("close", get(client, "/3").header("Connection"));
            client.awaitClosed();
        }
    }

    @OnBothDrivers
    void keepalive_timeout_0_closes_after_each(String driver) {
        try (RawClient client =
                servers.start(driver, "http.keepalive-timeout = 0s\n" + HELLO).client()) {
            assertEquals("close", get(client, "/1").header("Connection"));
            client.awaitClosed();
        }
    }

    @OnBothDrivers
    void an_idle_connection_is_closed_when_its_time_is_up_and_not_before(String driver) {
        TestServer server = servers.startWithHandClock(driver, "http.keepalive-timeout = 5s\n" + HELLO);
        try (RawClient client = server.client()) {
            get(client, "/1");
            server.advance(Duration.ofMillis(4000));
            assertFalse(client.isClosedByPeer());
            get(client, "/2");
            // It begins anew with each request.
            server.advance(Duration.ofMillis(4000));
            assertFalse(client.isClosedByPeer());
            server.advance(Duration.ofMillis(1001));
            client.awaitClosed();
            server.awaitOpen(0);
        }
    }

    @OnBothDrivers
    void a_connection_that_is_old_is_closed_after_its_request(String driver) {
        TestServer server = servers.startWithHandClock(driver, "http.keepalive-time = 10s\n" + HELLO);
        try (RawClient client = server.client()) {
            assertNull(get(client, "/1").header("Connection"));
            server.advance(Duration.ofSeconds(11));
            assertEquals("close", get(client, "/2").header("Connection"));
            client.awaitClosed();
        }
    }

    @OnBothDrivers
    void a_client_that_ends_between_two_requests_leaves_nothing(String driver) {
        TestServer server = servers.start(driver, HELLO);
        try (RawClient orderly = server.client();
                RawClient rude = server.client()) {
            get(orderly, "/1");
            get(rude, "/1");
            orderly.shutdownOutput();
            orderly.awaitClosed();
            rude.reset();
            server.awaitOpen(0);
            server.assertNothingHeld();
            assertEquals(0, server.log().count("[error]"));
        }
    }

    @OnBothDrivers
    void a_client_that_half_closes_behind_its_request_still_gets_its_answer(String driver) {
        try (RawClient client = servers.start(driver, HELLO).client()) {
            client.send("GET /half HTTP/1.1\r\nHost: a\r\n\r\n");
            client.shutdownOutput();
            assertEquals("/half", client.response().text());
            client.awaitClosed();
        }
    }

    @OnBothDrivers
    void empty_lines_before_a_request_are_passed_over(String driver) {
        try (RawClient client = servers.start(driver, HELLO).client()) {
            client.send("\r\nGET /1 HTTP/1.1\r\nHost: a\r\n\r\n\r\n");
            assertEquals("/1", client.response().text());
            assertEquals("/2", get(client, "/2").text());
        }
    }

    @OnBothDrivers
    void an_idle_connection_holds_no_memory(String driver) {
        TestServer server = servers.start(driver, HELLO);
        try (RawClient fresh = server.client();
                RawClient used = server.client()) {
            get(used, "/1");
            server.awaitOpen(2);
            server.assertNothingHeld();
            assertEquals("/2", get(fresh, "/2").text());
        }
    }

    private static Response get(RawClient client, String path) {
        return client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").response();
    }
}

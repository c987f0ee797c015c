package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a plugin kept too long fails with a clear error, and never with another client's bytes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StaleHandleTest {
    private static final String CONF = """
            http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", keeping = on } ] } ]
            """;

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new KeepingPlugin());

    @OnBothDrivers
    void a_request_of_a_client_that_is_gone(String driver) {
        for (String use : new String[] {"use-request", "use-request-header", "answer-request"}) {
            afterTheConnection(driver, use, "IllegalStateException: the request is over");
        }
    }

    @OnBothDrivers
    void a_request_of_a_client_that_idles(String driver) {
        for (String use : new String[] {"use-request", "use-request-header", "answer-request"}) {
            TestServer server = servers.start(driver, CONF);
            try (RawClient first = server.client();
                    RawClient second = server.client()) {
                keep(first);
                String answer = ask(second, use);
                assertTrue(answer.startsWith("IllegalStateException: the request is over"), answer);
                assertEquals("plain", ask(first, "plain"));
                assertEquals("plain", ask(second, "plain"));
            }
        }
    }

    @OnBothDrivers
    void to_finish_a_request_that_has_ended_does_nothing(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient first = server.client();
                RawClient second = server.client()) {
            keep(first);
            assertEquals("got finished", ask(second, "finish-request"));
            assertEquals("plain", ask(first, "plain"));
            assertEquals("plain", ask(second, "plain"));
        }
    }

    @OnBothDrivers
    void a_connection_that_is_closed(String driver) {
        afterTheConnection(driver, "use-connection", "StaleConnectionException");
    }

    @OnBothDrivers
    void closing_a_connection_that_is_closed_closes_no_other(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient first = server.client()) {
            keep(first);
        }
        server.awaitOpen(0);
        // The same slot again.
        try (RawClient second = server.client()) {
            ask(second, "close-connection");
            assertEquals("plain", ask(second, "plain"));
        }
    }

    @OnBothDrivers
    void a_buf_of_a_request_that_is_over(String driver) {
        for (String use : new String[] {"use-buf", "write-buf", "fill"}) {
            String answer = afterTheConnection(driver, use, "StaleBufException");
            assertFalse(answer.contains("secret"), answer);
        }
    }

    @OnBothDrivers
    void a_buf_of_the_same_clients_last_request(String driver) {
        for (String use : new String[] {"use-buf", "write-buf"}) {
            TestServer server = servers.start(driver, CONF);
            try (RawClient same = server.client()) {
                keep(same);
                String later = ask(same, use);
                assertTrue(later.startsWith("StaleBufException"), later);
                assertFalse(later.contains("secret"), later);
            }
        }
    }

    @OnBothDrivers
    void data_that_belongs_to_another_consumer(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            String answer = ask(client, "foreign-claim");
            assertTrue(answer.startsWith("ForeignClaimException"), answer);
            assertTrue(answer.contains("other") && answer.contains("http"), "names both: " + answer);
            assertEquals("plain", ask(client, "plain"));
        }
    }

    @OnBothDrivers
    void bytes_outside_of_a_buf(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            String answer = ask(client, "out-of-bounds");
            assertTrue(answer.startsWith("IndexOutOfBoundsException"), answer);
        }
    }

    private String afterTheConnection(String driver, String use, String error) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient first = server.client()) {
            keep(first);
        }
        server.awaitOpen(0);
        // Its slot and its memory are those of the second client now.
        try (RawClient second = server.client()) {
            String answer = ask(second, use);
            assertTrue(answer.startsWith(error), use + ": " + answer);
            assertEquals("plain", ask(second, "plain"));
            return answer;
        }
    }

    private static void keep(RawClient client) {
        client.send("GET /keep HTTP/1.1\r\nHost: a\r\nX-Secret: of the first client\r\n\r\n");
        assertEquals("kept", client.response().text());
    }

    private static String ask(RawClient client, String what) {
        return client.send("GET /" + what + " HTTP/1.1\r\nHost: a\r\n\r\n")
                .response()
                .text();
    }
}

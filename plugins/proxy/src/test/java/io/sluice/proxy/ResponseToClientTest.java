package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Recorded;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.origin.Steps;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import io.sluice.testkit.wire.Framing;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client gets of what a peer answers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ResponseToClientTest {
    @RegisterExtension
    final TestServers servers = Proxies.servers();

    @OnBothDrivers
    void headers_are_passed_on_but_those_of_one_hop_and_those_that_are_ours(String driver) {
        Origin origin = origin("""
                HTTP/1.1 203 Something Else
                Server: theirs
                Date: Thu, 01 Jan 1970 00:00:00 GMT
                X-Accel-Buffering: no
                X-Pad: x
                Connection: X-Hop, keep-alive
                X-Hop: gone
                Keep-Alive: timeout=5
                Set-Cookie: a=1
                Set-Cookie: b=2
                Content-Type: text/weird
                Content-Length: 2

                ok""");
        try (RawClient client = servers.start(driver, Proxies.to(origin)).client()) {
            Response answer = client.send(Proxies.get("/")).response();
            assertEquals(203, answer.status());
            assertEquals("ok", answer.text());
            assertEquals("sluice", answer.header("Server"));
            assertEquals(1, answer.headers("Date").size());
            assertFalse(answer.header("Date").contains("1970"));
            assertEquals("[a=1, b=2]", answer.headers("Set-Cookie").toString());
            assertEquals("[text/weird]", answer.headers("Content-Type").toString());
            for (String hidden : new String[] {"X-Accel-Buffering", "X-Pad", "X-Hop", "Keep-Alive", "Connection"}) {
                assertFalse(answer.hasHeader(hidden), hidden);
            }
        }
    }

    @OnBothDrivers
    void bodies_of_known_length_come_whole(String driver) {
        for (int length : new int[] {0, 1, 1000, 4096, 5000, 100_000, 3_000_000}) {
            String body = "0123456789".repeat(length / 10 + 1).substring(0, length);
            try (Origin origin = Origin.answering(Proxies.ok(body));
                    RawClient client = servers.start(driver, Proxies.to(origin)).client()) {
                for (int i = 0; i < 2; i++) {
                    Response answer = client.send(Proxies.get("/")).response();
                    assertEquals(Framing.CONTENT_LENGTH, answer.framing());
                    assertEquals(body, answer.text());
                }
            }
        }
    }

    @OnBothDrivers
    void chunked_bodies_come_whole(String driver) {
        for (int chunk : new int[] {1, 10, 5000, 200_000}) {
            String response = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + (Integer.toHexString(chunk) + ";x=y\r\n" + "z".repeat(chunk) + "\r\n").repeat(9)
                    + "0\r\nX: t\r\n\r\n";
            try (Origin origin = Origin.answering(response);
                    RawClient client = servers.start(driver, Proxies.to(origin)).client()) {
                for (int i = 0; i < 2; i++) {
                    Response answer = client.send(Proxies.get("/")).response();
                    assertEquals(Framing.CHUNKED, answer.framing());
                    assertEquals("z".repeat(9 * chunk), answer.text());
                }
                assertEquals(1, origin.accepted());
            }
        }
    }

    @OnBothDrivers
    void an_empty_chunked_body_stays_empty(String driver) {
        Origin origin = origin("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n0\n\n");
        try (RawClient client = servers.start(driver, Proxies.to(origin)).client()) {
            for (int i = 0; i < 2; i++) {
                assertEquals("", client.send(Proxies.get("/")).response().text());
            }
            assertEquals(1, origin.accepted());
        }
    }

    @OnBothDrivers
    void a_body_that_ends_with_the_connection_becomes_chunks(String driver) {
        for (String head : new String[] {"HTTP/1.0 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"}) {
            String body = "abc".repeat(10_000);
            try (Origin origin = Origin.running(Script.closingAfter(1 << 20, head + body));
                    RawClient client = servers.start(driver, Proxies.to(origin)).client()) {
                for (int i = 1; i <= 2; i++) {
                    Response answer = client.send(Proxies.get("/")).response();
                    assertEquals(Framing.CHUNKED, answer.framing());
                    assertEquals(body, answer.text());
                    assertEquals(i, origin.accepted());
                }
            }
        }
    }

    @OnBothDrivers
    void a_client_of_http_1_0_gets_chunks_as_a_body_until_the_close(String driver) {
        Origin origin = origin("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n2\nde\n0\n\n");
        try (RawClient client = servers.start(driver, Proxies.to(origin)).client()) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            Response answer = client.response();
            assertEquals(Framing.UNTIL_CLOSE, answer.framing());
            assertEquals("close", answer.header("Connection"));
            assertEquals("abcde", answer.text());
        }
    }

    @OnBothDrivers
    void answers_without_a_body_have_none_and_the_connections_live_on(String driver) {
        Origin origin = servers.closing(Origin.answering(
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                Proxies.ok("end")));
        try (RawClient client = servers.start(driver, Proxies.to(origin)).client()) {
            Response none = client.send(Proxies.get("/")).response();
            assertEquals(204, none.status());
            assertFalse(none.hasHeader("Content-Length"));
            assertFalse(none.hasHeader("Transfer-Encoding"));
            Response unchanged = client.send(Proxies.get("/")).response();
            assertEquals(304, unchanged.status());
            assertEquals("\"x\"", unchanged.header("ETag"));
            assertFalse(unchanged.hasHeader("Transfer-Encoding"));
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals("7", client.responseHead().header("Content-Length"));
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertNull(client.responseHead().header("Content-Length"));
            assertEquals("end", client.send(Proxies.get("/")).response().text());
            assertEquals(1, origin.accepted());
        }
    }

    @OnBothDrivers
    void interim_answers_are_not_taken_for_the_answer(String driver) {
        Origin origin = origin("""
                HTTP/1.1 100 Continue

                HTTP/1.1 103 Early Hints
                Link: </a>; rel=preload

                HTTP/1.1 102 Processing

                HTTP/1.1 200 OK
                Content-Length: 2

                ok""");
        try (RawClient client = servers.start(driver, Proxies.to(origin)).client()) {
            for (int i = 0; i < 2; i++) {
                Response answer = client.send(Proxies.get("/")).response();
                assertEquals(200, answer.status());
                assertEquals("ok", answer.text());
                assertFalse(answer.hasHeader("Link"));
            }
            assertEquals(1, origin.accepted());
        }
    }

    @OnBothDrivers
    void answers_in_single_bytes_come_whole(String driver) {
        String[] responses = {
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;a=b\r\nllo\r\n0\r\nT: t\r\n\r\n",
            "HTTP/1.0 200 OK\r\nX: y\r\n\r\nhello"
        };
        for (String response : responses) {
            boolean close = response.startsWith("HTTP/1.0");
            Script script = session -> {
                while (session.nextRequest() != null) {
                    session.sendInPieces(response, 1);
                    if (close) {
                        return;
                    }
                }
            };
            try (Origin origin = Origin.running(script);
                    RawClient client = servers.start(driver, Proxies.to(origin)).client()) {
                for (int i = 0; i < 2; i++) {
                    Response answer = client.send(Proxies.get("/")).response();
                    assertEquals("hello", answer.text());
                    assertEquals("y", answer.header("X"));
                }
            }
        }
    }

    @OnBothDrivers
    void pieces_that_are_held_together_are_not_overwritten(String driver) {
        String[] framed = {
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", "ab", "cde", "f", "ghij",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "2\r\nab\r\n", "3\r\ncde\r\n5", "\r\nf",
                    "ghij\r\n0\r\n\r\n"
        };
        for (int first = 0; first < framed.length; first += 5) {
            String[] pieces = Arrays.copyOfRange(framed, first, first + 5);
            Steps steps = new Steps();
            try (Origin origin = Origin.stepping(steps, pieces);
                    TestServer server = servers.start(driver, Proxies.to(origin));
                    RawClient client = server.client()) {
                client.send(Proxies.get("/"));
                int sent = 0;
                for (String piece : pieces) {
                    steps.allow();
                    sent += piece.length();
                    int bytes = sent;
                    Recorded connection = origin.connection(0);
                    Await.until("a piece was sent", () -> connection.sentBytes() == bytes);
                    server.turn();
                }
                assertEquals("abcdefghij", client.response().text());
            }
        }
    }

    @OnBothDrivers
    void an_answer_comes_as_it_is_made_and_not_only_when_it_is_whole(String driver) {
        Steps steps = new Steps();
        Origin origin = servers.closing(Origin.stepping(
                steps, "HTTP/1.1 200 OK\r\nContent-Length: 6000\r\n\r\n", "a".repeat(3000), "b".repeat(3000)));
        try (RawClient client = servers.start(driver, Proxies.to(origin)).client()) {
            client.send(Proxies.get("/"));
            steps.allow(2);
            assertTrue(client.readUntil("\r\n\r\n").startsWith("HTTP/1.1 200 OK"));
            assertEquals("a".repeat(3000), client.read(3000));
            steps.allow();
            assertEquals("b".repeat(3000), client.read(3000));
        }
    }

    @OnBothDrivers
    void a_head_that_just_fits_the_buffer_is_passed_on_and_a_larger_one_is_502(String driver) {
        String settings = "http.proxy.buffer-size = 2k";
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: ";
        String fits = head + "x".repeat(2048 - head.length() - 4) + "\r\n\r\nok";
        try (Origin origin = Origin.answering(fits);
                RawClient client =
                        servers.start(driver, Proxies.with(settings, origin)).client()) {
            assertEquals("ok", client.send(Proxies.get("/")).response().text());
        }
        String larger = head + "x".repeat(2048) + "\r\n\r\nok";
        try (Origin origin = Origin.answering(larger);
                RawClient client =
                        servers.start(driver, Proxies.with(settings, origin)).client()) {
            assertEquals(502, client.send(Proxies.get("/")).response().status());
        }
    }

    private Origin origin(String response) {
        return servers.closing(Origin.answering(RawClient.lines(response)));
    }
}

package io.sluice.gzip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Steps;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Framing;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was compressed is what the origin sent, however it came and whoever asks. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoundTripTest {
    @RegisterExtension
    final TestServers servers = Gzips.servers();

    @OnBothDrivers
    void a_response_is_compressed_and_the_connection_is_kept(String driver) {
        Origin origin = servers.closing(Origin.answering(Gzips.ok(Gzips.TEXT)));
        TestServer server = servers.start(driver, Gzips.to(origin));
        try (RawClient client = server.client()) {
            for (int i = 0; i < 20; i++) {
                Response answer = client.send(Gzips.accepting()).response();
                assertEquals(Gzips.TEXT, Gzips.unzipped(answer));
                assertEquals(Framing.CHUNKED, answer.framing());
                assertTrue(answer.body().length < Gzips.TEXT.length() / 3);
                assertEquals(Gzips.TEXT, client.send(Gzips.get("")).response().text());
            }
            server.awaitOpen(2);
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void sizes_around_those_of_the_buffers_come_through(String driver) {
        for (int size : new int[] {20, 21, 255, 256, 257, 16_383, 16_384, 16_385, 65_535, 65_536, 65_537, 300_000}) {
            String body = Gzips.letters(size, size);
            Origin origin = servers.closing(Origin.answering(Gzips.ok(body)));
            for (String buffers :
                    new String[] {"{ number = 1, size = 256 }", "{ number = 2, size = 4k }", "{ size = 64k }"}) {
                TestServer server = servers.start(driver, Gzips.to(origin, "http.gzip.buffers = " + buffers));
                try (RawClient client = server.client()) {
                    assertEquals(
                            body, Gzips.unzipped(client.send(Gzips.accepting()).response()), size + " " + buffers);
                    assertEquals(
                            body, Gzips.unzipped(client.send(Gzips.accepting()).response()));
                }
                server.awaitOpen(1);
                server.assertNothingHeld();
                server.close();
            }
        }
    }

    @OnBothDrivers
    void a_body_that_comes_in_single_bytes_is_passed_on_at_each_pause(String driver) {
        String body = Gzips.TEXT;
        Origin origin = servers.closing(Origin.answeringInPieces(1, Gzips.ok(body)));
        TestServer server = servers.start(driver, Gzips.to(origin));
        try (RawClient client = server.client()) {
            assertEquals(body, Gzips.unzipped(client.send(Gzips.accepting()).response()));
            assertEquals(body, Gzips.unzipped(client.send(Gzips.accepting()).response()));
        }
    }

    @OnBothDrivers
    void a_chunked_body_is_compressed_whatever_its_length(String driver) {
        String body = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n";
        Origin origin = servers.closing(Origin.answering(body));
        TestServer server = servers.start(driver, Gzips.to(origin));
        try (RawClient client = server.client()) {
            assertEquals("abcd", Gzips.unzipped(client.send(Gzips.accepting()).response()));
        }
    }

    @OnBothDrivers
    void an_empty_body_of_unknown_length_is_an_empty_stream(String driver) {
        Origin origin = servers.closing(Origin.answering(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
        TestServer server = servers.start(driver, Gzips.to(origin));
        try (RawClient client = server.client()) {
            assertEquals("", Gzips.unzipped(client.send(Gzips.accepting()).response()));
            assertEquals("", Gzips.unzipped(client.send(Gzips.accepting()).response()));
        }
    }

    @OnBothDrivers
    void a_body_until_the_close_is_compressed(String driver) {
        String body = Gzips.letters(7, 100_000);
        Origin origin = servers.closing(
                Origin.answering("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n" + body));
        TestServer server = servers.start(driver, Gzips.to(origin));
        try (RawClient client = server.client()) {
            assertEquals(body, Gzips.unzipped(client.send(Gzips.accepting()).response()));
            assertEquals(body, Gzips.unzipped(client.send(Gzips.accepting()).response()));
        }
    }

    @OnBothDrivers
    void a_client_of_http_1_0_gets_a_stream_that_ends_with_the_connection(String driver) {
        String body = Gzips.letters(8, 50_000);
        Origin origin = servers.closing(Origin.answering(Gzips.ok(body)));
        TestServer server = servers.start(driver, Gzips.to(origin, "http.gzip.http-version = 1.0"));
        try (RawClient client = server.client()) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\nAccept-Encoding: gzip\r\n\r\n");
            String head = client.readUntil("\r\n\r\n");
            assertTrue(head.contains("\r\nConnection: close\r\n"), head);
            assertFalse(head.contains("Transfer-Encoding"), head);
            assertFalse(head.contains("Content-Length"), head);
            byte[] rest = client.readToEnd().getBytes(StandardCharsets.ISO_8859_1);
            assertEquals(body, new String(Gzips.unzip(rest), StandardCharsets.ISO_8859_1));
        }
        server.awaitOpen(1);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void what_came_before_a_pause_can_be_read_during_it(String driver) throws DataFormatException {
        Steps steps = new Steps();
        Origin origin = servers.closing(Origin.stepping(
                steps,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 30000\r\n\r\n",
                "a".repeat(10_000),
                "b".repeat(10_000),
                "c".repeat(10_000)));
        TestServer server = servers.start(driver, Gzips.to(origin));
        try (RawClient client = server.client()) {
            client.send(Gzips.accepting());
            steps.allow();
            client.readUntil("\r\n\r\n");
            Inflater inflater = new Inflater(true);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            boolean header = true;
            for (int piece = 1; piece <= 3; piece++) {
                steps.allow();
                byte[] some = new byte[4096];
                while (out.size() < piece * 10_000) {
                    int size = Integer.parseInt(client.readUntil("\r\n").trim(), 16);
                    byte[] chunk = client.readBytes(size);
                    client.read(2);
                    inflater.setInput(chunk, header ? 10 : 0, header ? size - 10 : size);
                    header = false;
                    for (int n = inflater.inflate(some); n > 0; n = inflater.inflate(some)) {
                        out.write(some, 0, n);
                    }
                }
                assertEquals(piece * 10_000, out.size());
            }
            inflater.end();
        }
    }

    @OnBothDrivers
    void pipelined_requests_are_answered_in_order_compressed_or_not(String driver) {
        Origin origin = servers.closing(Origin.answering(Gzips.ok("x".repeat(5000)), Gzips.ok("y".repeat(5000))));
        TestServer server = servers.start(driver, Gzips.to(origin));
        try (RawClient client = server.client()) {
            client.send(Gzips.accepting() + Gzips.get("") + Gzips.accepting());
            assertEquals("x".repeat(5000), Gzips.unzipped(client.response()));
            assertEquals("y".repeat(5000), client.response().text());
            assertEquals("y".repeat(5000), Gzips.unzipped(client.response()));
        }
    }

    @OnBothDrivers
    void a_peer_that_ends_too_early_ends_the_client_without_the_end_of_the_stream(String driver) {
        Origin origin = servers.closing(Origin.closingAfter(3000, Gzips.ok(Gzips.letters(1, 10_000))));
        TestServer server = servers.start(driver, Gzips.to(origin));
        try (RawClient client = server.client()) {
            client.send(Gzips.accepting());
            String all = client.readToEnd();
            assertTrue(all.contains("Content-Encoding: gzip"), all);
            assertFalse(all.endsWith("0\r\n\r\n"));
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void an_own_short_answer_is_compressed_too(String driver) {
        TestServer server = servers.start(driver, """
                http.gzip = on
                http.servers = [ { listen = ["127.0.0.1:0"], locations = [
                  { path = "/", return = { status = 200, text = "%s", type = "text/html; charset=utf-8" } }
                  { path = "/short", return = { status = 200, text = "nineteen characters", type = "text/html" } }
                ] } ]
                """.formatted(Gzips.TEXT));
        try (RawClient client = server.client()) {
            Response answer = client.send(Gzips.accepting()).response();
            assertEquals(Gzips.TEXT, Gzips.unzipped(answer));
            assertEquals("text/html; charset=utf-8", answer.header("Content-Type"));
            Response brief = client.send("GET /short HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n")
                    .response();
            assertEquals("nineteen characters", brief.text());
            assertNull(brief.header("Content-Encoding"));
        }
    }
}

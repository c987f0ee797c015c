package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccessLogTest {
    private static final String SERVERS = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [
                { path = "/", return { status = 200, text = "hello" } }
                { path = "/gone", return = 410 }
                { path = "/read", count-body = on }
              ]
            } ]
            """;

    @TempDir
    private Path folder;

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new BodyCounting());

    @OnBothDrivers
    void the_combined_format_is_that_of_nginx(String driver) {
        TestServer server = start(driver, "");
        try (RawClient client = server.client()) {
            client.send("GET /a%20b?c HTTP/1.1\r\nHost: a\r\nReferer: http://r/\r\nUser-Agent: agent/1 \"x\"\r\n\r\n");
            client.response();
            client.send("HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            client.responseHead();
        }
        assertEquals(
                List.of(
                        "127.0.0.1 - - [21/Nov/2026:07:34:00 +0000] \"GET /a%20b?c HTTP/1.1\" 200 5 \"http://r/\" \"agent/1 \\x22x\\x22\"",
                        "127.0.0.1 - - [21/Nov/2026:07:34:00 +0000] \"HEAD / HTTP/1.0\" 200 0 \"-\" \"-\""),
                lines(2));
    }

    @OnBothDrivers
    void a_line_cannot_be_forged(String driver) {
        TestServer server = start(driver, "format = \"$status $http_x|\"");
        try (RawClient client = server.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX: \\ \"\u00e4\t\r\n\r\n");
            client.response();
        }
        assertEquals(List.of("200 \\x5C \\x22\\xE4|"), lines(1));
    }

    @OnBothDrivers
    void an_own_format_says_what_it_is_asked(String driver) {
        TestServer server = start(
                driver,
                "format = \"$request_method $uri $status $body_bytes_sent $connection_requests $http_none $request_time [$time_iso8601]\"");
        try (RawClient client = server.client()) {
            client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2) + "DELETE /gone HTTP/1.1\r\nHost: a\r\n\r\n");
            client.response();
            client.response();
            int page = client.response().body().length;
            assertEquals(
                    List.of(
                            "GET /x 200 5 1 - 0.000 [2026-11-21T07:34:00+00:00]",
                            "GET /x 200 5 2 - 0.000 [2026-11-21T07:34:00+00:00]",
                            "DELETE /gone 410 " + page + " 3 - 0.000 [2026-11-21T07:34:00+00:00]"),
                    lines(3));
        }
    }

    @OnBothDrivers
    void bad_requests_and_lost_clients_are_logged_too(String driver) {
        TestServer server = start(driver, "format = \"$status $request\"");
        try (RawClient client = server.client()) {
            client.send("GET / HTTP/1.1\nHost: a\n\n");
            client.response();
        }
        lines(1);
        try (RawClient client = server.client()) {
            client.send("POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n12");
            server.awaitOpen(1);
            client.reset();
        }
        List<String> lines = lines(2);
        assertTrue(lines.getFirst().startsWith("400 "), lines.getFirst());
        assertTrue(lines.get(1).matches("(400|499) POST /read HTTP/1.1"), lines.get(1));
    }

    @OnBothDrivers
    void a_request_that_ends_its_connection_has_one_line(String driver) {
        TestServer server = start(driver, "format = \"$uri\"");
        for (String path : List.of("/a", "/b")) {
            try (RawClient client = server.client()) {
                client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                client.response();
                client.awaitClosed();
            }
        }
        assertEquals(List.of("/a", "/b"), lines(2));
    }

    @OnBothDrivers
    void a_client_that_sends_no_request_leaves_no_line(String driver) {
        TestServer server = start(driver, "format = \"$status $uri\"");
        try (RawClient silent = server.client()) {
            server.awaitOpen(1);
            silent.shutdownOutput();
            silent.awaitClosed();
        }
        try (RawClient client = server.client()) {
            client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
            client.response();
        }
        assertEquals(List.of("200 /x"), lines(1));
    }

    @OnBothDrivers
    void every_request_of_a_burst_has_its_line(String driver) {
        TestServer server = start(driver, "format = \"$uri\"");
        int count = 1000;
        try (RawClient client = server.client()) {
            for (int i = 0; i < count; i += 100) {
                StringBuilder burst = new StringBuilder();
                for (int k = i; k < i + 100; k++) {
                    burst.append("GET /").append(k).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
                }
                client.send(burst.toString());
                for (int k = 0; k < 100; k++) {
                    client.response();
                }
            }
        }
        List<String> lines = lines(count);
        for (int i = 0; i < count; i++) {
            assertEquals("/" + i, lines.get(i));
        }
    }

    private TestServer start(String driver, String settings) {
        Path file = folder.resolve("logs/access.log");
        return servers.startWithHandClock(
                driver, "http.access-log { file = \"" + file + "\"\n" + settings + " }\n" + SERVERS);
    }

    private List<String> lines(int count) {
        Path file = folder.resolve("logs/access.log");
        Await.until(count + " lines of the access log", () -> read(file).size() >= count);
        return read(file);
    }

    private static List<String> read(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

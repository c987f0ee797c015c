package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the access log can say of a request: each variable has nginx's name and means what it means there. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccessVariablesTest {
    private static final String SERVERS = """
            http.client-max-body-size = 100k
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [
                { path = "/", return { status = 200, text = "hello" } }
                { path = "/read", count-body = on }
              ]
            } ]
            """;

    @TempDir
    private Path folder;

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new BodyCounting());

    private TestServer start(String driver, String format, String more) {
        return servers.startWithHandClock(
                driver,
                "http.access-log { file = \"" + file() + "\", format = \"" + format + "\" }\n" + SERVERS + more);
    }

    private List<String> logged(String driver, String format, String... requests) {
        TestServer server = start(driver, format, "");
        try (RawClient client = server.client()) {
            for (String request : requests) {
                client.send(request).response();
            }
        }
        return lines(requests.length);
    }

    private Path file() {
        return folder.resolve("access.log");
    }

    private List<String> lines(int count) {
        Await.until(count + " lines of the access log", () -> read().size() >= count);
        return read();
    }

    private List<String> read() {
        try {
            return Files.exists(file()) ? Files.readAllLines(file(), StandardCharsets.ISO_8859_1) : List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String get(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
    }

    @OnBothDrivers
    void the_length_of_a_request_is_that_of_its_head_and_its_body_as_it_came(String driver) {
        String small = get("/", "");
        // It takes several of the large buffers: 8 KB each.
        String large = get(
                "/", "A: " + "a".repeat(5000) + "\r\nB: " + "b".repeat(5000) + "\r\nC: " + "c".repeat(5000) + "\r\n");
        String sized = "POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n" + "x".repeat(5000);
        String chunked = "POST /read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "5\r\nhello\r\n0A;x=1\r\n0123456789\r\n0\r\n\r\n";
        List<String> expected = new ArrayList<>();
        for (String request : List.of(small, large, sized, chunked)) {
            expected.add(Integer.toString(request.length()));
        }
        assertEquals(expected, logged(driver, "$request_length", small, large, sized, chunked));
    }

    @OnBothDrivers
    void requests_sent_at_once_are_counted_one_by_one(String driver) {
        TestServer server = start(driver, "$pipe $connection_requests $request_length", "");
        try (RawClient client = server.client()) {
            client.send(get("/", "") + get("/a", "") + "POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab"
                    + get("/b", ""));
            for (int i = 0; i < 4; i++) {
                client.response();
            }
            client.send(get("/", "")).response();
        }
        int first = get("/", "").length();
        int post = "POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab".length();
        assertEquals(
                List.of(". 1 " + first, "p 2 " + (first + 1), "p 3 " + post, "p 4 " + (first + 1), ". 5 " + first),
                lines(5));
    }

    @OnBothDrivers
    void a_request_is_complete_when_its_answer_has_ended_as_it_should(String driver) {
        TestServer server = start(driver, "$request_completion $status", "");
        try (RawClient client = server.client()) {
            client.send(get("/", "")).response();
        }
        lines(1);
        try (RawClient client = server.client()) {
            client.send("POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n12");
            server.awaitOpen(1);
            client.reset();
        }
        List<String> lines = lines(2);
        assertEquals("OK 200", lines.getFirst());
        assertTrue(lines.get(1).matches("- (400|499)"), lines.get(1));
    }

    @OnBothDrivers
    void a_request_has_an_id_that_no_other_has(String driver) {
        List<String> ids = logged(driver, "$request_id $request_id", get("/", ""), get("/", ""));
        String[] first = ids.get(0).split(" ");
        assertTrue(first[0].matches("[0-9a-f]{32}"), first[0]);
        assertEquals(first[0], first[1]);
        assertNotEquals(ids.get(0), ids.get(1));
    }

    @OnBothDrivers
    void what_was_sent_can_be_asked_for_by_its_name(String driver) {
        String format = "$sent_http_content_type|$sent_http_content_length|$sent_http_connection|$sent_http_x_two"
                + "|$sent_http_x|$sent_http_server|$sent_http_HTTP";
        TestServer server = start(driver, format, """
                http.add-header = [
                  { name = X-Two, value = "$sent_http_content_type $sent_http_content_length" }
                  { name = x-two, value = "2 [$sent_http_x_two][$sent_http_date]" }
                ]
                """);
        try (RawClient client = server.client()) {
            Response response = client.send(get("/", "Connection: close\r\n")).response();
            assertEquals(
                    "[text/plain 5, 2 [text/plain 5][]]",
                    response.headers("X-Two").toString());
        }
        assertEquals(List.of("text/plain|5|close|text/plain 5, 2 [text/plain 5][]|-|sluice|-"), lines(1));
    }

    @OnBothDrivers
    void a_connection_has_a_time_of_its_own(String driver) {
        TestServer server = start(driver, "$connection_time $request_time", "");
        try (RawClient client = server.client()) {
            client.send(get("/", "")).response();
            lines(1);
            server.advance(Duration.ofMillis(500));
            client.send(get("/", "")).response();
        }
        assertEquals(List.of("0.000 0.000", "0.500 0.000"), lines(2));
    }

    @OnBothDrivers
    void the_machine_and_the_process_have_names(String driver) throws IOException {
        String host =
                Files.readString(Path.of("/proc/sys/kernel/hostname")).strip().toLowerCase(Locale.ROOT);
        String version =
                HttpPlugin.class.getModule().getDescriptor().rawVersion().orElse("-");
        assertEquals(
                List.of(host + " " + ProcessHandle.current().pid() + " " + version),
                logged(driver, "$hostname $pid $sluice_version", get("/", "")));
    }

    @OnBothDrivers
    void a_header_that_came_more_than_once_is_told_whole(String driver) {
        assertEquals(
                List.of("1, 2, |a=1; b=2|-"),
                logged(
                        driver,
                        "$http_x_own|$http_cookie|$http_x",
                        get("/", "X-Own: 1\r\nCookie: a=1\r\nx-own: 2\r\nCookie: b=2\r\nX-Own:\r\n")));
    }

    @OnBothDrivers
    void an_argument_is_found_by_its_whole_name(String driver) {
        String[] queries = {
            "?a=1", "?xa=0&A=2", "?a&a=3", "?b=a=4&a=", "?a=5=6&a=7", "?", "", "?&&a=8&", "?a%3d9", "?aa=1&ab=2", "?=a"
        };
        String[] values = {"1", "2", "3", "-", "5=6", "-", "-", "8", "-", "-", "-"};
        List<String> expected = new ArrayList<>();
        String[] requests = new String[queries.length];
        for (int i = 0; i < queries.length; i++) {
            requests[i] = get("/" + queries[i], "");
            expected.add(values[i] + (queries[i].isEmpty() ? " -" : " ?") + " /");
        }
        assertEquals(expected, logged(driver, "$arg_a $is_args $document_uri", requests));
    }

    private static String basic(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @OnBothDrivers
    void who_says_who_it_is_has_its_name_in_the_log(String driver) {
        String[] values = {
            "Basic " + basic("me:secret"),
            "basic   " + basic("m:"),
            "BASIC " + basic("longer name:a:b:c"),
            "Basic " + basic(":nobody"),
            "Basic " + basic("without"),
            "Basic",
            "Basic ",
            "Basic ====",
            "Basic bWU6!",
            "Basic b*U6c2VjcmV0",
            "Bearer " + basic("me:secret"),
            "Basic" + basic("me:secret")
        };
        String[] names = {"me", "m", "longer name", "-", "-", "-", "-", "-", "me", "-", "-", "-"};
        String[] requests = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            requests[i] = get("/", "Authorization: " + values[i] + "\r\n");
        }
        assertEquals(List.of(names), logged(driver, "$remote_user", requests));
    }
}

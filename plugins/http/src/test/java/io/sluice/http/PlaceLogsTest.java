package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.core.config.Problem;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Each server and location has its own error logs and access logs, as in nginx. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlaceLogsTest {
    @TempDir
    private Path folder;

    @RegisterExtension
    final TestServers servers = new TestServers();

    @OnBothDrivers
    void an_error_is_told_in_the_log_of_the_place_and_on_the_next_request_in_that_of_the_server(String driver) {
        TestServer server = start(driver, """
                error-log { file = "http.log", level = debug }
                servers = [ {
                  listen = ["127.0.0.1:0"]
                  error-log { file = "server.log", level = info }
                  locations = [
                    { path = "/a", error-log { file = "a.log", level = info }, client-max-body-size = 1, return = 204 }
                    { path = "/b", error-log = "b.log", client-max-body-size = 1, return = 204 }
                    { path = "/", client-max-body-size = 1, return = 204 }
                  ]
                } ]""");
        for (String path : List.of("/a", "/b", "/")) {
            try (RawClient client = server.client()) {
                tooLarge(client, path);
            }
        }
        try (RawClient client = server.client()) {
            client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals(204, client.responseHead().status());
            client.send("nonsense\r\n\r\n");
            assertEquals(400, client.response().status());
        }
        await("a.log", 1);
        await("server.log", 2);
        assertTrue(read("a.log").getFirst().contains("[info] "), read("a.log").toString());
        assertTrue(
                read("a.log").getFirst().contains("request: \"POST /a HTTP/1.1\""),
                read("a.log").toString());
        assertTrue(
                read("server.log").getFirst().contains("request: \"POST / "),
                read("server.log").toString());
        assertTrue(
                read("server.log").get(1).contains("bad request"),
                read("server.log").toString());
        server.close();
        assertEquals(1, read("a.log").size(), "the next request is not the location's");
        assertEquals(List.of(), read("b.log"), "its level is error");
        assertEquals(List.of(), read("http.log"), "every place has another");
    }

    @OnBothDrivers
    void what_is_wrong_before_there_is_a_location_is_told_in_the_log_of_the_server_that_was_asked(String driver) {
        TestServer server = start(driver, """
                servers = [
                  { listen = ["unix:%1$s"], server-name = one, error-log { file = "one.log", level = info } }
                  { listen = ["unix:%1$s"], server-name = two, error-log { file = "two.log", level = info } }
                ]""".formatted(folder.resolve("socket")));
        try (RawClient client = server.client()) {
            client.send("GET /../x HTTP/1.1\r\nHost: two\r\n\r\n");
            assertEquals(400, client.response().status());
        }
        await("two.log", 1);
        server.close();
        assertTrue(
                read("two.log").getFirst().contains("client sent a bad path"),
                read("two.log").toString());
        assertEquals(List.of(), read("one.log"));
    }

    @OnBothDrivers
    void each_of_several_error_logs_has_its_level(String driver) {
        TestServer server = start(driver, """
                servers = [ {
                  listen = ["127.0.0.1:0"]
                  error-log = [ "quiet.log", { file = "loud.log", level = info }, { file = "other.log", level = info } ]
                  client-max-body-size = 1
                  locations = [ { path = "/", return = 204 } ]
                } ]""");
        try (RawClient client = server.client()) {
            tooLarge(client, "/");
        }
        await("loud.log", 1);
        await("other.log", 1);
        assertEquals(List.of(), read("quiet.log"));
        assertEquals(read("loud.log"), read("other.log"));
    }

    @OnBothDrivers
    void they_go_on_in_new_files_after_a_reopening(String driver) throws IOException {
        TestServer server = start(driver, """
                servers = [ {
                  listen = ["127.0.0.1:0"], client-max-body-size = 1, access-log { file = "access.log", format = "$uri" }
                  locations = [ { path = "/", error-log { file = "a.log", level = info }, return = 204 } ]
                } ]""");
        try (RawClient client = server.client()) {
            tooLarge(client, "/1");
        }
        await("a.log", 1);
        await("access.log", 1);
        Files.move(folder.resolve("a.log"), folder.resolve("a.old"));
        Files.move(folder.resolve("access.log"), folder.resolve("access.old"));
        server.logs().reopen();
        Await.until(
                "new files", () -> Files.exists(folder.resolve("a.log")) && Files.exists(folder.resolve("access.log")));
        try (RawClient client = server.client()) {
            tooLarge(client, "/2");
        }
        await("a.log", 1);
        await("access.log", 1);
        assertTrue(read("a.log").getFirst().contains("POST /2 "));
        assertEquals(List.of("/2"), read("access.log"));
        assertEquals(List.of("/1"), read("access.old"));
    }

    @OnBothDrivers
    void access_logs_are_replaced_as_a_whole_and_can_be_off(String driver) {
        TestServer server = start(driver, """
                log-format {
                  short = "$uri $status"
                  structured { escape = json, text = "{\\"uri\\":\\"$uri\\",\\"agent\\":\\"$http_user_agent\\",\\"none\\":\\"$http_x\\"}" }
                  plain { escape = none, text = "$http_user_agent|$http_x|" }
                }
                access-log { file = "http.log", format = short }
                servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [
                    { path = "/off", access-log = off, return = 204 }
                    { path = "/two", access-log = [ { file = "json.log", format = structured }, { file = "plain.log", format = plain } ], return = 204 }
                    { path = "/if", access-log { file = "if.log", format = short, if = "$arg_log" }, return = 204 }
                    { path = "/", return = 204 }
                  ]
                } ]""");
        try (RawClient client = server.client()) {
            for (String path : List.of("/off", "/two", "/if", "/if?log=0", "/if?log=yes", "/if?log=00", "/last")) {
                client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nUser-Agent: a \"b\"\\\t\u00e4\r\n\r\n");
                assertEquals(204, client.responseHead().status());
            }
        }
        await("http.log", 1);
        await("if.log", 2);
        await("json.log", 1);
        await("plain.log", 1);
        server.close();
        assertEquals(List.of("/last 204"), read("http.log"));
        assertEquals(List.of("/if 204", "/if 204"), read("if.log"));
        assertEquals(
                List.of("{\"uri\":\"/two\",\"agent\":\"a \\\"b\\\"\\\\\\t\u00e4\",\"none\":\"\"}"), read("json.log"));
        assertEquals(List.of("a \"b\"\\\t\u00e4||"), read("plain.log"));
    }

    @OnBothDrivers
    void a_request_that_finds_no_location_is_logged_where_its_server_says(String driver) {
        TestServer server = start(driver, """
                access-log { file = "http.log", format = "$uri $status" }
                servers = [ {
                  listen = ["127.0.0.1:0"], access-log { file = "server.log", format = "$uri $status" }
                  locations = [ { path = "/a", access-log = off, return = 204 } ]
                } ]""");
        try (RawClient client = server.client()) {
            client.send("GET /nobody HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals(404, client.response().status());
        }
        await("server.log", 1);
        assertEquals(List.of("/nobody 404"), read("server.log"));
        assertEquals(List.of(), read("http.log"));
    }

    @OnBothDrivers
    void a_long_value_leaves_room_for_those_behind_it(String driver) {
        TestServer server = start(driver, """
                large-client-header-buffers { number = 4, size = 16k }
                access-log { file = "http.log", format = "$uri|$status|$http_x|end" }
                servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", return = 204 } ] } ]""");
        String large = "/" + "a".repeat(15_000);
        try (RawClient client = server.client()) {
            client.send("GET /" + "b".repeat(4_000) + " HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n");
            client.responseHead();
            client.send("GET " + large + " HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n");
            client.responseHead();
        }
        await("http.log", 2);
        assertEquals("/" + "b".repeat(4_000) + "|204|y|end", read("http.log").getFirst());
        String cut = read("http.log").get(1);
        assertTrue(cut.endsWith("a|204|y|end") && cut.length() > 5_000, cut.length() + " characters");
    }

    @Test
    void formats_that_are_none_are_told_with_the_nearest() {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> TestServer.of(new HttpPlugin()).load("""
                        http.log-format { main = "$uri", combined = "$uri", bad = "$urii", other { escape = jsn, text = "" } }
                        http.access-log { file = "x", format = mian }
                        http.servers = [ { listen = "127.0.0.1:0", locations = [ { path = "/", access-log { file = "y", format = combind } } ] } ]
                        """));
        assertEquals(
                List.of(
                        "http.access-log.format: no log-format is called 'mian' (did you mean 'main'?)",
                        "http.log-format.bad.text: unknown variable \"$urii\", did you mean \"$uri\"?",
                        "http.log-format.combined: the format combined is there already",
                        "http.log-format.other.escape: 'jsn' is not one of default, json, none (did you mean 'json'?)",
                        "http.servers[0].locations[0].access-log.format: no log-format is called 'combind' (did you mean 'combined'?)"),
                refused.problems().stream().map(Problem::message).sorted().toList());
    }

    /** Refused for its length with 413, which is told at level info. */
    private static void tooLarge(RawClient client, String path) {
        client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n");
        assertEquals(413, client.response().status());
    }

    private TestServer start(String driver, String http) {
        return servers.closing(
                TestServer.of(new HttpPlugin()).driver(driver).prefix(folder).start("http {\n" + http + "\n}"));
    }

    private void await(String file, int lines) {
        Await.until(lines + " lines of " + file, () -> read(file).size() >= lines);
    }

    private List<String> read(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                    : List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.config.Configuration;
import io.sluice.core.cycle.Cycle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What -T prints is a configuration that means the same. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DumpAgainTest {

    private static final Path PREFIX = Path.of("/");

    /** Every setting with another value than its default. */
    private static final String EVERYTHING = """
            workers = 3, worker-connections = 2000, worker-memory = 100m, debug-memory = on
            events { driver = nio, results-per-turn = 7, accepts-per-turn = 3 }
            error-log = [ "logs/a.log", { file = "logs/b.log", level = debug } ]
            plugins.order = [proxy, http]
            status { file = "logs/status.json", interval = 5s }
            upstreams {
              "with.dot" {
                balance = round-robin
                keepalive { connections = 5, timeout = 3s, requests = 7, time = 9m }
                servers = [
                  { address = "10.0.0.1", weight = 3, max-conns = 4, max-fails = 2, fail-timeout = 30s }
                  { address = "unix:/run/app.sock", backup = on, down = on }
                  "[::1]:8080"
                ]
              }
              plain.servers = "127.0.0.1:1"
            }
            http {
              keepalive-timeout = 1s, keepalive-requests = 2, keepalive-time = 3s
              client-header-timeout = 4s, client-body-timeout = 5s, send-timeout = 6s, lingering-time = 7s, lingering-timeout = 8s
              client-header-buffer-size = 2k, large-client-header-buffers { number = 2, size = 4k }, max-headers = 9
              client-max-body-size = 10m, client-body-buffer-size = 11k, default-type = "text/html; charset=utf-8"
              postpone-output = 12, sendfile-max-chunk = 13k, filter-order = [], phase-order = []
              log-format { short = "$uri \\"quoted\\"", json { text = "{\\"uri\\":\\"$uri\\"}", escape = json } }
              access-log = [ { file = "x.log", format = short, if = "$uri" }, y.log ]
              error-log { file = "z.log", level = warn }
              proxy {
                connect-timeout = 14s, send-timeout = 15s, read-timeout = 16s, buffer-size = 8k, busy-buffer-size = 9k
                next-upstream = [http-500, non-idempotent], next-upstream-tries = 2, next-upstream-timeout = 17s
                set-header = [ { name = Host, value = "$proxy_host" }, { name = X, value = "\\n\u00e9" } ], bind = "127.0.0.2"
              }
              servers = [
                { listen = ["127.0.0.1:80", { address = "[::1]:81", backlog = 7, rcvbuf = 64k, reuseport = off }]
                  server-name = [a.example, b.example]
                  keepalive-timeout = 18s, access-log = off, error-log = []
                  locations = [
                    { path = "/", proxy { pass = "http://plain/x", read-timeout = 19s, set-header = null } }
                    { path = "= /r", return { status = 301, text = "http://$http_host/", type = "text/plain" }, access-log = null }
                    { path = "/s", return = 204, error-log = stderr }
                  ] }
                { listen = 8080 }
              ]
            }
            """;

    static Stream<Path> examples() throws IOException {
        Path folder = Path.of(System.getProperty("sluice.root"), "examples");
        try (Stream<Path> all = Files.walk(folder, 2)) {
            // The others need the plugin they are an example of, and are asked the same by its own test.
            return all.filter(path -> path.endsWith("reverse-proxy/sluice.conf")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_dump_of_an_example_is_dumped_as_itself(Path example) throws IOException {
        assertAgain(Files.readString(example));
    }

    @Test
    void a_configuration_with_every_setting_is_dumped_as_itself() {
        assertAgain(EVERYTHING);
    }

    @Test
    void an_empty_one_is_dumped_as_itself() {
        assertAgain("");
    }

    private static void assertAgain(String text) {
        Cycle first = load(text, "first.conf");
        String dump = withoutPlaces(first);
        Cycle second = load(dump, "second.conf");
        assertEquals(dump, withoutPlaces(second));
        assertEquals(meaning(first), meaning(second));
    }

    /** What of a cycle does not say where it comes from. */
    private static List<String> meaning(Cycle cycle) {
        return Stream.concat(
                        Stream.of(
                                cycle.settings().toString(),
                                cycle.plugins().toString(),
                                cycle.bits().map().toString()),
                        cycle.listenings().stream()
                                .map(listening ->
                                        listening.address() + " " + listening.options() + " " + listening.consumerId()))
                .toList();
    }

    private static String withoutPlaces(Cycle cycle) {
        return cycle.configuration().dump().replaceAll("(?m) # \\S+$", "");
    }

    private static Cycle load(String text, String name) {
        Assembly assembly = Assembly.found();
        return assembly.load(Configuration.parse(text, name, assembly.references()), PREFIX);
    }
}

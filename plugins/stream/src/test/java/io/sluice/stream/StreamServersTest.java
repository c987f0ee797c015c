package io.sluice.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a server does beside proxying: access, limits, return, set, variables and logs. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StreamServersTest {
    @TempDir
    Path folder;

    @RegisterExtension
    final TestServers servers = Streams.servers();

    private String logTo(String format) {
        return "access-log = { file = \"" + folder.resolve("access.log") + "\", format = \"" + format + "\" }";
    }

    private List<String> logged(int lines) throws IOException {
        Path file = folder.resolve("access.log");
        Await.until(lines + " lines of the access log", () -> {
            try {
                return Files.exists(file) && Files.readAllLines(file).size() >= lines;
            } catch (IOException unreadable) {
                return false;
            }
        });
        return Files.readAllLines(file);
    }

    @OnBothDrivers
    void a_text_with_variables_is_returned(String driver) throws Exception {
        TestServer server =
                servers.start(driver, """
                stream.servers = [ {
                  listen = ["127.0.0.1:0"]
                  set = [ { name = "$who", value = "you are $remote_addr" }, { name = again, value = "$who!" } ]
                  return = "$again $protocol $server_addr $connection\\n"
                  %s
                } ]
                """.formatted(logTo("$status $bytes_sent $bytes_received $remote_port")));
        try (RawClient client = server.client()) {
            String text = client.readToEnd();
            assertTrue(Pattern.matches("you are 127.0.0.1! TCP 127.0.0.1 \\d+\n", text), text);
            assertEquals(List.of("200 " + text.length() + " 0 " + client.localPort()), logged(1));
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void an_empty_text_only_closes(String driver) {
        TestServer server = servers.start(driver, "stream.servers = [ { listen = [\"127.0.0.1:0\"], return = \"\" } ]");
        try (RawClient client = server.client()) {
            client.awaitClosed();
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void the_first_rule_that_knows_the_client_decides(String driver) throws Exception {
        TestServer server = servers.start(driver, """
                stream {
                  access = [ { deny = all } ]
                  %s
                  servers = [
                    { listen = ["127.0.0.1:0"], return = in, access = [ { allow = "127.0.0.0/8" }, { deny = all } ] }
                    { listen = ["127.0.0.1:0"], return = in }
                    { listen = ["127.0.0.1:0"], return = in, access = [ { deny = "127.0.0.1" } ] }
                  ]
                }
                """.formatted(logTo("$status")));
        try (RawClient client = RawClient.connect(server.port(0))) {
            assertEquals("in", client.readToEnd());
        }
        for (int denied = 1; denied <= 2; denied++) {
            try (RawClient client = RawClient.connect(server.port(denied))) {
                client.awaitClosed();
            }
        }
        assertEquals(List.of("200", "403", "403"), logged(3));
        Await.until("two lines", () -> server.log().count("access forbidden by rule") == 2);
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void so_many_sessions_of_a_key_and_no_more(String driver) throws Exception {
        Origin origin = servers.closing(Origin.running(Streams.echoing()));
        TestServer server =
                servers.start(driver, """
                upstreams.backend.servers = [ "%s" ]
                stream {
                  limit-conn-zones.per-address = { key = "$remote_addr" }
                  limit-conn = [ { zone = per-address, connections = 2 } ]
                  %s
                  servers = [
                    { listen = ["127.0.0.1:0"], proxy.pass = backend }
                    { listen = ["127.0.0.1:0"], proxy.pass = backend, limit-conn-dry-run = on }
                  ]
                }
                """.formatted(origin.authority(), logTo("$status $limit_conn_status")));
        try (RawClient one = server.client();
                RawClient two = server.client()) {
            assertEquals("1", one.send("1").read(1));
            assertEquals("2", two.send("2").read(1));
            try (RawClient third = server.client()) {
                third.awaitClosed();
            }
            assertEquals(List.of("503 REJECTED"), logged(1));
            try (RawClient dry = RawClient.connect(server.port(1))) {
                assertEquals("d", dry.send("d").read(1));
            }
            assertEquals(List.of("503 REJECTED", "200 REJECTED_DRY_RUN"), logged(2));
        }
        server.awaitOpen(0);
        // Those that are gone are not counted any more.
        try (RawClient one = server.client()) {
            assertEquals("1", one.send("1").read(1));
        }
        server.awaitOpen(0);
        assertEquals("200 PASSED", logged(5).getLast());
        Await.until("the lines", () -> server.log().count("limiting connections") == 2);
    }

    @OnBothDrivers
    void a_zone_has_room_for_so_many_keys(String driver) {
        Origin origin = servers.closing(Origin.running(Streams.echoing()));
        TestServer server = servers.start(driver, """
                upstreams.backend.servers = [ "%s" ]
                stream {
                  limit-conn-zones.per-port = { key = "$remote_port", keys = 1 }
                  limit-conn = [ { zone = per-port, connections = 2 } ]
                  servers = [ { listen = ["127.0.0.1:0"], proxy.pass = backend } ]
                }
                """.formatted(origin.authority()));
        try (RawClient one = server.client()) {
            assertEquals("1", one.send("1").read(1));
            try (RawClient two = server.client()) {
                two.awaitClosed();
            }
        }
        server.awaitOpen(0);
        try (RawClient one = server.client()) {
            assertEquals("1", one.send("1").read(1));
        }
    }

    @OnBothDrivers
    void the_basic_format_is_there(String driver) throws Exception {
        Origin origin = servers.closing(Origin.running(Streams.echoing()));
        TestServer server = servers.start(
                driver, Streams.with("stream.access-log = \"" + folder.resolve("access.log") + "\"", origin));
        try (RawClient client = server.client()) {
            assertEquals("hello", client.send("hello").read(5));
        }
        String line = logged(1).getFirst();
        assertTrue(Pattern.matches("127\\.0\\.0\\.1 \\[\\d\\d/.*\\] TCP 200 5 5 \\d\\.\\d{3}", line), line);
    }

    @OnBothDrivers
    void times_and_bytes_of_the_peer_are_variables(String driver) throws Exception {
        Origin origin = servers.closing(Origin.running(Streams.greeting("hi")));
        TestServer server = servers.start(
                driver,
                Streams.with(
                        "stream."
                                + logTo("$upstream_addr $upstream_bytes_sent $upstream_bytes_received "
                                        + "$upstream_connect_time $upstream_first_byte_time $upstream_session_time"),
                        origin));
        try (RawClient client = server.client()) {
            assertEquals("hihello", client.send("hello").read(7));
        }
        String line = logged(1).getFirst();
        assertTrue(Pattern.matches("127\\.0\\.0\\.1:\\d+ 5 7( \\d\\.\\d{3}){3}", line), line);
    }

    @OnBothDrivers
    void the_machine_and_the_process_have_names(String driver) throws Exception {
        TestServer server = servers.start(
                driver,
                "stream.servers = [ { listen = [\"127.0.0.1:0\"], return = \"$hostname $pid $sluice_version\" } ]");
        String host =
                Files.readString(Path.of("/proc/sys/kernel/hostname")).strip().toLowerCase(Locale.ROOT);
        String version =
                StreamPlugin.class.getModule().getDescriptor().rawVersion().orElse("");
        try (RawClient client = server.client()) {
            assertEquals(host + " " + ProcessHandle.current().pid() + " " + version, client.readToEnd());
        }
    }

    @OnBothDrivers
    void connections_to_peers_come_from_where_the_server_says(String driver) throws Exception {
        Origin origin = servers.closing(Origin.running(Streams.greeting("hi")));
        TestServer server = servers.start(driver, """
                upstreams.backend.servers = [ "%s" ]
                stream.servers = [
                  { listen = ["127.0.0.1:0"], proxy { pass = backend, bind = "127.0.0.2", socket-keepalive = on } }
                  { listen = ["127.0.0.1:0"], set = [ { name = from, value = "127.0.0.3" } ], proxy { pass = backend, bind = "$from" } }
                ]
                """.formatted(origin.authority()));
        for (int i = 0; i < 2; i++) {
            try (RawClient client = RawClient.connect(server.port(i))) {
                assertEquals("hi", client.read(2));
            }
            String from = origin.connection(i).peer().toString();
            assertTrue(from.startsWith("/127.0.0." + (i + 2) + ":"), from);
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void sessions_with_one_key_go_to_one_peer(String driver) throws Exception {
        Origin one = servers.closing(Origin.running(Streams.greeting("1")));
        Origin two = servers.closing(Origin.running(Streams.greeting("2")));
        TestServer server = servers.start(driver, """
                upstreams.backend {
                  servers = [ "%s", "%s" ]
                  balance { method = hash, key = "$remote_addr" }
                }
                stream.servers = [ { listen = ["127.0.0.1:0"], proxy.pass = backend } ]
                """.formatted(one.authority(), two.authority()));
        for (int i = 0; i < 8; i++) {
            try (RawClient client = server.client()) {
                client.read(1);
            }
        }
        assertEquals(8, Math.max(one.accepted(), two.accepted()));
        assertEquals(0, Math.min(one.accepted(), two.accepted()));
    }
}

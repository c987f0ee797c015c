package io.sluice.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.http.HttpPlugin;
import io.sluice.testkit.client.DatagramClient;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are given to another listening of the same server (10.7 of nginx's behaviour). */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PassTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private static final String HTTP = """
            http { access-log = off, servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", return { status = 200, text = "$server_addr:$server_port $connection_requests" } } ]
            } ] }
            """;

    @TempDir
    Path folder;

    /** Where {@code $to} leads, asked for each session. */
    private volatile Function<StreamSession, String> to = session -> "";

    /** Bytes that are waited for before the session goes on. */
    private volatile int wanted;

    private final List<String> told = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final TestServers servers = Streams.servers(new HttpPlugin(), new Probe());

    /** A plugin that looks at the first bytes, says where to go, and notes which sessions end. */
    private final class Probe implements Plugin {
        @Override
        public String id() {
            return "probe";
        }

        @Override
        public void configure(PluginBinder binder) {
            StreamBinder.of(binder)
                    .phase(StreamPhase.PREREAD, "probe", worker -> session -> preread(session))
                    .phase(StreamPhase.LOG, "probe", worker -> session -> {
                        told.add("log " + session.status());
                        return StreamOutcome.DECLINED;
                    })
                    .variable("to", (session, out) -> {
                        out.putAscii(to.apply(session));
                        return true;
                    });
        }

        private StreamOutcome preread(StreamSession session) {
            Buf read = session.preread();
            boolean enough = wanted == 0 || (read != null && read.size() >= wanted);
            return enough ? StreamOutcome.DECLINED : StreamOutcome.MORE;
        }
    }

    private static String passing(String more) {
        return "stream.servers = [ { listen = [\"127.0.0.1:0\"], pass = \"$to\" }, " + more + " ]\n";
    }

    /** A client of the server that passes; http's listenings may come before it. */
    private static RawClient client(TestServer server) {
        return RawClient.connect(server.server().addresses("stream").getFirst().port());
    }

    /** Where a consumer listens. */
    private static String at(TestServer server, String consumer, int index) {
        return server.server().addresses(consumer).get(index).toString();
    }

    @OnBothDrivers
    void what_was_preread_decides_and_goes_along(String driver) {
        wanted = 4;
        TestServer server = servers.start(driver, passing("{ listen = [\"127.0.0.1:0\"], return = other }") + HTTP);
        to = session -> at(server, "http", 0);
        for (int piece : new int[] {1, 3, GET.length()}) {
            try (RawClient client = client(server)) {
                client.sendInPieces(GET, piece);
                assertEquals(at(server, "http", 0) + " 1", client.response().text());
                // It is http's now, with all that http does.
                assertEquals(
                        at(server, "http", 0) + " 2",
                        client.send(GET).response().text());
                assertEquals(1, server.openConnections());
                assertEquals(0, server.counters().requests());
            }
            server.awaitOpen(0);
        }
        assertEquals(List.of(), told, "as in nginx the session that passes a client has no log phase");
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_client_that_says_nothing_waits_where_it_was_passed_to(String driver) {
        TestServer server = servers.startWithHandClock(
                driver,
                passing("{ listen = [\"127.0.0.1:0\"], return = other }") + HTTP + "http.client-header-timeout = 5s");
        to = session -> at(server, "http", 0);
        try (RawClient client = client(server)) {
            server.awaitOpen(1);
            assertEquals(
                    at(server, "http", 0) + " 1", client.send(GET).response().text());
        }
        server.awaitOpen(0);
        try (RawClient client = client(server)) {
            server.awaitOpen(1);
            server.advance(Duration.ofSeconds(6));
            client.awaitClosed();
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void the_rest_of_its_life_is_http_s_also_when_the_server_stops(String driver) {
        TestServer server = servers.start(driver, passing("{ listen = [\"127.0.0.1:0\"], return = other }") + HTTP);
        to = session -> at(server, "http", 0);
        try (RawClient client = client(server)) {
            client.send(GET).response();
            server.server().quit();
            // An idle connection of http is closed; a session of stream would be waited for.
            client.awaitClosed();
        }
    }

    @OnBothDrivers
    void a_constant_address_may_be_a_unix_socket(String driver) {
        Path socket = folder.resolve("s");
        TestServer server = servers.start(driver, """
                stream.servers = [
                  { listen = ["127.0.0.1:0"], pass = "unix:%1$s" }
                  { listen = ["unix:%1$s"], return = "$server_addr $remote_addr $protocol" }
                ]
                """.formatted(socket));
        try (RawClient client = client(server)) {
            assertEquals("unix:" + socket + " 127.0.0.1 TCP", client.readToEnd());
        }
        assertEquals(List.of("log 200"), told);
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void the_port_alone_is_the_port_of_every_address(String driver) {
        TestServer server =
                servers.start(driver, passing("{ listen = [\"*:0\"], return = \"$server_addr:$server_port\" }"));
        to = session -> String.valueOf(server.port(1));
        try (RawClient client = client(server)) {
            assertEquals("127.0.0.1:" + server.port(1), client.readToEnd());
        }
        to = session -> "127.0.0.7:" + server.port(1);
        try (RawClient client = client(server)) {
            assertEquals("127.0.0.7:" + server.port(1), client.readToEnd());
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void ten_times_and_not_eleven(String driver) {
        TestServer server = servers.start(driver, passing("{ listen = [\"127.0.0.1:0\"], return = \"at last\" }"));
        to = session -> at(server, "stream", session.connection().passes() < 9 ? 0 : 1);
        try (RawClient client = client(server)) {
            assertEquals("at last", client.readToEnd());
        }
        assertEquals(List.of("log 200"), told);
        told.clear();
        to = session -> at(server, "stream", session.connection().passes() < 10 ? 0 : 1);
        try (RawClient client = client(server)) {
            client.awaitClosed();
        }
        server.awaitOpen(0);
        assertEquals(List.of("log 500"), told, "told once, for the session that it ends in");
        Await.until("the line", () -> server.log().has("in a circle"));
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void the_bytes_survive_ten_servers_that_read_them(String driver) {
        wanted = 5;
        TestServer server = servers.start(driver, passing("{ listen = [\"127.0.0.1:0\"], return = other }") + HTTP);
        to = session -> session.connection().passes() < 9 ? at(server, "stream", 0) : at(server, "http", 0);
        try (RawClient client = client(server)) {
            assertEquals(
                    at(server, "http", 0) + " 1", client.send(GET).response().text());
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void what_stands_before_the_other_consumer_stands_before_a_passed_one_too(String driver) {
        TestServer server = servers.start(driver, passing("""
                { listen = [ { address = "127.0.0.1:0", proxy-protocol = on } ], return = "$proxy_protocol_addr $remote_addr" }
                """));
        to = session -> at(server, "stream", 1);
        for (int piece : new int[] {1, 100}) {
            try (RawClient client = client(server)) {
                client.sendInPieces("PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\r\n", piece);
                assertEquals("192.0.2.1 127.0.0.1", client.readToEnd());
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void its_place_in_a_limit_is_its_own_until_it_leaves(String driver) {
        TestServer server = servers.start(driver, """
                stream {
                  limit-conn-zones.all = { key = "$server_addr" }
                  servers = [ { listen = ["127.0.0.1:0"], pass = "$to", limit-conn = [ { zone = all, connections = 1 } ] } ]
                }
                """ + HTTP);
        to = session -> at(server, "http", 0);
        for (int i = 0; i < 2; i++) {
            told.clear();
            try (RawClient client = client(server)) {
                assertEquals(200, client.send(GET).response().status());
                try (RawClient second = client(server)) {
                    second.awaitClosed();
                }
                assertEquals(List.of("log 503"), told);
            }
            server.awaitOpen(0);
        }
    }

    @OnBothDrivers
    void where_nobody_listens_is_an_end_and_what_is_no_address_an_error(String driver) {
        TestServer server = servers.start(driver, passing("{ listen = [\"127.0.0.1:0\"], return = other }"));
        for (String wrong : List.of("127.0.0.1:1", "unix:/nowhere", "[::1]:" + server.port(1))) {
            to = session -> wrong;
            try (RawClient client = client(server)) {
                client.awaitClosed();
            }
            Await.until("the line", () -> server.log().has("nobody listens on " + wrong));
        }
        for (String wrong :
                List.of("localhost:80", "127.0.0.1", "127.1:80", "", "1:2:3", "x", "99999", "[::1", "unix:")) {
            to = session -> wrong;
            try (RawClient client = client(server)) {
                client.awaitClosed();
            }
        }
        server.awaitOpen(0);
        assertEquals(List.of("log 200", "log 200", "log 200"), told.subList(0, 3));
        assertTrue(told.subList(3, 12).stream().allMatch("log 500"::equals), told.toString());
        assertEquals(12, told.size());
        assertEquals(0, server.counters().failures());
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void datagrams_cannot_be_passed(String driver) {
        TestServer server = servers.start(driver, """
                stream.servers = [
                  { listen = [ { address = "127.0.0.1:0", udp = on } ], pass = "$to" }
                  { listen = ["127.0.0.1:0"], return = other }
                ]
                """);
        to = session -> at(server, "stream", 1);
        try (DatagramClient client = DatagramClient.to(server.port())) {
            client.send("hello");
            Await.until("it has ended", () -> told.equals(List.of("log 500")));
        }
        assertEquals(0, server.counters().failures());
        server.awaitOpen(0);
        server.assertNothingHeld();
    }
}

package io.sluice.proxyprotocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.core.connection.Proxied;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are passed on, on real sockets: the peer learns who the client is, and no other client comes on that connection. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PassedOnTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @RegisterExtension
    final TestServers servers = new TestServers(plugins());

    /** What the origin was told, a header for each connection. */
    private final List<Parsed.Whole> told = new CopyOnWriteArrayList<>();

    /** By name: a test is in the module that it tests, which knows nothing of HTTP. */
    private static Plugin[] plugins() {
        List<String> wanted = List.of("http", "proxy", "upstreams", "balance.round-robin", "proxy-protocol");
        return Plugins.in(PassedOnTest.class.getClassLoader()).stream()
                .filter(found -> wanted.contains(found.id()))
                .toArray(Plugin[]::new);
    }

    /** Reads a header of either version, then answers requests for as long as they come. */
    private Script origin(String version) {
        return session -> {
            byte[] header = version.equals("v1")
                    ? session.readUntil("\r\n").getBytes(StandardCharsets.ISO_8859_1)
                    : session.readBody(28);
            told.add(assertInstanceOf(Parsed.Whole.class, Header.parse(header, header.length)));
            while (session.nextRequest() != null) {
                session.send(ANSWER);
            }
        };
    }

    private static String conf(Origin origin, String listen, String version) {
        return """
                upstreams.backend { servers = ["%s"], keepalive.connections = 8 }
                http.servers = [ {
                  listen = [{ address = "127.0.0.1:0"%s }]
                  locations = [ { path = "/", proxy { pass = "http://backend", proxy-protocol = %s } } ]
                } ]
                """.formatted(origin.authority(), listen, version);
    }

    @ParameterizedTest
    @CsvSource({"epoll, v1", "epoll, v2", "nio, v1", "nio, v2"})
    void a_peer_is_told_of_each_client_and_no_connection_serves_two(String driver, String version) {
        try (Origin origin = Origin.running(origin(version), origin(version), origin(version), origin(version))) {
            TestServer server = servers.start(driver, conf(origin, "", version));
            for (int i = 0; i < 2; i++) {
                try (RawClient client = server.client()) {
                    assertEquals("ok", client.send(GET).response().text());
                    Proxied proxied = Objects.requireNonNull(told.getLast().proxied());
                    assertEquals(
                            "127.0.0.1:" + client.localPort(), proxied.source().toString());
                    assertEquals(
                            "127.0.0.1:" + server.port(), proxied.destination().toString());
                }
            }
            assertEquals(2, origin.accepted(), "one for each client");
            server.awaitOpen(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void what_came_from_a_proxy_is_not_passed_on_as_the_client_s_own(String driver) {
        try (Origin origin = Origin.running(origin("v1"), origin("v1"))) {
            TestServer server = servers.start(driver, conf(origin, ", proxy-protocol = on", "v1"));
            try (RawClient client = server.client()) {
                client.send("PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\r\n" + GET);
                assertEquals("ok", client.response().text());
                Proxied proxied = Objects.requireNonNull(told.getLast().proxied());
                // As in nginx: the address of the connection, until realip makes another the client's.
                assertEquals("127.0.0.1:" + client.localPort(), proxied.source().toString());
            }
            server.awaitOpen(0);
        }
    }

    @Test
    void the_key_may_be_said_for_all_locations_where_none_is_proxied() {
        String conf = """
                http {
                  proxy.%s
                  servers = [ {
                    listen = ["127.0.0.1:1000"], proxy.proxy-protocol = v2, locations = [ { path = "/", return = 204 } ]
                  } ]
                }
                """;
        assertEquals(
                1,
                TestServer.of(plugins())
                        .load(conf.formatted("proxy-protocol = v1"))
                        .listenings()
                        .size());
        ConfigurationException wrongValue = assertThrows(
                ConfigurationException.class,
                () -> TestServer.of(plugins()).load(conf.formatted("proxy-protocol = v3")));
        assertEquals("test.conf:2: http.proxy.proxy-protocol: 'v3' is not one of off, v1, v2", wrongValue.getMessage());
        ConfigurationException wrongName = assertThrows(
                ConfigurationException.class,
                () -> TestServer.of(plugins()).load(conf.formatted("proxy-protocl = v1")));
        assertEquals(
                "test.conf:2: unknown setting 'proxy-protocl' in http.proxy (did you mean 'proxy-protocol'?)",
                wrongName.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void without_the_key_idle_connections_serve_whoever_comes(String driver) {
        try (Origin origin = Origin.answering(ANSWER, ANSWER)) {
            TestServer server = servers.start(driver, conf(origin, "", "off"));
            for (int i = 0; i < 2; i++) {
                try (RawClient client = server.client()) {
                    assertEquals("ok", client.send(GET).response().text());
                }
            }
            assertEquals(1, origin.accepted());
            assertTrue(told.isEmpty());
            assertNull(server.server().fatal());
        }
    }
}

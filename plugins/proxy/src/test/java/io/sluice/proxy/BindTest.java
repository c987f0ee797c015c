package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From where connections to peers come, and what the system is told of their sockets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BindTest {
    @RegisterExtension
    final TestServers servers = Proxies.servers();

    private static String from(Origin origin, int connection) {
        return ((InetSocketAddress) origin.connection(connection).peer())
                .getAddress()
                .getHostAddress();
    }

    private static int port(Origin origin, int connection) {
        return ((InetSocketAddress) origin.connection(connection).peer()).getPort();
    }

    @OnBothDrivers
    void the_address_may_depend_on_the_request_and_no_idle_connection_of_another_is_used(String driver) {
        Origin origin = servers.closing(Origin.answering(Proxies.ok("ok")));
        TestServer server = servers.start(driver, Proxies.with("http.proxy.bind = \"$arg_from\"", origin));
        try (RawClient client = server.client()) {
            for (String from : List.of("127.0.0.2", "127.0.0.3", "127.0.0.2", "127.0.0.3", "")) {
                assertEquals(
                        "ok",
                        client.send(Proxies.get("/?from=" + from)).response().text());
            }
            assertEquals(3, origin.accepted());
            assertEquals("127.0.0.2", from(origin, 0));
            assertEquals("127.0.0.3", from(origin, 1));
            assertEquals("127.0.0.1", from(origin, 2));
        }
    }

    @OnBothDrivers
    void what_is_no_address_is_told_and_the_system_chooses(String driver) {
        Origin origin = servers.closing(Origin.answering(Proxies.ok("ok")));
        TestServer server = servers.start(driver, Proxies.with("http.proxy.bind = \"$arg_from\"", origin));
        try (RawClient client = server.client()) {
            for (String from : List.of("localhost", "1.2.3", "::1::2", "127.0.0.1:x", "127.0.0.1:70000", "-")) {
                assertEquals(
                        200,
                        client.send(Proxies.get("/?from=" + from)).response().status(),
                        from);
            }
            assertEquals("127.0.0.1", from(origin, 0));
            Await.until(
                    "the log tells it",
                    () -> server.log().lines().stream()
                            .anyMatch(line ->
                                    line.contains("[error]") && line.contains("\"1.2.3\" is no address to come from")));
        }
    }

    @OnBothDrivers
    void the_port_is_one_of_the_range(String driver) {
        Origin origin = servers.closing(
                Origin.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"));
        TestServer server = servers.start(
                driver, Proxies.with("http.proxy.bind { address = 127.0.0.2, ports = \"21000-21999\" }", origin));
        try (RawClient client = server.client()) {
            for (int i = 0; i < 5; i++) {
                assertEquals("ok", client.send(Proxies.get("/")).response().text());
                assertEquals("127.0.0.2", from(origin, i));
                assertTrue(port(origin, i) >= 21_000 && port(origin, i) <= 21_999, "port " + port(origin, i));
            }
        }
    }

    @OnBothDrivers
    void probes_and_buffers_are_no_hindrance_and_null_takes_an_address_back(String driver) {
        Origin origin = servers.closing(Origin.answering(Proxies.ok("ok")));
        TestServer server = servers.start(driver, """
                upstreams.backend.servers = "%s"
                http.proxy { bind = 127.0.0.2, socket-keepalive = on, socket-rcvbuf = 16k, socket-sndbuf = 16k }
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [
                    { path = "/", proxy.pass = "http://backend" }
                    { path = "/any", proxy { pass = "http://backend", bind = null } }
                  ]
                } ]
                """.formatted(origin.authority()));
        try (RawClient client = server.client()) {
            assertEquals("ok", client.send(Proxies.get("/")).response().text());
            assertEquals("ok", client.send(Proxies.get("/any")).response().text());
            assertEquals("127.0.0.2", from(origin, 0));
            assertEquals("127.0.0.1", from(origin, 1));
        }
    }

    @Test
    void what_is_wrong_is_told_with_its_line() {
        for (List<String> row : List.of(
                List.of("bind = localhost", "\"localhost\" is no address to come from"),
                List.of("bind = \"$nothing\"", "nothing"),
                List.of("bind { ports = \"9-1\" }", "ports must be a range as 20000-29999"),
                List.of("bind { ports = \"0-9\" }", "ports must be a range as 20000-29999"),
                List.of("bind { ports = \"1-70000\" }", "ports must be a range as 20000-29999"),
                List.of("bind { transparent = on }", "transparent needs an address"),
                List.of("bind { address = \"127.0.0.1:80\", ports = \"1-2\" }", "has a port beside a range"))) {
            ConfigurationException refused = assertThrows(
                    ConfigurationException.class, () -> Proxies.builder().load("""
                            http.servers = [ {
                              listen = ["127.0.0.1:0"]
                              locations = [ { path = "/", proxy { pass = "http://127.0.0.1:9", %s } } ]
                            } ]
                            """.formatted(row.get(0))));
            assertEquals(1, refused.problems().size(), refused.getMessage());
            String problem = refused.problems().getFirst().toString();
            assertTrue(problem.contains(row.get(1)) && problem.contains(":3:"), problem);
        }
    }
}

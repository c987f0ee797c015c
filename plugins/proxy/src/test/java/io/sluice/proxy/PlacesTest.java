package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From where to where: unix sockets and a local address. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlacesTest {
    @TempDir
    private Path folder;

    @RegisterExtension
    final TestServers servers = Proxies.servers();

    @OnBothDrivers
    void a_peer_on_a_unix_socket(String driver) {
        Origin origin = servers.closing(Origin.with().at(folder.resolve("peer")).running(Script.mirroring()));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client = server.client()) {
            for (int i = 0; i < 3; i++) {
                assertTrue(client.send(Proxies.get("/" + i)).response().text().startsWith("GET /" + i + " "));
            }
            assertEquals(1, origin.accepted());
        }
        server.awaitOpen(1);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_peer_on_a_unix_socket_that_is_not_there(String driver) {
        TestServer server = servers.start(driver, """
                upstreams.backend.servers = [ "unix:%s" ]
                http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", proxy.pass = "http://backend" } ] } ]
                """.formatted(folder.resolve("nobody")));
        try (RawClient client = server.client()) {
            assertEquals(502, client.send(Proxies.get("/")).response().status());
            server.awaitOpen(1);
        }
    }

    @OnBothDrivers
    void clients_on_a_unix_socket(String driver) {
        Origin origin = servers.closing(Origin.answering(Proxies.ok("hello")));
        TestServer server = servers.start(driver, """
                upstreams.backend.servers = [ "%s" ]
                http.servers = [ { listen = ["unix:%s"], locations = [ { path = "/", proxy.pass = "http://backend" } ] } ]
                """.formatted(origin.authority(), folder.resolve("clients")));
        try (RawClient client = RawClient.connect(server.address(0))) {
            for (int i = 0; i < 3; i++) {
                assertEquals("hello", client.send(Proxies.get("/")).response().text());
            }
        }
        server.awaitOpen(1);
        server.assertNothingHeld();
        server.close();
        assertEquals(
                0,
                server.log().count("[alert]"),
                () -> String.join("\n", server.log().lines()));
    }

    @OnBothDrivers
    void a_local_address_for_connections_to_peers(String driver) {
        Origin origin = servers.closing(Origin.answering(Proxies.ok("hello")));
        TestServer server = servers.start(driver, Proxies.with("http.proxy.bind = 127.0.0.2", origin));
        try (RawClient client = server.client()) {
            assertEquals("hello", client.send(Proxies.get("/")).response().text());
            InetSocketAddress peer = (InetSocketAddress) origin.connection(0).peer();
            assertEquals("127.0.0.2", peer.getAddress().getHostAddress());
        }
    }

    @OnBothDrivers
    void a_local_address_that_is_not_ours_is_no_fault_of_the_peers(String driver) {
        Origin origin = servers.closing(Origin.answering(Proxies.ok("hello")));
        Origin other = servers.closing(Origin.answering(Proxies.ok("hello")));
        TestServer server = servers.start(driver, Proxies.with("http.proxy.bind = 192.0.2.1", origin, other));
        try (RawClient client = server.client()) {
            assertEquals(500, client.send(Proxies.get("/")).response().status());
            assertEquals(0, server.log().count("left alone"));
        }
    }
}

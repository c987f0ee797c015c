package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that listen on one address share its options, and all addresses of a port share one socket with each of them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SharedAddressTest {
    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin());

    @OnBothDrivers
    void where_all_addresses_are_listened_on_the_connections_own_tells_the_servers_apart(String driver) {
        // Servers that share an address have to name its port.
        int port = FreePort.find();
        TestServer server = servers.start(driver, """
                http.servers = [
                  { listen = ["127.0.0.2:%1$d"], locations = [ { path = "/", return { status = 200, text = "second" } } ] }
                  { listen = ["*:%1$d"], locations = [ { path = "/", return { status = 200, text = "all" } } ] }
                  { listen = ["127.0.0.2:%1$d"], server-name = [b]
                    locations = [ { path = "/", return { status = 200, text = "b" } } ] }
                ]
                """.formatted(port));
        assertEquals(1, server.server().addresses().size());
        assertEquals("all", ask(port, "127.0.0.1", "a"));
        assertEquals("all", ask(port, "127.0.0.1", "b"));
        assertEquals("second", ask(port, "127.0.0.2", "a"));
        assertEquals("b", ask(port, "127.0.0.2", "b"));
        assertEquals("all", ask(port, "127.0.0.3", "a"));
    }

    @Test
    void options_may_stand_at_one_of_them_or_be_the_same() {
        load("""
                http.servers = [
                  { listen = ["127.0.0.1:8080"] }
                  { listen = [ { address = "127.0.0.1:8080", backlog = 7 } ] }
                  { listen = ["127.0.0.1:8080"] }
                  { listen = [ { address = "127.0.0.1:8080", backlog = 7 } ] }
                ]
                """);
    }

    @Test
    void other_options_are_a_problem_that_names_both_lines() {
        String message = refused("""
                http.servers = [
                  { listen = [ { address = "127.0.0.1:8080", backlog = 7 } ] }
                  { listen = ["127.0.0.1:8080"] }
                  { listen = [ { address = "127.0.0.1:8080", rcvbuf = 8k } ] }
                ]
                """);
        assertTrue(message.contains("test.conf:4: http.servers[2].listen: "), message);
        assertTrue(message.contains("(test.conf:2: http.servers[0].listen[0])"), message);
        assertTrue(message.contains("127.0.0.1:8080 is listened on with other options"), message);
    }

    @Test
    void an_address_is_listened_on_once_by_a_server() {
        String message = refused("""
                http.servers = [
                  { listen = ["127.0.0.1:8081"] }
                  { listen = ["127.0.0.1:8080", "127.0.0.1:8080"] }
                ]
                """);
        assertTrue(message.contains("test.conf:3: http.servers[1].listen: 127.0.0.1:8080 is there twice"), message);
    }

    @Test
    void a_name_belongs_to_one_server_of_an_address() {
        load("""
                http.servers = [
                  { listen = ["127.0.0.1:8080"], server-name = [a, b, a] }
                  { listen = ["127.0.0.1:8081"], server-name = [a] }
                ]
                """);
        String message = refused("""
                http.servers = [
                  { listen = ["127.0.0.1:8080"], server-name = [a, b] }
                  { listen = ["127.0.0.1:8080"], server-name = [c, B] }
                ]
                """);
        assertTrue(
                message.contains("test.conf:3: http.servers[1].server-name: another server has the name 'b'"), message);
    }

    @Test
    void a_server_says_where_it_listens() {
        String message = refused("http.servers = [\n { locations = [ { return = 204 } ] }\n ]");
        assertTrue(message.contains("test.conf:2: http.servers[0].listen: is missing"), message);
        assertTrue(message.contains("locations[0].path: is missing"), message);
        assertFalse(message.contains("must begin with"), message);
    }

    @Test
    void other_options_than_those_of_all_addresses_are_a_problem_that_names_both_lines() {
        String message = refused("""
                http.servers = [
                  { listen = [ { address = "127.0.0.1:8080", backlog = 7 } ] }
                  { listen = [ { address = "*:8080", backlog = 8 } ] }
                ]
                """);
        assertTrue(message.contains("test.conf:2: ") && message.contains("test.conf:3: "), message);
        assertTrue(message.contains("all addresses of the port of 127.0.0.1:8080"), message);
    }

    @Test
    void names_in_an_order_that_nothing_has_are_problems() {
        String message = refused("http.filter-order = [postpne, copy]\nhttp.phase-order = [nobody]\n");
        assertTrue(message.contains("test.conf:1: ") && message.contains("test.conf:2: "), message);
        assertTrue(message.contains("no filter is called 'postpne'") && message.contains("postpone"), message);
        assertTrue(message.contains("no handler of a phase is called 'nobody'"), message);
    }

    private static void load(String configuration) {
        TestServer.of(new HttpPlugin()).load(configuration);
    }

    private static String refused(String configuration) {
        return String.valueOf(assertThrows(ConfigurationException.class, () -> load(configuration))
                .getMessage());
    }

    private static String ask(int port, String address, String host) {
        try (RawClient client = RawClient.connect(new InetSocketAddress(address, port))) {
            return client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                    .response()
                    .text();
        }
    }
}

package io.sluice.proxyprotocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP behind a proxy, on real sockets: its requests stand behind the header, its variables know what that says. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProxiedHttpTest {
    private static final String LINE = "PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\r\n";
    private static final String TOLD = "192.0.2.1 4660 198.51.100.2 443 127.0.0.1";
    private static final String CONF = """
            http.servers = [ {
              listen = [{ address = "127.0.0.1:0", proxy-protocol = on }]
              locations = [
                { path = "/", return { status = 200, type = text/plain, text = "$proxy_protocol_addr $proxy_protocol_port \
            $proxy_protocol_server_addr $proxy_protocol_server_port $remote_addr" } }
                { path = "/tlv", return { status = 200, type = text/plain, text = "$proxy_protocol_tlv_alpn,$proxy_protocol_tlv_authority,\
            $proxy_protocol_tlv_0xea,$proxy_protocol_tlv_ssl_version,$proxy_protocol_tlv_ssl_cn,$proxy_protocol_tlv_ssl_verify,\
            $proxy_protocol_tlv_netns,$proxy_protocol_tlv_nonsense" } }
              ]
            } ]
            """;
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @RegisterExtension
    final TestServers servers = new TestServers(plugins());

    /** By name: a test is in the module that it tests, which knows nothing of HTTP. */
    private static Plugin[] plugins() {
        return Plugins.in(ProxiedHttpTest.class.getClassLoader()).stream()
                .filter(found -> found.id().equals("http") || found.id().equals("proxy-protocol"))
                .toArray(Plugin[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void requests_behind_the_header_are_answered_and_know_the_client(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            assertEquals(TOLD, client.send(LINE + GET).response().text());
            assertEquals(TOLD, client.send(GET).response().text(), "a second request has no header of its own");
        }
        try (RawClient client = server.client()) {
            assertEquals(TOLD, client.send(LINE + GET + GET).response().text());
            assertEquals(TOLD, client.response().text(), "one that was there at once");
        }
        server.awaitOpen(0);
    }

    @ParameterizedTest
    @CsvSource({"epoll, 1", "epoll, 7", "nio, 1", "nio, 7"})
    void in_pieces_it_is_the_same(String driver, int bytes) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            assertEquals(TOLD, client.sendInPieces(LINE + GET, bytes).response().text());
        }
        String binary = BinaryBytes.text(BinaryBytes.inet().tlv(4, "padding").makeWithChecksum());
        try (RawClient client = server.client()) {
            assertEquals(
                    TOLD, client.sendInPieces(binary + GET, bytes).response().text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void tlvs_are_variables(String driver) {
        byte[] header = BinaryBytes.inet()
                .tlv(0x01, "h2")
                .tlv(0x02, "example.com")
                .tlv(0xea, "vpce-1")
                .tlv(0x20, "\7\0\0\1\2\41\0\7TLSv1.3\42\0\2me")
                .makeWithChecksum();
        try (RawClient client = servers.start(driver, CONF).client()) {
            client.send(header).send(GET.replace("/ ", "/tlv "));
            assertEquals(
                    "h2,example.com,vpce-1,TLSv1.3,me,258,,", client.response().text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void a_proxy_that_speaks_for_itself_has_no_addresses(String driver) {
        TestServer server = servers.start(driver, CONF);
        for (String header : new String[] {"PROXY UNKNOWN\r\n", BinaryBytes.text(new BinaryBytes(0x20, 0).make())}) {
            try (RawClient client = server.client()) {
                assertEquals(
                        "    127.0.0.1", client.send(header + GET).response().text());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void a_client_without_a_header_is_closed_without_an_answer(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(GET).awaitEnding();
        }
        try (RawClient client = server.client()) {
            assertEquals(TOLD, client.send(LINE + GET).response().text(), "the next one is read right");
        }
        server.awaitOpen(0);
        server.close();
        assertEquals(1, server.log().count("broken PROXY protocol header: there is none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void ten_bad_headers_leave_nothing(String driver) {
        TestServer server = servers.start(driver, CONF);
        byte[] huge = Arrays.copyOf(BinaryBytes.inet().make(65_535), 4096);
        for (int i = 0; i < 10; i++) {
            try (RawClient client = server.client()) {
                client.send(
                                i % 2 == 0
                                        ? huge
                                        : "PROXY UNKNOWN "
                                                .concat("x".repeat(1000))
                                                .getBytes())
                        .awaitEnding();
            }
        }
        server.awaitOpen(0);
        assertEquals(0, server.counters().bufferBytes());
        assertEquals(0, server.counters().failures());
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void who_never_ends_the_header_is_closed_after_thirty_seconds(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client()) {
            client.send("PROXY TCP4 1.2");
            server.awaitOpen(1);
            server.advance(Duration.ofMillis(29_999));
            server.turn();
            assertTrue(client.isSilent());
            server.advance(Duration.ofMillis(1));
            client.awaitEnding();
        }
        server.awaitOpen(0);
    }

    @Test
    void servers_that_share_an_address_have_one_way_to_it() {
        String two = """
                http.servers = [
                  { listen = [{ address = "127.0.0.1:9999"%s }], locations = [] }
                  { listen = [{ address = "127.0.0.1:9999"%s }], locations = [] }
                ]
                """;
        TestServer.Builder builder = TestServer.of(plugins());
        String on = ", proxy-protocol = on";
        assertEquals(
                "proxy-protocol",
                builder.load(two.formatted(on, on)).listenings().getFirst().claimant());
        assertEquals(
                "proxy-protocol",
                builder.load(two.formatted("", on)).listenings().getFirst().claimant());
        assertEquals(
                "http",
                builder.load(two.formatted("", "")).listenings().getFirst().claimant());
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> builder.load(two.formatted(on, ", proxy-protocol { timeout = 5s }")));
        assertTrue(
                refused.getMessage().contains("other transport stages stand at 127.0.0.1:9999"), refused.getMessage());
    }
}

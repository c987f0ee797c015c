package io.sluice.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The echo server behind a proxy, of which it knows nothing: a plugin puts a stage before it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EchoProxiedTest {
    private static final String LINE = "PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\r\n";

    @RegisterExtension
    final TestServers servers = new TestServers(Stream.concat(
                    Stream.of(new EchoPlugin()),
                    Plugins.in(EchoProxiedTest.class.getClassLoader()).stream()
                            .filter(found -> found.id().equals("proxy-protocol")))
            .toArray(Plugin[]::new));

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void what_stands_behind_the_header_comes_back(String driver) {
        TestServer server = servers.start(driver, "echo.listen = [{ address = \"127.0.0.1:0\", proxy-protocol = on }]");
        try (RawClient client = server.client()) {
            assertEquals("hello", client.send(LINE + "hello").read(5));
            assertEquals("again", client.sendInPieces("again", 1).read(5));
            client.shutdownOutput();
            client.awaitClosed();
        }
        try (RawClient client = server.client()) {
            assertEquals("hello", client.sendInPieces(LINE + "hello", 1).read(5));
        }
        try (RawClient client = server.client()) {
            client.send("hello").awaitEnding();
        }
        server.awaitOpen(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void idle_clients_behind_a_stage_make_room_too(String driver) {
        TestServer server = servers.start(
                driver, "worker-connections = 16\necho.listen = [{ address = \"127.0.0.1:0\", proxy-protocol = on }]");
        for (int i = 0; i < 40; i++) {
            RawClient client = servers.closing(server.client());
            if (i % 2 == 0) {
                assertEquals("x", client.send(LINE + "x").read(1));
            }
        }
        assertEquals("y", servers.closing(server.client()).send(LINE + "y").read(1));
    }
}

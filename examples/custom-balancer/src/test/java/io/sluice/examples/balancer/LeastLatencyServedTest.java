package io.sluice.examples.balancer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The assembly as it is shipped, on real sockets; only its ports are others, and its origins do what they are told. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LeastLatencyServedTest {
    @RegisterExtension
    final TestServers servers =
            new TestServers(Plugins.in(LeastLatency.class.getClassLoader()).toArray(Plugin[]::new));

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void who_failed_counts_as_slow(String driver) throws IOException {
        Origin failing = servers.closing(Origin.running(Script.resettingAtOnce()));
        Origin well = servers.closing(Origin.answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwell"));
        String shipped = Files.readString(Path.of("sluice.conf"))
                .replace("address = \"127.0.0.1:9201\"", "address = \"" + failing.authority() + "\"")
                .replace("address = \"127.0.0.1:9202\"", "address = \"" + well.authority() + "\"")
                .replaceAll(":(8082|9201|9202)\"\\]", ":0\"]");
        TestServer server = servers.start(driver, shipped);
        for (int i = 0; i < 5; i++) {
            assertEquals("well", ask(server).response().text());
        }
        assertEquals(1, failing.accepted());
    }

    private RawClient ask(TestServer server) {
        return servers.closing(server.client()).send("GET /fast HTTP/1.1\r\nHost: a\r\n\r\n");
    }
}

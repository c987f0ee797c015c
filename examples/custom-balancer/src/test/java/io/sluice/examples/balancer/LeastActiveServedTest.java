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

/** The assembly as it is shipped, on real sockets; only its ports are others, and its origins answer when they are told. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LeastActiveServedTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";

    @RegisterExtension
    final TestServers servers =
            new TestServers(Plugins.in(LeastActive.class.getClassLoader()).toArray(Plugin[]::new));

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void who_is_busy_is_passed_over(String driver) throws IOException {
        Origin heavy = servers.closing(Origin.running(Script.stalling(), Script.answering(ANSWER + "heavy")));
        Origin light = servers.closing(Origin.running(Script.stalling()));
        String shipped = Files.readString(Path.of("sluice.conf"))
                .replace("address = \"127.0.0.1:9201\"", "address = \"" + heavy.authority() + "\"")
                .replace("address = \"127.0.0.1:9202\"", "address = \"" + light.authority() + "\"")
                .replaceAll(":(8082|9201|9202)\"\\]", ":0\"]");
        TestServer server = servers.start(driver, shipped);
        ask(server);
        heavy.awaitAccepted(1);
        ask(server);
        light.awaitAccepted(1);
        assertEquals("heavy", ask(server).response().text());
        assertEquals(2, heavy.accepted());
    }

    private RawClient ask(TestServer server) {
        return servers.closing(server.client()).send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    }
}

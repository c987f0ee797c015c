package io.sluice.examples.reverseproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped example in the shipped server. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReverseProxyTest {

    @TempDir
    Path folder;

    @Test
    void requests_are_spread_over_the_origins_by_their_weights_in_the_order_of_nginx() throws Exception {
        try (ShippedServer server = ShippedServer.start(folder);
                RawClient client = RawClient.connect(server.port())) {
            List<String> bodies = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                bodies.add(get(client, "/"));
            }
            assertEquals(
                    List.of(
                            "origin 1\n",
                            "origin 1\n",
                            "origin 2\n",
                            "origin 1\n",
                            "origin 3\n",
                            "origin 1\n",
                            "origin 1\n"),
                    bodies);
            assertEquals("hello", get(client, "/hello"));

            Path log = folder.resolve("logs/access.log");
            Await.until("15 lines of the access log", () -> lines(log) == 15);

            server.signal("TERM");
            assertEquals(0, server.exitCode());
            assertTrue(server.output().contains("Try:  curl http://127.0.0.1:" + server.port() + "/"), server.output());
            assertTrue(server.output().endsWith("Stop: Ctrl-C\n"), server.output());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "QUIT"})
    void the_other_signals_to_end_are_no_failure_either(String signal) throws Exception {
        assumeTrue(ShippedServer.TAKES_ALL_SIGNALS || !signal.equals("QUIT"));
        try (ShippedServer server = ShippedServer.start(folder);
                RawClient client = RawClient.connect(server.port())) {
            assertEquals("hello", get(client, "/hello"));
            server.signal(signal);
            client.awaitClosed();
            assertEquals(0, server.exitCode());
        }
    }

    private static String get(RawClient client, String path) {
        return client.sendLines("GET " + path + " HTTP/1.1\nHost: localhost\n\n")
                .response()
                .text();
    }

    private static long lines(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).lines().count() : 0;
        } catch (IOException unreadable) {
            return 0;
        }
    }
}

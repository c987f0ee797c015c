package io.sluice.examples.tcpbalancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped example before real Redis servers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TcpBalancerTest {
    private static final Path EXAMPLE = Path.of(System.getProperty("sluice.root"), "examples/tcp-balancer/sluice.conf");

    @TempDir
    Path folder;

    @BeforeAll
    static void there_is_a_redis() {
        if (!RedisServer.isInstalled()) {
            System.err.println("SKIPPED: examples/tcp-balancer is not tested, /usr/bin/redis-server is not there");
        }
        Assumptions.assumeTrue(RedisServer.isInstalled(), "no /usr/bin/redis-server");
    }

    private TestServer start(String driver, RedisServer one, RedisServer two) throws IOException {
        String shipped = Files.readString(EXAMPLE)
                .replace("workers = auto", "workers = 1")
                .replace("\"127.0.0.1:16379\"", "\"127.0.0.1:0\"")
                .replace("\"127.0.0.1:15432\"", "\"127.0.0.1:0\"")
                .replace(":6379", ":" + one.port())
                .replace(":6380", ":" + two.port());
        return TestServer.of(Plugins.in(getClass().getClassLoader()).toArray(Plugin[]::new))
                .driver(driver)
                .prefix(folder)
                .start(shipped);
    }

    private static String ask(RawClient client, String command) {
        return client.send(command + "\r\n").readUntil("\r\n").strip();
    }

    private static String portOf(RawClient client) {
        client.send("CONFIG GET port\r\n");
        client.readUntil("port\r\n");
        client.readUntil("\r\n");
        return client.readUntil("\r\n").strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void clients_are_spread_over_the_servers_and_go_on_when_one_is_killed(String driver) throws Exception {
        try (RedisServer one = RedisServer.start();
                RedisServer two = RedisServer.start();
                TestServer server = start(driver, one, two)) {
            try (RawClient first = server.client();
                    RawClient second = server.client()) {
                assertEquals("+PONG", ask(first, "PING"));
                assertEquals("+PONG", ask(second, "PING"));
                assertNotEquals(portOf(first), portOf(second));
                assertEquals("+OK", ask(first, "SET key value"));
                for (int i = 0; i < 1000; i++) {
                    assertEquals(":" + (i + 1), ask(first, "INCR counter"));
                }
                one.stop();
            }
            for (int i = 0; i < 4; i++) {
                try (RawClient client = server.client()) {
                    assertEquals(Integer.toString(two.port()), portOf(client));
                }
            }
            server.awaitOpen(0);
        }
        assertTrue(Files.readString(folder.resolve("logs/sessions.log")).contains("127.0.0.1 200 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void a_value_of_ten_megabytes_comes_back_as_it_went(String driver) throws Exception {
        try (RedisServer one = RedisServer.start();
                RedisServer two = RedisServer.start();
                TestServer server = start(driver, one, two);
                RawClient client = server.client()) {
            String value = "0123456789".repeat(1_000_000);
            client.send("*3\r\n$3\r\nSET\r\n$3\r\nbig\r\n$" + value.length() + "\r\n");
            client.send(value + "\r\n");
            assertEquals("+OK", client.readUntil("\r\n").strip());
            client.send("GET big\r\n");
            assertEquals("$" + value.length(), client.readUntil("\r\n").strip());
            assertEquals(value, client.read(value.length()));
        }
    }
}

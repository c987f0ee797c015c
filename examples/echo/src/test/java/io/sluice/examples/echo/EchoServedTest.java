package io.sluice.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.DatagramClient;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The assembly as it is shipped, on real sockets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EchoServedTest {
    @RegisterExtension
    final TestServers servers = new TestServers(new EchoPlugin());

    private TestServer start(String driver) throws IOException {
        return servers.start(driver, Files.readString(Path.of("sluice.conf")).replace("7777", "0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void what_is_sent_comes_back(String driver) throws IOException {
        try (RawClient client = start(driver).client()) {
            assertEquals("hello", client.send("hello").read(5));
            assertEquals("again", client.sendInPieces("again", 1).read(5));
            client.shutdownOutput();
            client.awaitClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void each_datagram_comes_back(String driver) throws IOException {
        try (DatagramClient client = DatagramClient.to(start(driver).port(1))) {
            assertEquals("hello", client.send("hello").receive());
            assertEquals("", client.send("").receive());
            client.send("one").send("two");
            assertEquals("one", client.receive());
            assertEquals("two", client.receive());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void who_does_not_read_is_not_read_from_and_gets_everything_in_the_end(String driver) throws IOException {
        TestServer server = start(driver);
        byte[] pattern = new byte[8192];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = (byte) (i * 31 + i / 251);
        }
        try (RawClient client = server.client()) {
            long sent = 0;
            int idleRounds = 0;
            while (idleRounds < 3) {
                int taken = client.offer(Arrays.copyOfRange(pattern, (int) (sent % 8192), 8192));
                sent += taken;
                idleRounds = taken == 0 ? idleRounds + 1 : 0;
                server.turn();
            }
            assertEquals(4096, server.counters().bufferBytes(), "what it holds for a client is one buffer");
            long[] at = {0};
            client.readEach(sent, (bytes, length) -> {
                for (int i = 0; i < length; i++) {
                    assertEquals(pattern[(int) (at[0] % 8192)], bytes[i]);
                    at[0]++;
                }
            });
            client.shutdownOutput();
            client.awaitClosed();
        }
        server.awaitOpen(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void idle_clients_make_room_for_new_ones(String driver) {
        TestServer server = servers.start(driver, "worker-connections = 16\necho.listen = \"127.0.0.1:0\"");
        RawClient first = servers.closing(server.client());
        assertEquals("1", first.send("1").read(1));
        for (int i = 0; i < 40; i++) {
            assertEquals("x", servers.closing(server.client()).send("x").read(1));
        }
        first.awaitClosed();
        Await.until("drained", Duration.ofSeconds(20), () -> server.counters().drained() > 20);
        assertTrue(server.openConnections() <= 15);
    }
}

package io.sluice.testkit.datagram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.event.Worker;
import io.sluice.testkit.client.DatagramClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.wire.Await;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datagrams over loopback, on both drivers; each server must have nothing left at its end. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatagramServerTest {
    private static final String LISTEN = "parrot.listen = { address = \"127.0.0.1:0\", udp = on, rcvbuf = 2m }\n";

    /** The most that UDP over IPv4 carries. */
    private static final int LARGEST = 65_507;

    private final Parrot parrot = new Parrot();

    private TestServer start(String driver, String configuration) {
        return TestServer.of(parrot).driver(driver).start(configuration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void a_client_is_a_session(String driver) {
        try (TestServer server = start(driver, LISTEN);
                DatagramClient one = DatagramClient.to(server.port());
                DatagramClient other = DatagramClient.to(server.port())) {
            assertEquals("1:a", one.send("a").receive());
            assertEquals("1:b", other.send("b").receive());
            assertEquals("2:c", one.send("c").receive());
            assertEquals(new InetSocketAddress("127.0.0.1", server.port()), one.from());
            assertEquals(2, server.openConnections());
            assertEquals(
                    "127.0.0.1:" + one.localPort(),
                    String.valueOf(parrot.connections.getFirst().remoteAddress()));
            one.send("close");
            server.awaitOpen(1);
            assertEquals("1:d", one.send("d").receive());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void one_without_bytes_and_several_of_one_chain(String driver) {
        try (TestServer server = start(driver, LISTEN);
                DatagramClient client = DatagramClient.to(server.port())) {
            assertEquals("1:", client.send("").receive());
            client.send("three");
            assertEquals("one", client.receive());
            assertEquals("", client.receive());
            assertEquals("three", client.receive());
        }
    }

    /** More than one batch, from many clients at once. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void many_clients_get_what_is_theirs(String driver) {
        try (TestServer server = start(driver, LISTEN + "workers = 2")) {
            List<DatagramClient> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                clients.add(DatagramClient.to(server.port()));
            }
            for (int round = 1; round <= 5; round++) {
                for (int i = 0; i < clients.size(); i++) {
                    clients.get(i).send("c" + i);
                }
                for (int i = 0; i < clients.size(); i++) {
                    assertEquals(round + ":c" + i, clients.get(i).receive());
                }
            }
            server.awaitOpen(100);
            for (Worker worker : server.server().workers()) {
                assertTrue(
                        worker.status().open() > 10,
                        "each worker has its share: " + worker.status().open());
            }
            clients.forEach(DatagramClient::close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void any_size_goes_there_and_back(String driver) {
        Random random = new Random(Long.getLong("sluice.test.seed", 7));
        int count = 60 * Integer.getInteger("sluice.fuzz", 1);
        try (TestServer server = start(driver, LISTEN);
                DatagramClient client = DatagramClient.to(server.port())) {
            for (int i = 0; i < count; i++) {
                int size = switch (i) {
                    case 0 -> 0;
                    case 1 -> LARGEST;
                    case 2 -> LARGEST - 1;
                    default -> random.nextInt(2) == 0 ? random.nextInt(2000) : random.nextInt(LARGEST + 1);
                };
                byte[] bytes = new byte[size];
                random.nextBytes(bytes);
                if (size < 16) {
                    // A short one could be an order.
                    Arrays.fill(bytes, (byte) '.');
                }
                byte[] answer = client.send(bytes).receiveBytes();
                if (size > 60_000) {
                    assertArrayEquals(bytes, answer, "size " + size);
                } else {
                    byte[] head = (i + 1 + ":").getBytes(StandardCharsets.ISO_8859_1);
                    byte[] expected = Arrays.copyOf(head, head.length + size);
                    System.arraycopy(bytes, 0, expected, head.length, size);
                    assertArrayEquals(expected, answer, "size " + size);
                }
            }
            assertEquals(1, server.openConnections());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void a_client_of_a_wildcard_is_answered(String driver) {
        String wildcard = "parrot.listen = { address = \"*:0\", udp = on }";
        try (TestServer server = start(driver, wildcard);
                DatagramClient client = DatagramClient.to(server.port())) {
            assertEquals("1:a", client.send("a").receive());
            String local = driver.equals("epoll") ? "127.0.0.1:" : "0.0.0.0:";
            assertEquals(
                    local + server.port(),
                    String.valueOf(parrot.connections.getFirst().localAddress()));
            String warning = "cannot tell where a datagram was sent to";
            if (driver.equals("nio")) {
                Await.until("the log tells it", () -> server.log().has(warning));
            } else {
                assertFalse(server.log().has(warning));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void a_port_that_another_server_has_is_refused_although_workers_share_it(String driver) {
        try (TestServer server = start(driver, LISTEN + "workers = 2")) {
            String same = LISTEN.replace(":0", ":" + server.port()) + "workers = 2";
            IllegalStateException refused = assertThrows(
                    IllegalStateException.class, () -> start(driver, same).close());
            assertTrue(String.valueOf(refused.getMessage()).contains("98: Address already in use"), refused + "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void a_server_that_stops_asks_its_sessions_and_frees_the_port(String driver) throws Exception {
        int port;
        try (TestServer server = start(driver, LISTEN + "workers = 2");
                DatagramClient client = DatagramClient.to(server.port())) {
            port = server.port();
            assertEquals("1:a", client.send("a").receive());
            server.server().quit();
            assertTrue(server.server().await(Duration.ofSeconds(20)));
        }
        assertTrue(parrot.heard.contains("1 asked SHUTDOWN"), parrot.heard.toString());
        try (TestServer again = start(driver, LISTEN.replace(":0", ":" + port));
                DatagramClient client = DatagramClient.to(again.port())) {
            assertEquals("1:a", client.send("a").receive());
        }
    }
}

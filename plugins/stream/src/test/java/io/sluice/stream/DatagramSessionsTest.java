package io.sluice.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.sluice.testkit.client.DatagramClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions of datagrams, which begin and end by their number and by time (10.6 of nginx's behaviour). */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatagramSessionsTest {
    @RegisterExtension
    final TestServers servers = Streams.servers();

    /** Answers each datagram with so many of its own, and remembers from whom they came. */
    private static final class Answering implements Closeable {
        private final DatagramSocket socket;
        final List<SocketAddress> from = new CopyOnWriteArrayList<>();
        final List<String> received = new CopyOnWriteArrayList<>();
        private volatile int answers;

        Answering(int answers) {
            this.answers = answers;
            try {
                socket = new DatagramSocket(
                        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
            Thread.ofPlatform().daemon().start(this::run);
        }

        private void run() {
            byte[] bytes = new byte[65_536];
            while (!socket.isClosed()) {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                try {
                    socket.receive(packet);
                    String text = new String(bytes, 0, packet.getLength(), StandardCharsets.ISO_8859_1);
                    from.add(packet.getSocketAddress());
                    received.add(text);
                    for (int i = 0; i < answers; i++) {
                        byte[] answer = (text + i).getBytes(StandardCharsets.ISO_8859_1);
                        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                    }
                } catch (IOException closed) {
                    return;
                }
            }
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() {
            // Ends the thread as well, which waits for nothing else.
            socket.close();
        }
    }

    private static String conf(String proxy, int... ports) {
        StringBuilder addresses = new StringBuilder();
        for (int port : ports) {
            addresses.append("\"127.0.0.1:").append(port).append("\", ");
        }
        return """
                upstreams.backend.servers = [ %s ]
                stream.servers = [ { listen = [ { address = "127.0.0.1:0", udp = on } ], proxy { pass = backend, %s } } ]
                """.formatted(addresses, proxy);
    }

    @OnBothDrivers
    void a_client_is_a_session_with_a_peer_of_its_own(String driver) {
        Answering peer = servers.closing(new Answering(1));
        TestServer server = servers.start(driver, conf("timeout = 10s", peer.port()));
        try (DatagramClient one = DatagramClient.to(server.port());
                DatagramClient two = DatagramClient.to(server.port())) {
            for (int i = 0; i < 5; i++) {
                assertEquals("one" + i + "0", one.send("one" + i).receive());
                assertEquals("two" + i + "0", two.send("two" + i).receive());
            }
        }
        assertEquals(2, peer.from.stream().distinct().count());
        assertEquals(4, server.openConnections());
        Await.until("nothing is held", () -> server.counters().bufferBytes() == 0);
    }

    /** The JDK sends none. */
    @Test
    void one_without_bytes_is_passed_on_too() {
        Answering peer = servers.closing(new Answering(1));
        TestServer server = servers.start("epoll", conf("responses = 1", peer.port()));
        try (DatagramClient client = DatagramClient.to(server.port())) {
            assertEquals("0", client.send("").receive());
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void large_datagrams_arrive_whole(String driver) {
        Answering peer = servers.closing(new Answering(1));
        TestServer server = servers.start(driver, conf("responses = 1", peer.port()));
        try (DatagramClient client = DatagramClient.to(server.port())) {
            String large = "x".repeat(60_000);
            assertEquals(large + "0", client.send(large).receive());
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_session_ends_when_its_answers_have_come(String driver) {
        Answering peer = servers.closing(new Answering(2));
        TestServer server = servers.start(driver, conf("responses = 2", peer.port()));
        try (DatagramClient client = DatagramClient.to(server.port())) {
            for (int i = 0; i < 3; i++) {
                client.send("q");
                assertEquals("q0", client.receive());
                assertEquals("q1", client.receive());
                server.awaitOpen(0);
            }
        }
        assertEquals(3, peer.from.size());
        Await.until("the line", () -> server.log().has("udp done"));
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void without_answers_to_wait_for_it_ends_when_all_was_sent(String driver) {
        Answering peer = servers.closing(new Answering(0));
        TestServer server = servers.start(driver, conf("responses = 0", peer.port()));
        try (DatagramClient client = DatagramClient.to(server.port())) {
            client.send("log line");
            Await.until("it came", () -> peer.received.equals(List.of("log line")));
            server.awaitOpen(0);
        }
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void after_so_many_datagrams_the_next_begins_a_new_session(String driver) {
        Answering peer = servers.closing(new Answering(1));
        TestServer server = servers.start(driver, conf("requests = 2", peer.port()));
        try (DatagramClient client = DatagramClient.to(server.port())) {
            for (int i = 0; i < 4; i++) {
                assertEquals("q" + i + "0", client.send("q" + i).receive());
            }
        }
        assertEquals(peer.from.get(0), peer.from.get(1));
        assertNotEquals(peer.from.get(1), peer.from.get(2));
        assertEquals(peer.from.get(2), peer.from.get(3));
        assertEquals(4, server.openConnections());
    }

    @OnBothDrivers
    void silence_ends_it_and_is_the_peers_fault_if_answers_were_due(String driver) {
        Answering peer = servers.closing(new Answering(0));
        Answering other = servers.closing(new Answering(1));
        TestServer server =
                servers.startWithHandClock(driver, conf("timeout = 10s, responses = 1", peer.port(), other.port()));
        try (DatagramClient client = DatagramClient.to(server.port())) {
            client.send("1");
            Await.until("it came", () -> peer.received.size() == 1);
            server.turn();
            server.advance(Duration.ofSeconds(11));
            server.awaitOpen(0);
            Await.until("the line", () -> server.log().has("upstream timed out"));
            // The peer rests: all others go to the other one.
            for (int i = 0; i < 3; i++) {
                assertEquals("20", client.send("2").receive());
                server.awaitOpen(0);
            }
        }
        assertEquals(1, peer.received.size());
    }

    @OnBothDrivers
    void silence_is_nobodys_fault_if_nobody_knows_how_many_answers_there_are(String driver) {
        Answering peer = servers.closing(new Answering(0));
        TestServer server = servers.startWithHandClock(driver, conf("timeout = 10s", peer.port()));
        try (DatagramClient client = DatagramClient.to(server.port())) {
            client.send("1");
            Await.until("it came", () -> peer.received.size() == 1);
            server.turn();
            server.advance(Duration.ofSeconds(11));
            server.awaitOpen(0);
        }
        Await.until("the line", () -> server.log().has("udp timed out"));
    }

    @OnBothDrivers
    void a_peer_that_is_not_there_rests(String driver) throws Exception {
        Answering gone = new Answering(0);
        int port = gone.port();
        gone.close();
        Answering peer = servers.closing(new Answering(1));
        TestServer server = servers.start(driver, conf("responses = 1", port, peer.port()));
        try (DatagramClient client = DatagramClient.to(server.port())) {
            client.send("lost");
            server.awaitOpen(0);
            for (int i = 0; i < 3; i++) {
                assertEquals("q0", client.send("q").receive());
                server.awaitOpen(0);
            }
        }
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_text_is_returned_as_one_datagram(String driver) {
        TestServer server = servers.start(
                driver,
                "stream.servers = [ { listen = [ { address = \"127.0.0.1:0\", udp = on } ], return = \"$protocol\" } ]");
        try (DatagramClient client = DatagramClient.to(server.port())) {
            assertEquals("UDP", client.send("?").receive());
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_server_that_stops_ends_them(String driver) {
        Answering peer = servers.closing(new Answering(1));
        TestServer server = servers.start(driver, conf("timeout = 10m", peer.port()));
        try (DatagramClient client = DatagramClient.to(server.port())) {
            assertEquals("q0", client.send("q").receive());
            server.close();
        }
    }
}

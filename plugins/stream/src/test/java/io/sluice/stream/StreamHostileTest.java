package io.sluice.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.BigBody;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients and peers that behave badly hurt nobody but themselves. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StreamHostileTest {
    @RegisterExtension
    final TestServers servers = Streams.servers();

    @OnBothDrivers
    void a_client_that_floods_and_never_reads_is_not_read_further(String driver) {
        Origin origin = servers.closing(Origin.running(Streams.echoing()));
        TestServer server = servers.start(driver, Streams.to(origin));
        byte[] flood = new byte[256 * 1024];
        try (RawClient client =
                RawClient.to(server.address(0)).receiveBuffer(4096).connect()) {
            long sent = 0;
            int idle = 0;
            while (idle < 20) {
                int n = client.offer(flood);
                sent += n;
                idle = n == 0 ? idle + 1 : 0;
                server.turn();
            }
            // What the sockets of four ends hold, and two buffers of ours.
            assertTrue(sent < 64L * 1024 * 1024, "it took " + sent);
            assertTrue(server.counters().bufferBytes() <= 2 * 65_536);
            assertEquals(2, server.counters().open());
            // Others are served meanwhile.
            try (RawClient other = server.client()) {
                assertEquals("hello", other.send("hello").read(5));
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_slow_client_slows_its_peer(String driver) {
        long bytes = 64L * 1024 * 1024;
        Origin origin = servers.closing(Origin.running(session -> session.sendBigBody(bytes)));
        TestServer server = servers.start(driver, Streams.to(origin));
        try (RawClient client =
                RawClient.to(server.address(0)).receiveBuffer(4096).connect()) {
            client.awaitBytes();
            Await.until("nothing moves", () -> {
                long before = origin.connection(0).sentBytes();
                for (int i = 0; i < 20; i++) {
                    server.turn();
                }
                return before == origin.connection(0).sentBytes();
            });
            assertTrue(origin.connection(0).sentBytes() < bytes);
            assertTrue(server.counters().bufferBytes() <= 65_536);
            client.readEach(bytes, BigBody.checker());
            client.awaitClosed();
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_peer_that_resets_in_the_middle_ends_its_client(String driver) {
        Origin origin = servers.closing(Origin.running(
                session -> {
                    session.readSome(5);
                    session.send("part");
                    session.reset();
                },
                Streams.echoing()));
        TestServer server = servers.start(driver, Streams.to(origin));
        try (RawClient client = server.client()) {
            client.send("hello");
            client.awaitEnding();
        }
        server.awaitOpen(0);
        // It is no failure of the peer: the next session goes to it.
        try (RawClient client = server.client()) {
            assertEquals("hello", client.send("hello").read(5));
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_client_that_resets_ends_its_peer(String driver) {
        Origin origin = servers.closing(Origin.running(Script.stalling()));
        TestServer server = servers.start(driver, Streams.to(origin));
        RawClient client = server.client();
        client.send("hello");
        origin.connection(0).awaitReceived("hello");
        client.reset();
        origin.awaitOpen(0);
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_client_that_goes_before_its_peer_is_connected_leaves_nothing(String driver) {
        Origin origin = servers.closing(Origin.notAccepting());
        TestServer server =
                servers.startWithHandClock(driver, Streams.with("stream.proxy.connect-timeout = 10s", origin));
        RawClient client = server.client();
        client.send("hello");
        server.awaitOpen(2);
        client.reset();
        // As in nginx it is found out when the connect has ended.
        Await.until("the client is gone", () -> {
            server.advance(java.time.Duration.ofSeconds(11));
            return server.openConnections() == 0;
        });
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_thousand_sessions_at_once(String driver) {
        Origin origin = servers.closing(Origin.with().backlog(2000).running(Streams.echoing()));
        TestServer server = servers.start(driver, "worker-connections = 4096\n" + Streams.to(origin));
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                clients.add(RawClient.connect(new InetSocketAddress("127.0.0.1", server.port())));
            }
            for (int i = 0; i < clients.size(); i++) {
                clients.get(i).send("hello " + i + "!");
            }
            for (int i = 0; i < clients.size(); i++) {
                assertEquals("hello " + i + "!", clients.get(i).readUntil("!"));
            }
            assertEquals(2000, server.openConnections());
        } finally {
            clients.forEach(RawClient::close);
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void who_finds_no_memory_waits_holding_none(String driver) {
        Origin origin = servers.closing(Origin.running(Streams.echoing()));
        TestServer server = servers.start(driver, "worker-memory = 64k\n" + Streams.to(origin));
        List<RawClient> blocked = new ArrayList<>();
        byte[] flood = new byte[256 * 1024];
        for (int i = 0; i < 4; i++) {
            RawClient client = servers.closing(
                    RawClient.to(server.address(0)).receiveBuffer(4096).connect());
            blocked.add(client);
            for (int idle = 0; idle < 20; ) {
                idle = client.offer(flood) == 0 ? idle + 1 : 0;
                server.turn();
            }
        }
        assertTrue(server.counters().reservedBytes() <= 64 * 1024);
        RawClient waiting = servers.closing(server.client());
        waiting.send("hello");
        blocked.forEach(RawClient::reset);
        assertEquals("hello", waiting.read(5));
        waiting.close();
        server.awaitOpen(0);
        server.assertNothingHeld();
    }
}

package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.event.WorkerStatus;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients and peers take their slots from the same pool. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SlotsAndPeersTest {
    @RegisterExtension
    final TestServers servers = Proxies.servers();

    @OnBothDrivers
    void two_hundred_idle_clients_of_a_proxy_on_64_slots(String driver) {
        Origin origin = servers.closing(Origin.answering(Proxies.ok("hello")));
        TestServer server = servers.start(driver, Proxies.with("worker-connections = 64", origin));
        for (int i = 0; i < 200; i++) {
            RawClient client = servers.closing(server.client());
            assertEquals("hello", client.send(Proxies.get("/")).response().text());
        }
        // Kept connections to peers are idle but not reusable: slot pressure leaves them.
        assertEquals(1, origin.accepted());
        assertTrue(server.openConnections() < 64);
    }

    @OnBothDrivers
    void a_connect_to_a_peer_closes_idle_clients_when_slots_are_few(String driver) {
        Origin origin = servers.closing(
                Origin.answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"));
        TestServer server = servers.start(driver, Proxies.with("worker-connections = 16", origin));
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            RawClient client = servers.closing(server.client());
            clients.add(client);
            assertEquals("ok", client.send(Proxies.get("/")).response().text(), "client " + i);
        }
        clients.getFirst().awaitClosed();
        assertTrue(server.sum(WorkerStatus::drained) > 0);
    }

    @OnBothDrivers
    void without_a_slot_for_the_peer_the_answer_is_500_and_the_peer_is_not_blamed(String driver) {
        Origin origin = servers.closing(Origin.stalling());
        Origin other = servers.closing(Origin.stalling());
        // 8 slots: one listens, 4 clients with 3 peers.
        TestServer server = servers.start(driver, Proxies.with("worker-connections = 8", origin, other));
        List<RawClient> busy = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RawClient client = servers.closing(server.client());
            client.send(Proxies.get("/"));
            busy.add(client);
            server.awaitOpen(2 * (i + 1));
        }
        RawClient last = servers.closing(server.client());
        Response answer = last.send(Proxies.get("/")).response();
        assertEquals(500, answer.status());
        Await.until("the alert", () -> server.log().has("[alert]"));
        assertEquals(0, server.log().count("left alone"));
        busy.forEach(RawClient::reset);
        server.awaitOpen(last.isClosedByPeer() ? 0 : 1);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void several_workers_serve_many_clients_and_nothing_is_missing(String driver) {
        Origin origin = servers.closing(Origin.mirroring());
        TestServer server = servers.start(driver, "workers = 3\n" + Proxies.to(origin));
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            clients.add(servers.closing(server.client()));
        }
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < clients.size(); i++) {
                clients.get(i).send(Proxies.get("/" + round + "/" + i));
            }
            for (int i = 0; i < clients.size(); i++) {
                String seen = clients.get(i).response().text();
                assertTrue(seen.startsWith("GET /" + round + "/" + i + " "), seen);
            }
        }
        long kept = server.openConnections() - clients.size();
        assertTrue(kept > 0 && kept <= 60, kept + " connections to the peer");
        clients.forEach(RawClient::reset);
        server.awaitOpen(kept);
        server.assertNothingHeld();
    }
}

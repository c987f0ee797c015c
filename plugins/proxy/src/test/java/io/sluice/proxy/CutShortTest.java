package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A connection whose stream ended before the body it had announced says so (nginx's unexpected_eof). */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CutShortTest {
    private final Watching watching = new Watching();

    @RegisterExtension
    final TestServers servers = Proxies.servers(watching);

    @OnBothDrivers
    void a_peer_that_closes_in_a_body_of_known_length_ended_too_early(String driver) {
        peer(driver, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
        assertTrue(watching.peer.hasUnexpectedEof());
        assertFalse(watching.clientCutShort);
    }

    @OnBothDrivers
    void a_peer_that_closes_without_the_last_chunk_ended_too_early(String driver) {
        peer(driver, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        assertTrue(watching.peer.hasUnexpectedEof());
    }

    @OnBothDrivers
    void a_peer_whose_close_is_the_end_of_its_body_did_not(String driver) {
        peer(driver, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello");
        assertFalse(watching.peer.hasUnexpectedEof());
        peer(driver, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
        assertFalse(watching.peer.hasUnexpectedEof());
    }

    @OnBothDrivers
    void a_client_that_closes_in_its_body_ended_too_early(String driver) {
        client(driver, "Content-Length: 10\r\n\r\nhello");
        assertTrue(watching.clientCutShort);
        client(driver, "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        assertTrue(watching.clientCutShort);
    }

    @OnBothDrivers
    void a_client_that_closes_behind_its_body_did_not(String driver) {
        client(driver, "Content-Length: 5\r\n\r\nhello");
        assertFalse(watching.clientCutShort);
    }

    private void peer(String driver, String answer) {
        watching.over = 0;
        Origin origin = servers.closing(Origin.closingAfter(answer.length(), answer));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/"));
            Await.until("the request is over", () -> watching.over == 1);
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    private void client(String driver, String bodyAndLength) {
        watching.over = 0;
        Origin origin = servers.closing(Origin.answering(Proxies.ok("done")));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client = server.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\n" + bodyAndLength);
            client.shutdownOutput();
            Await.until("the request is over", () -> watching.over == 1);
            client.awaitEnding();
        }
        assertEquals(0, server.log().count("[alert]"));
    }
}

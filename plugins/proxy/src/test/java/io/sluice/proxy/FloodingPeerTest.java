package io.sluice.proxy;

import static io.sluice.testkit.client.RawClient.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.driver.ScriptedConnection;
import io.sluice.testkit.driver.Stepped;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A peer that sends as fast as it is read does not keep the worker from all others, nor from its clock. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FloodingPeerTest {
    private static final String CONF = """
            upstreams.backend.servers = [ "127.0.0.1:9" ]
            http.servers = [ {
              listen = ["127.0.0.1:80"]
              locations = [ { path = "/", proxy.pass = "http://backend" }, { path = "= /other", return = 204 } ]
            } ]
            """;

    /** More than any turn should take. */
    private static final int BYTES = 32_000_000;

    private static Stepped start() {
        return Stepped.of(Proxies.plugins()).start(CONF);
    }

    private static ScriptedConnection peerOf(Stepped server, ScriptedConnection client) {
        client.receives(get("/"));
        server.settle();
        ScriptedConnection peer = server.outgoing().accepts();
        server.settle();
        assertTrue(peer.sent().startsWith("GET / "), peer.sent());
        return peer;
    }

    @Test
    void one_that_sends_interim_answers_for_ever_is_read_a_turn_at_a_time_and_times_out() {
        try (Stepped server = start()) {
            ScriptedConnection client = server.connect();
            ScriptedConnection other = server.connect();
            ScriptedConnection peer = peerOf(server, client);
            String interim = "HTTP/1.1 102 Processing\r\n\r\n";
            peer.receives(interim.repeat(BYTES / interim.length()));
            other.receives(get("/other"));
            for (int i = 0; i < 3; i++) {
                server.turn();
            }
            assertTrue(other.sent().startsWith("HTTP/1.1 204 "), "the other client is served");
            assertTrue(peer.unread() > 0, "all was read meanwhile");
            server.advance(Duration.ofSeconds(61));
            assertTrue(client.sent().startsWith("HTTP/1.1 504 "), client.sent());
            assertEquals(0, server.counters().failures());
        }
    }

    @Test
    void a_body_for_a_client_as_fast_is_passed_on_a_turn_at_a_time() {
        try (Stepped server = start()) {
            ScriptedConnection client = server.connect();
            ScriptedConnection other = server.connect();
            ScriptedConnection peer = peerOf(server, client);
            peer.receives("HTTP/1.1 200 OK\r\nContent-Length: " + BYTES + "\r\n\r\n");
            peer.receives(new byte[BYTES]);
            other.receives(get("/other"));
            for (int i = 0; i < 3; i++) {
                server.turn();
            }
            assertTrue(other.sent().startsWith("HTTP/1.1 204 "), "the other client is served");
            assertTrue(peer.unread() > 0, "all was read meanwhile");
            server.settle();
            assertEquals(0, peer.unread());
            assertTrue(client.sentBytes() > BYTES);
            assertTrue(client.isOpen());
            assertEquals(0, server.counters().failures());
        }
    }
}

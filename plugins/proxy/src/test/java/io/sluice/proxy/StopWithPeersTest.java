package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.BigBody;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Steps;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that stops while requests are with peers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StopWithPeersTest {
    @RegisterExtension
    final TestServers servers = Proxies.servers();

    @OnBothDrivers
    void quit_lets_a_request_end_that_is_with_a_peer(String driver) throws InterruptedException {
        Steps steps = new Steps();
        Origin origin = servers.closing(Origin.stepping(steps, Proxies.ok("at last")));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/"));
            steps.awaitReached(1);
            server.server().quit();
            server.turn();
            steps.allow();
            Response answer = client.response();
            assertEquals("at last", answer.text());
            assertEquals("close", answer.header("Connection"));
            client.awaitClosed();
        }
        assertTrue(server.server().await(Duration.ofSeconds(60)));
        origin.awaitOpen(0);
    }

    @OnBothDrivers
    void quit_lets_a_big_answer_end(String driver) throws InterruptedException {
        Origin origin = servers.closing(Origin.streaming(20_000_000));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client =
                RawClient.to(server.address(0)).receiveBuffer(4096).connect()) {
            client.send(Proxies.get("/"));
            client.readUntil("\r\n\r\n");
            server.server().quit();
            client.readEach(20_000_000, BigBody.checker());
            client.awaitEnding();
        }
        assertTrue(server.server().await(Duration.ofSeconds(60)));
    }

    @OnBothDrivers
    void quit_waits_for_a_peer_no_longer_than_its_timeout(String driver) throws InterruptedException {
        Origin origin = servers.closing(Origin.stalling());
        TestServer server = servers.startWithHandClock(driver, """
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [
                    { path = "/", proxy { pass = "http://%1$s", read-timeout = 10s } }
                    { path = "/patient", proxy { pass = "http://%1$s", read-timeout = 1h } }
                  ]
                } ]
                """.formatted(origin.authority()));
        try (RawClient client = server.client();
                RawClient patient = server.client()) {
            patient.send(Proxies.get("/patient"));
            origin.connection(0).awaitReceived("\r\n\r\n");
            client.send(Proxies.get("/"));
            origin.connection(1).awaitReceived("\r\n\r\n");
            server.turn();
            server.server().quit();
            server.turn();
            server.advance(Duration.ofMillis(9_000));
            assertTrue(client.isSilent());
            server.advance(Duration.ofMillis(1_400));
            assertEquals(504, client.response().status());
            client.awaitClosed();
            patient.reset();
        }
        assertTrue(server.server().await(Duration.ofSeconds(60)));
    }

    @OnBothDrivers
    void a_stop_ends_all_at_once(String driver) {
        Origin origin = servers.closing(Origin.stalling());
        Origin big = servers.closing(Origin.streaming(50_000_000));
        TestServer server = servers.start(driver, """
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [ { path = "/", proxy.pass = "http://%s" }, { path = "/big", proxy.pass = "http://%s" } ]
                } ]
                """.formatted(origin.authority(), big.authority()));
        try (RawClient waiting = server.client();
                RawClient uploading = server.client();
                RawClient taking = server.client()) {
            waiting.send(Proxies.get("/"));
            uploading.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
            taking.send(Proxies.get("/big"));
            taking.awaitBytes();
            origin.awaitAccepted(2);
            server.close();
            waiting.awaitEnding();
            uploading.awaitEnding();
            taking.awaitEnding();
            origin.awaitOpen(0);
            big.awaitOpen(0);
        }
    }
}

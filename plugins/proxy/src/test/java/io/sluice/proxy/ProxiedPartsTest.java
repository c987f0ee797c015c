package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.event.WorkerStatus;
import io.sluice.http.HttpBinder;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import io.sluice.http.SubrequestListener;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Recorded;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.origin.Steps;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Parts of one page that come from different origins at the same time. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProxiedPartsTest {
    private static final String A = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\naaa";
    private static final String B = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbbb";

    /** Answers with the parts /a and /b between marks. */
    private static final class TwoParts implements Plugin {
        @Override
        public String id() {
            return "two-parts";
        }

        @Override
        public void configure(PluginBinder binder) {
            HttpBinder.of(binder).content("two-parts", location -> worker -> TwoParts::page);
        }

        private static Outcome page(HttpRequest request) {
            request.status(200);
            request.sendHeader();
            put(request, "<");
            request.subrequest("/a", null, SubrequestListener.NOBODY);
            put(request, "|");
            request.subrequest("/b", "q=1", SubrequestListener.NOBODY);
            put(request, ">");
            return Outcome.DONE;
        }

        private static void put(HttpRequest request, String text) {
            Buf buf = request.pool().take(1);
            buf.putAscii(text);
            request.output(request.pool().link(buf));
        }
    }

    @RegisterExtension
    final TestServers servers = Proxies.servers(new TwoParts());

    @OnBothDrivers
    void both_origins_are_asked_at_once_and_kept(String driver) {
        Origin a = servers.closing(Origin.answering(A));
        Origin b = servers.closing(Origin.answering(B));
        TestServer server = servers.start(driver, conf("", a, b));
        try (RawClient client = server.client()) {
            for (int i = 0; i < 5; i++) {
                client.send("POST /page HTTP/1.1\r\nHost: h\r\nX-Own: 1\r\nContent-Length: 2\r\n\r\nxy");
                assertEquals("<aaa|bbb>", client.response().text());
            }
        }
        assertEquals(1, a.accepted());
        assertEquals(1, b.accepted());
        String asked = b.connection(0).received();
        assertTrue(asked.startsWith("GET /b?q=1 HTTP/1.1\r\n"), asked);
        assertTrue(asked.contains("X-Own: 1"), asked);
        assertFalse(asked.contains("Content-Length"), asked);
        assertEquals(0, server.sum(WorkerStatus::failures));
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void the_slow_one_may_be_the_first_or_the_second(String driver) {
        for (boolean firstIsSlow : new boolean[] {true, false}) {
            Steps steps = new Steps();
            Origin slow = servers.closing(Origin.stepping(steps, firstIsSlow ? A : B));
            Origin quick = servers.closing(Origin.answering(firstIsSlow ? B : A));
            TestServer server = servers.start(driver, firstIsSlow ? conf("", slow, quick) : conf("", quick, slow));
            try (RawClient client = server.client()) {
                client.send(Proxies.get("/page"));
                slow.awaitRequests(1);
                quick.awaitRequests(1);
                server.turn();
                steps.allow();
                assertEquals("<aaa|bbb>", client.response().text());
            }
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void a_big_part_that_has_to_wait_is_not_read_ahead(String driver) {
        Steps steps = new Steps();
        Origin slow = servers.closing(Origin.stepping(steps, A));
        Origin big = servers.closing(Origin.with().sendBuffer(64 * 1024).running(Script.streaming(30_000_000)));
        TestServer server = servers.start(driver, conf("", slow, big));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/page"));
            slow.awaitRequests(1);
            Recorded connection = big.connection(0);
            connection.awaitRequests(1);
            for (int i = 0; i < 50; i++) {
                server.turn();
            }
            long held = server.sum(WorkerStatus::slabBytesInUse);
            assertTrue(held < 600 * 1024, held + " bytes of buffers");
            steps.allow();
            assertEquals(30_000_000 + "<aaa|>".length(), client.response().body().length);
        }
    }

    @OnBothDrivers
    void an_origin_that_says_nothing_leaves_its_page_in_the_place_of_the_part(String driver) {
        Origin silent = servers.closing(Origin.stalling());
        Origin b = servers.closing(Origin.answering(B));
        TestServer server = servers.startWithHandClock(driver, conf("http.proxy.read-timeout = 10s", silent, b));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/page"));
            silent.connection(0).awaitReceived("\r\n\r\n");
            b.awaitRequests(1);
            server.turn();
            server.advance(Duration.ofSeconds(11));
            Response response = client.response();
            assertEquals(200, response.status());
            assertTrue(response.text().contains("504 Gateway"), response.text());
            assertTrue(response.text().endsWith("|bbb>"), response.text());
            client.send(Proxies.get("/b"));
            assertEquals("bbb", client.response().text());
        }
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_client_that_goes_away_lets_both_origins_go(String driver) {
        Origin a = servers.closing(Origin.stalling());
        Origin b = servers.closing(Origin.stalling());
        TestServer server = servers.start(driver, conf("", a, b));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/page"));
            a.awaitAccepted(1);
            b.awaitAccepted(1);
            client.reset();
            a.awaitOpen(0);
            b.awaitOpen(0);
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        assertEquals(0, server.sum(WorkerStatus::failures));
    }

    private static String conf(String more, Origin a, Origin b) {
        return """
                upstreams.a.servers = [ { address = "%s" } ]
                upstreams.b.servers = [ { address = "%s" } ]
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [
                    { path = "/page", two-parts = on }
                    { path = "/a", proxy.pass = "http://a" }
                    { path = "/b", proxy.pass = "http://b" }
                  ]
                } ]
                %s
                """.formatted(a.authority(), b.authority(), more);
    }
}

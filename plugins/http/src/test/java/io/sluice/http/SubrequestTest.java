package io.sluice.http;

import static io.sluice.testkit.client.RawClient.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pages made of several requests: whatever comes first, the page is in order. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SubrequestTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [
                { path = "/", return { status = 200, text = "$request_method $uri $args" } }
                { path = "/page", page = "<{/part/a}|{/part/b}>" }
                { path = "/quick", page = "<{/x}{/y}>" }
                { path = "/tree", page = "<1{/left}2{/right}3>" }
                { path = "/left", page = "<l{/part/a}m{/x}>" }
                { path = "/right", page = "<r{/part/b}s>" }
                { path = "/missing", page = "<{/nobody}>" }
                { path = "/nobody" }
                { path = "/deep", page = "<{/deep}>" }
                { path = "/bad", page = "<a{/part/b}{/throws}c>" }
                { path = "/throws", part = fail }
                { path = "/part", part = on }
              ]
            } ]
            """;

    private final PagePlugin pages = new PagePlugin();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), pages);

    @OnBothDrivers
    void the_parts_come_in_the_order_of_the_page_whoever_is_first(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            for (String order : new String[] {"a b", "b a"}) {
                client.send(get("/page"));
                for (String part : order.split(" ")) {
                    pages.put("/part/" + part, part.toUpperCase(Locale.ROOT));
                    pages.end("/part/" + part);
                    server.turn();
                }
                assertEquals("<A|B>", client.response().text(), order);
                assertEquals("GET /x ", client.send(get("/x")).response().text());
            }
        }
        server.assertNothingHeld();
        assertEquals(0, Counters.failures(server));
    }

    @OnBothDrivers
    void pieces_of_all_parts_in_any_order_come_in_the_pages_order(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/page"));
            pages.put("/part/b", "1");
            pages.put("/part/a", "2");
            pages.put("/part/b", "3");
            pages.put("/part/a", "4");
            pages.end("/part/b");
            pages.put("/part/a", "5");
            pages.end("/part/a");
            assertEquals("<245|13>", client.response().text());
        }
    }

    @OnBothDrivers
    void a_part_whose_turn_it_is_is_sent_at_once(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/page"));
            pages.put("/part/a", "now");
            pages.awaitTold("DONE /part/a");
            assertEquals(200, client.responseHead().status());
            Await.until("it is here", () -> !client.isSilent());
            pages.put("/part/b", "later");
            // Nothing is read ahead for one that has to wait.
            pages.awaitTold("AGAIN /part/b");
            assertFalse(pages.told.contains("writable /part/b"));
            pages.end("/part/a");
            pages.awaitTold("writable /part/b");
            pages.end("/part/b");
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void who_asked_for_a_part_hears_how_it_came_out(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            assertEquals(
                    "<GET /x of=/quickGET /y of=/quick>",
                    client.send(get("/quick")).response().text());
            assertTrue(pages.told.contains("200 /x"), pages.told.toString());
            Response missing = client.send(get("/missing")).response();
            assertEquals(200, missing.status());
            assertTrue(missing.text().contains("404"), missing.text());
            pages.awaitTold("404 /nobody");
        }
    }

    @OnBothDrivers
    void parts_have_parts(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            for (String order : new String[] {"a b", "b a"}) {
                client.send(get("/tree"));
                for (String part : order.split(" ")) {
                    pages.put("/part/" + part, part);
                    pages.end("/part/" + part);
                    server.turn();
                }
                assertEquals("<1<lamGET /x of=/left>2<rbs>3>", client.response().text(), order);
            }
        }
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_page_that_asks_for_itself_ends(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            // The deepest one fails after its header: the page cannot be made.
            client.send(get("/deep"));
            client.awaitEnding();
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        assertEquals(1, Counters.failures(server));
    }

    @OnBothDrivers
    void a_part_that_throws_ends_the_page_and_all_parts(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/bad"));
            client.awaitEnding();
            pages.awaitTold("aborted /part/b");
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        assertEquals(1, Counters.failures(server));
    }

    @OnBothDrivers
    void a_client_that_goes_away_aborts_all_parts(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/tree"));
            pages.put("/part/b", "b");
            pages.awaitTold("AGAIN /part/b");
            client.reset();
            pages.awaitTold("aborted /part/a");
            pages.awaitTold("aborted /part/b");
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        pages.end("/part/a");
        server.turn();
        assertEquals(0, Counters.failures(server));
    }

    @OnBothDrivers
    void a_part_may_take_longer_than_a_client_may(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/page"));
            pages.put("/part/b", "b");
            pages.awaitTold("AGAIN /part/b");
            server.advance(Duration.ofMinutes(10));
            pages.put("/part/a", "a");
            pages.end("/part/a");
            pages.end("/part/b");
            assertEquals("<a|b>", client.response().text());
        }
    }

    @OnBothDrivers
    void what_is_pipelined_behind_a_page_waits_for_it(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/page") + get("/x") + get("/quick"));
            pages.end("/part/b");
            pages.end("/part/a");
            assertEquals("<|>", client.response().text());
            assertEquals("GET /x ", client.response().text());
            assertEquals("<GET /x of=/quickGET /y of=/quick>", client.response().text());
        }
    }

    @OnBothDrivers
    void a_head_request_gets_the_head_of_the_page(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send("HEAD /page HTTP/1.1\r\nHost: a\r\n\r\n");
            pages.put("/part/a", "a");
            pages.end("/part/a");
            pages.end("/part/b");
            assertEquals(200, client.responseHead().status());
            assertEquals("GET /x ", client.send(get("/x")).response().text());
        }
    }

    @OnBothDrivers
    void a_page_for_http_1_0_ends_with_the_connection(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send("GET /quick HTTP/1.0\r\n\r\n");
            assertEquals("<GET /x of=/quickGET /y of=/quick>", client.response().text());
            client.awaitClosed();
        }
    }
}

package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ranges and conditions of requests that peers answer. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PeerRangesTest {
    private static final String BODY = "0123456789".repeat(20_000);
    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nETag: \"peers\"\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                    + "Accept-Ranges: none\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;
    private static final String FORCED = "http.proxy.force-ranges = on";

    @RegisterExtension
    final TestServers servers = Proxies.servers();

    private static String get(String... headers) {
        return "GET / HTTP/1.1\r\nHost: a\r\n" + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n")
                + "\r\n";
    }

    private RawClient client(String driver, String more) {
        Origin origin = servers.closing(Origin.answering(ANSWER));
        return servers.closing(servers.start(driver, Proxies.with(more, origin)).client());
    }

    @OnBothDrivers
    void a_peer_that_ignores_ranges_is_passed_on_whole(String driver) {
        RawClient client = client(driver, "");
        Response answer = client.send(get("Range: bytes=2-4")).response();
        assertEquals(200, answer.status());
        assertEquals("[none]", answer.headers("Accept-Ranges").toString());
        assertEquals(BODY, answer.text());
    }

    @OnBothDrivers
    void ranges_are_cut_out_of_its_answer_where_that_is_forced(String driver) {
        RawClient client = client(driver, FORCED);
        Response whole = client.send(get()).response();
        assertEquals("[bytes]", whole.headers("Accept-Ranges").toString());
        assertEquals(BODY, whole.text());
        for (int[] range : new int[][] {{0, 0}, {2, 4}, {5, 150_004}, {199_999, 199_999}, {70_000, 70_000}}) {
            Response part = client.send(get("Range: bytes=" + range[0] + "-" + range[1]))
                    .response();
            assertEquals(206, part.status());
            assertEquals("bytes " + range[0] + "-" + range[1] + "/200000", part.header("Content-Range"));
            assertFalse(part.hasHeader("Accept-Ranges"));
            assertEquals(BODY.substring(range[0], range[1] + 1), part.text());
        }
        assertEquals("89", client.send(get("Range: bytes=-2")).response().text());
        // A body that streams by gives one range.
        assertEquals(BODY, client.send(get("Range: bytes=2-4,7-9")).response().text());
    }

    @OnBothDrivers
    void its_tag_and_date_are_those_that_ranges_are_compared_with(String driver) {
        RawClient client = client(driver, FORCED);
        for (String same : new String[] {"\"peers\"", "Sun, 06 Nov 1994 08:49:37 GMT"}) {
            assertEquals(
                    206,
                    client.send(get("Range: bytes=2-4", "If-Range: " + same))
                            .response()
                            .status());
        }
        for (String other : new String[] {"\"other\"", "Sun, 06 Nov 1994 08:49:38 GMT"}) {
            assertEquals(
                    200,
                    client.send(get("Range: bytes=2-4", "If-Range: " + other))
                            .response()
                            .status());
        }
    }

    @OnBothDrivers
    void a_range_behind_its_end_is_refused_and_its_body_goes_nowhere(String driver) {
        RawClient client = client(driver, FORCED);
        Response refused = client.send(get("Range: bytes=200000-")).response();
        assertEquals("416 bytes */200000", refused.status() + " " + refused.header("Content-Range"));
        assertEquals("2", client.send(get("Range: bytes=2-2")).response().text());
    }

    @OnBothDrivers
    void conditions_are_the_peers_to_weigh(String driver) {
        RawClient client = client(driver, FORCED);
        String[] conditions = {
            "If-None-Match: \"peers\"", "If-Match: \"other\"", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT"
        };
        for (String condition : conditions) {
            Response answer = client.send(get(condition)).response();
            assertEquals(200, answer.status(), condition);
            assertTrue(answer.text().equals(BODY), condition);
        }
    }
}

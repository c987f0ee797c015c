package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Filters know of a peer's answer what they know of our own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnswerHeadTest {
    private final Watching watching = new Watching();

    @RegisterExtension
    final TestServers servers = Proxies.servers(watching);

    @OnBothDrivers
    void date_tag_and_type_of_a_peers_answer_are_known_and_sent_once(String driver) {
        Response answer = ask(
                driver,
                "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\nETag: W/\"x-1\"\r\nContent-Type: text/css; charset=utf-8\r\n");
        assertEquals("784111777 W/\"x-1\" text/css; charset=utf-8", watching.answer);
        assertEquals(List.of("Sun, 06 Nov 1994 08:49:37 GMT"), answer.headers("Last-Modified"));
        assertEquals(List.of("W/\"x-1\""), answer.headers("ETag"));
        assertEquals(List.of("text/css; charset=utf-8"), answer.headers("Content-Type"));
    }

    @OnBothDrivers
    void what_a_peer_does_not_say_or_says_wrong_is_unknown(String driver) {
        ask(driver, "");
        assertEquals("-1 none none", watching.answer);
        ask(driver, "Last-Modified: yesterday\r\nETag: \r\n");
        assertEquals("-1  none", watching.answer);
        ask(driver, "Last-Modified: " + "9".repeat(2000) + "\r\n");
        assertEquals("-1 none none", watching.answer);
    }

    private Response ask(String driver, String headers) {
        Origin origin =
                servers.closing(Origin.answering("HTTP/1.1 200 OK\r\n" + headers + "Content-Length: 5\r\n\r\nhello"));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client = server.client()) {
            return client.send(Proxies.get("/")).response();
        }
    }
}

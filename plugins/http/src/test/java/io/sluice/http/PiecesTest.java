package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** However the network cuts a request, it means the same. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PiecesTest {
    private static final String CONF = """
            http.client-header-buffer-size = 128
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [
                { path = "/", return { status = 200, text = "$request_method $uri $args $http_x $http_long" } }
                { path = "/read", count-body = on }
              ]
            } ]
            """;
    private static final String REQUEST =
            "GET /a/%41/../b?c=d HTTP/1.1\r\nHost: a\r\nX: y z \r\nLong: " + "l".repeat(90) + "\r\nAccept: */*\r\n\r\n";
    private static final String ANSWER = "GET /a/b c=d y z " + "l".repeat(90);

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new BodyCounting());

    @OnBothDrivers
    void requests_in_single_bytes_are_answered(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            for (int i = 0; i < 3; i++) {
                client.sendInPieces(REQUEST, 1);
                assertEquals(ANSWER, client.response().text());
            }
        }
    }

    @OnBothDrivers
    void a_request_cut_at_any_place_is_answered(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            for (int cut = 1; cut < REQUEST.length(); cut++) {
                client.send(REQUEST.substring(0, cut));
                // So that it is read as two pieces.
                server.turn();
                client.send(REQUEST.substring(cut));
                assertEquals(ANSWER, client.response().text(), "cut at " + cut);
            }
        }
    }

    @OnBothDrivers
    void two_requests_cut_at_any_place_are_answered(String driver) {
        String two =
                REQUEST + "POST /read HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nxxx\r\n0\r\n\r\n";
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            for (int cut = 1; cut < two.length(); cut++) {
                client.send(two.substring(0, cut));
                server.turn();
                client.send(two.substring(cut));
                assertEquals(ANSWER, client.response().text(), "cut at " + cut);
                assertEquals("3 x", client.response().text(), "cut at " + cut);
            }
        }
    }

    @OnBothDrivers
    void a_request_with_a_body_cut_at_any_place_and_sent_in_one_is_answered(String driver) {
        String post = "POST /read HTTP/1.1\r\nHost: b\r\nContent-Length: 7\r\n\r\nxxxxxxx";
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(post.repeat(30));
            for (int i = 0; i < 30; i++) {
                assertEquals("7 x", client.response().text());
            }
            for (int cut = 1; cut < post.length(); cut++) {
                client.send(post.substring(0, cut));
                server.turn();
                client.send(post.substring(cut) + REQUEST);
                assertEquals("7 x", client.response().text(), "cut at " + cut);
                Response next = client.response();
                assertEquals(ANSWER, next.text(), "cut at " + cut);
            }
        }
    }

    @OnBothDrivers
    void a_big_head_of_any_size_is_answered(String driver) {
        String defaults = CONF.replace("http.client-header-buffer-size = 128\n", "");
        try (RawClient client = servers.start(driver, defaults).client()) {
            for (int size = 900; size < 30_000; size += 997) {
                StringBuilder head = new StringBuilder("GET /" + size + " HTTP/1.1\r\nHost: a\r\n");
                while (head.length() < size) {
                    head.append("Cookie: ").append("c".repeat(500)).append("\r\n");
                }
                client.send(head + "X: end\r\n\r\n");
                assertEquals("GET /" + size + "  end ", client.response().text());
            }
        }
    }
}

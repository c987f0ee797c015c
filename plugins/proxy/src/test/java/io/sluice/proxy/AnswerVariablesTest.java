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

/** What a peer's head says, as variables: {@code $upstream_http_name}, {@code $upstream_cookie_name}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnswerVariablesTest {
    private static final String CONF = """
            http.add-header = [
              { name = X-Header, value = "[$upstream_http_x_one]", always = on }
              { name = X-Cookie, value = "[$upstream_cookie_app]", always = on }
            ]
            """;

    @RegisterExtension
    final TestServers servers = Proxies.servers();

    private static String head(String headers) {
        return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: 2\r\n\r\nok";
    }

    private static String variables(RawClient client) {
        Response response = client.send(Proxies.get("/")).response();
        return response.header("X-Header") + response.header("X-Cookie");
    }

    @OnBothDrivers
    void a_header_has_all_its_values_and_a_cookie_that_of_its_first(String driver) {
        Origin origin = servers.closing(Origin.answering(
                head("x-ONE: 1\r\nSet-Cookie: app=a; Path=/\r\nX-One: 2\r\nSet-Cookie: app=b\r\n"),
                head("X-One-More: 1\r\nSet-Cookie: apps=a\r\nSet-Cookie: x=app=b\r\n"),
                head("X-One:\r\nSet-Cookie: APP  =  a b ;x\r\n"),
                head("Set-Cookie: app\r\nSet-Cookie: ap\r\nSet-Cookie: app;\r\nSet-Cookie: app=\r\n"),
                head("Set-Cookie: app==\r\n")));
        TestServer server = servers.start(driver, Proxies.with(CONF, origin));
        try (RawClient client = server.client()) {
            for (String expected : List.of("[1, 2][a]", "[][]", "[][a b ]", "[][]", "[][=]")) {
                assertEquals(expected, variables(client));
            }
        }
    }

    @OnBothDrivers
    void they_are_those_of_the_answer_at_hand_and_of_no_other(String driver) {
        Origin failing = servers.closing(Origin.running(session -> {
            session.readRequest();
            session.send("HTTP/1.1 503 No\r\nX-One: stale\r\nSet-Cookie: app=stale\r\nContent-Length: 0\r\n\r\n");
        }));
        Origin silent = servers.closing(Origin.closingAfter(0, ""));
        TestServer server = servers.start(
                driver, Proxies.with(CONF + "http.proxy.next-upstream = [error, http-503]", failing, silent));
        try (RawClient client = server.client()) {
            Response response = client.send(Proxies.get("/")).response();
            assertEquals(502, response.status());
            assertEquals("[][]", response.header("X-Header") + response.header("X-Cookie"));
        }
    }

    @OnBothDrivers
    void an_answer_in_single_bytes_has_them_too(String driver) {
        Origin origin = servers.closing(Origin.answeringInPieces(1, head("X-One: 1\r\nSet-Cookie: app=a\r\n")));
        TestServer server = servers.start(driver, Proxies.with(CONF, origin));
        try (RawClient client = server.client()) {
            assertEquals("[1][a]", variables(client));
        }
    }
}

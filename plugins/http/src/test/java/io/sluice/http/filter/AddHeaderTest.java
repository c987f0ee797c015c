package io.sluice.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.http.HttpPlugin;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code add-header} says is added. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AddHeaderTest {
    private static final String CONF = """
            http.add-header = [ { name = X-Outer, value = outer } ]
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [
                { path = "/", serve = on }
                { path = "/inner", serve = on, add-header = [
                    { name = X-Method, value = "$request_method of $uri" }
                    { name = X-Arg, value = "$arg_a" }
                    { name = X-Always, value = yes, always = on }
                    { name = Cache-Control, value = private }
                    { name = Cache-Control, value = "max-age=1" } ] }
                { path = "/none", serve = on, add-header = [] }
                { path = "/validators", serve = on, add-header = [
                    { name = ETag, value = "\\"mine\\"" }
                    { name = last-modified, value = "$arg_date" } ] }
              ]
            } ]
            """;

    private final Serving serving = new Serving();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), serving);

    private static Response get(RawClient client, String target) {
        return client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n").response();
    }

    @OnBothDrivers
    void an_inner_list_takes_the_place_of_the_outer(String driver) {
        RawClient client = servers.closing(servers.start(driver, CONF).client());
        assertEquals("outer", get(client, "/").header("X-Outer"));
        Response inner = get(client, "/inner?a=b");
        assertFalse(inner.hasHeader("X-Outer"));
        assertEquals("GET of /inner", inner.header("X-Method"));
        assertEquals("b", inner.header("X-Arg"));
        assertEquals(List.of("private", "max-age=1"), inner.headers("Cache-Control"));
        assertFalse(get(client, "/none").hasHeader("X-Outer"));
    }

    @OnBothDrivers
    void a_value_without_bytes_adds_nothing(String driver) {
        RawClient client = servers.closing(servers.start(driver, CONF).client());
        assertFalse(get(client, "/inner").hasHeader("X-Arg"));
    }

    @OnBothDrivers
    void errors_get_only_what_is_for_always(String driver) {
        RawClient client = servers.closing(servers.start(driver, CONF).client());
        serving.answer = (request, _) -> request.answer(404);
        Response error = get(client, "/inner");
        assertFalse(error.hasHeader("X-Method"));
        assertEquals("yes", error.header("X-Always"));
        for (int status : new int[] {200, 201, 301, 302, 303, 307, 308}) {
            serving.answer = (request, _) -> request.respond(status, "x");
            assertEquals("GET of /inner", get(client, "/inner").header("X-Method"), "status " + status);
        }
        for (int status : new int[] {202, 400, 403, 500, 503}) {
            serving.answer = (request, _) -> request.respond(status, "x");
            assertNull(get(client, "/inner").header("X-Method"), "status " + status);
        }
    }

    @OnBothDrivers
    void what_a_filter_answers_has_them_too(String driver) {
        RawClient client = servers.closing(servers.start(driver, CONF).client());
        String range = "GET /inner HTTP/1.1\r\nHost: a\r\nRange: bytes=99-\r\n\r\n";
        Response refused = client.send(range).response();
        assertEquals(
                "416 null yes", refused.status() + " " + refused.header("X-Method") + " " + refused.header("X-Always"));
        assertEquals(1, refused.headers("X-Always").size());
        String partly = "GET /inner HTTP/1.1\r\nHost: a\r\nRange: bytes=2-3\r\n\r\n";
        assertEquals("GET of /inner", client.send(partly).response().header("X-Method"));
    }

    @OnBothDrivers
    void a_date_and_a_tag_take_the_place_of_those_the_answer_has(String driver) {
        RawClient client = servers.closing(servers.start(driver, CONF).client());
        serving.answer = (request, _) -> {
            Serving.describe(request, 10);
            request.sendHeader();
            return Serving.sent(request, Serving.memory(request, "0123456789", true));
        };
        Response none = get(client, "/validators");
        assertEquals(List.of("\"mine\""), none.headers("ETag"));
        assertFalse(none.hasHeader("Last-Modified"));
        assertEquals(
                List.of("yesterday"), get(client, "/validators?date=yesterday").headers("Last-Modified"));
    }

    @OnBothDrivers
    void ranges_are_compared_with_what_is_sent(String driver) {
        RawClient client = servers.closing(servers.start(driver, CONF).client());
        String with = "GET /validators HTTP/1.1\r\nHost: a\r\nRange: bytes=1-2\r\nIf-Range: ";
        assertEquals(206, client.send(with + "\"mine\"\r\n\r\n").response().status());
        assertEquals(200, client.send(with + "\"tag\"\r\n\r\n").response().status());
        assertEquals(
                200,
                client.send(with + "Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n")
                        .response()
                        .status());
    }

    @OnBothDrivers
    void nobody_writes_a_second_line_by_a_value(String driver) {
        String conf = CONF.replace("$arg_a", "$uri");
        TestServer server = servers.start(driver, conf);
        RawClient client = servers.closing(server.client());
        Response response = get(client, "/inner%0d%0aSet-Cookie:%20a=b");
        assertFalse(response.hasHeader("Set-Cookie"), response.toString());
        assertFalse(response.hasHeader("X-Arg"));
        assertEquals("yes", response.header("X-Always"));
        // Logs have a thread of their own.
        Await.until(
                "the log to tell", Duration.ofSeconds(20), () -> server.log().has("control character"));
    }

    @Test
    void bad_names_and_values_are_refused_with_their_line() {
        assertRefused("{ name = \"X Y\", value = a }", "\"X Y\" cannot be the name of a header");
        assertRefused("{ name = \"X:\", value = a }", "\"X:\" cannot be the name of a header");
        assertRefused("{ name = \"X\\r\\nY\", value = a }", "\"X??Y\" cannot be the name of a header");
        assertRefused("{ name = X, value = \"a\\r\\nY: b\" }", "the value of X has a control character");
        assertRefused("{ name = content-length, value = 5 }", "content-length says how an answer is framed");
        assertRefused(
                "{ name = Transfer-Encoding, value = chunked }", "Transfer-Encoding says how an answer is framed");
        assertRefused("{ name = Connection, value = close }", "Connection says how an answer is framed");
        assertRefused("{ name = X, value = \"$unknown\" }", "unknown");
    }

    private void assertRefused(String header, String why) {
        String conf = CONF.replace("{ name = X-Outer, value = outer }", header);
        ConfigurationException refused = Assertions.assertThrows(
                ConfigurationException.class,
                () -> TestServer.of(new HttpPlugin(), serving).load(conf));
        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).contains("test.conf:1:"), refused.getMessage());
    }
}

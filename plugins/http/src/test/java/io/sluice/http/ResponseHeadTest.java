package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.http.parse.HeaderName;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a handler says of its answer's head, and what others read of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ResponseHeadTest {
    private static final String CONF = """
            http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", head = on } ] } ]
            """;
    private static final byte[] TAG = "W/\"6-1\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OWN_TYPE = "text/own".getBytes(StandardCharsets.US_ASCII);

    /** Does with the head what the path says. */
    private static final class HeadPlugin implements Plugin {
        @Override
        public String id() {
            return "head";
        }

        @Override
        public void configure(PluginBinder binder) {
            HttpBinder.of(binder).content("head", location -> worker -> HeadPlugin::answer);
        }

        private static Outcome answer(HttpRequest request) {
            switch (request.path()) {
                case "/dated" -> {
                    request.lastModified(784_111_777);
                    request.entityTag(TAG);
                }
                case "/once" -> {
                    request.addHeader("Last-Modified", "Mon, 01 Jan 2001 00:00:00 GMT");
                    request.addHeader("ETag", "\"other\"");
                    request.lastModified(784_111_777);
                    request.entityTag(TAG);
                }
                case "/removed" -> {
                    request.addHeader("Vary", "a");
                    request.addHeader("X-Stays", "1");
                    request.addHeader("vary", "b");
                    request.removeResponseHeader(HeaderName.VARY);
                }
                default -> {
                    return request.respond(200, asked(request));
                }
            }
            return request.respond(200, "body");
        }

        private static String asked(HttpRequest request) {
            request.addHeader("X-First", "1");
            request.addHeader("Vary", "Accept");
            request.contentType(OWN_TYPE);
            byte[] type = request.contentType();
            byte[] value = new byte[4];
            int vary = request.responseHeaderIndex(HeaderName.VARY);
            int length = request.responseHeaderValue(vary, value);
            byte[] host = new byte[3];
            int copied = request.headerValue(request.header(HeaderName.HOST), host);
            return request.responseHeaderCount() + " " + vary + " "
                    + (request.responseHeaderId(vary) == HeaderName.VARY.ordinal()) + " " + length + " "
                    + new String(value, StandardCharsets.US_ASCII) + " "
                    + request.responseHeaderIndex(HeaderName.ETAG) + " "
                    + (type == OWN_TYPE) + " " + request.lastModified() + " " + (request.entityTag() == null) + " "
                    + request.allowsRanges() + " " + request.isMain() + " "
                    + request.headerValue(request.header(HeaderName.HOST)) + " " + copied + " "
                    + new String(host, StandardCharsets.US_ASCII);
        }
    }

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new HeadPlugin());

    @OnBothDrivers
    void the_date_and_the_tag_are_written(String driver) {
        Response response = get(driver, "/dated");
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", response.header("Last-Modified"));
        assertEquals("W/\"6-1\"", response.header("ETag"));
        assertNull(get(driver, "/plain").header("Last-Modified"));
        assertNull(get(driver, "/plain").header("ETag"));
    }

    @OnBothDrivers
    void what_is_set_takes_the_place_of_what_was_added(String driver) {
        Response response = get(driver, "/once");
        assertEquals(1, response.head().split("Last-Modified", -1).length - 1, response.head());
        assertEquals(1, response.head().split("ETag", -1).length - 1, response.head());
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", response.header("Last-Modified"));
    }

    @OnBothDrivers
    void all_headers_of_a_name_are_taken_out(String driver) {
        Response response = get(driver, "/removed");
        assertNull(response.header("Vary"));
        assertEquals("1", response.header("X-Stays"));
    }

    @OnBothDrivers
    void what_was_said_can_be_asked_for(String driver) {
        assertEquals(
                "2 1 true 6 Acce -1 true -1 true false true host 3 hos",
                get(driver, "/asked").text());
    }

    private Response get(String driver, String path) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: host\r\n\r\n")
                    .response();
        }
    }
}

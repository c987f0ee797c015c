package io.sluice.gzip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.core.cycle.Cycle;
import io.sluice.http.HttpPlugin;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingsTest {
    @RegisterExtension
    final TestServers servers = Gzips.servers();

    @Test
    void what_cannot_be_is_refused_with_its_line() {
        refused("http.gzip.comp-level = 0", "comp-level", "not between 1 and 9");
        refused("http.gzip.comp-level = 10", "comp-level", "not between 1 and 9");
        refused("http.gzip.min-length = -1", "min-length", "size in bytes");
        refused("http.gzip.http-version = \"2.0\"", "http-version must be 1.0 or 1.1");
        refused("http.gzip.proxied = sometimes", "proxied", "expired");
        refused("http.gzip.types = [\"text/css; charset=utf-8\"]", "types must be names such as text/css");
        refused("http.gzip.types = [html]", "types must be names such as text/css");
        refused("http.gzip.buffers.number = 0", "number", "not between 1 and 64");
        refused("http.gzip.buffers.size = 65k", "buffers.size must be from 256 to 64k");
        refused("http.gzip.buffers.size = 255", "buffers.size must be from 256 to 64k");
        refused("http.gzip.disable = \"\"", "disable must not be empty");
        refused("http.gzip.level = 3", "level");
    }

    @OnBothDrivers
    void it_is_off_until_it_is_switched_on_and_each_place_decides(String driver) {
        TestServer server = servers.start(driver, """
                http.default-type = text/html
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  gzip.min-length = 100
                  locations = [
                    { path = "/off", return = { status = 200, text = "%1$s" } }
                    { path = "/on", gzip = on, return = { status = 200, text = "%1$s" } }
                    { path = "/long", gzip.enabled = on, gzip.min-length = 100k, return = { status = 200, text = "%1$s" } }
                  ]
                } ]
                """.formatted(Gzips.TEXT));
        try (RawClient client = server.client()) {
            assertNull(client.send(path("/off")).response().header("Content-Encoding"));
            assertEquals(Gzips.TEXT, Gzips.unzipped(client.send(path("/on")).response()));
            assertNull(client.send(path("/long")).response().header("Content-Encoding"));
        }
    }

    @OnBothDrivers
    void a_higher_level_makes_less_of_it(String driver) {
        String text = ordered();
        int[] sizes = new int[2];
        int[] levels = {1, 9};
        for (int i = 0; i < 2; i++) {
            TestServer server = servers.start(driver, """
                    http.gzip = { enabled = on, types = "*", comp-level = %d }
                    http.servers = [ { listen = ["127.0.0.1:0"]
                      locations = [ { path = "/", return = { status = 200, text = "%s" } } ] } ]
                    """.formatted(levels[i], text));
            try (RawClient client = server.client()) {
                var response = client.send(path("/")).response();
                assertEquals(text, Gzips.unzipped(response));
                sizes[i] = response.body().length;
            }
        }
        assertTrue(sizes[1] < sizes[0] * 9 / 10, sizes[0] + " and " + sizes[1]);
    }

    @Test
    void the_filter_stands_above_what_frames_the_body_and_its_bit_is_that_of_nginx() {
        Cycle cycle = TestServer.of(new HttpPlugin(), new GzipPlugin()).load("http {}");
        assertTrue(cycle.bits().map().contains("0x20 connection http-gzip (gzip)"));
        List<String> filters = cycle.descriptions().get("http filters").get();
        assertTrue(filters.contains("gzip"), filters.toString());
        assertTrue(filters.indexOf("gzip") < filters.indexOf("chunked"), filters.toString());
    }

    private static String ordered() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4000; i++) {
            text.append("row ")
                    .append(i * 7919 % 1000)
                    .append(" of the table, value ")
                    .append(i % 37);
        }
        return text.toString();
    }

    private static String path(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n";
    }

    private static void refused(String line, String... said) {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> TestServer.of(new HttpPlugin(), new GzipPlugin())
                        .load("\n" + line + "\nhttp.servers = [ { listen = [\"127.0.0.1:0\"]\n"
                                + "locations = [ { path = \"/\", return = 204 } ] } ]"));
        String message = String.valueOf(refused.getMessage());
        for (String text : said) {
            assertTrue(message.contains(text), message);
        }
        assertTrue(message.contains(": 2: ") || message.contains(":2: "), message);
    }
}

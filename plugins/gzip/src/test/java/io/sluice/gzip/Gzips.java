package io.sluice.gzip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/** What the tests of compression start from. */
final class Gzips {
    /** A text that is longer than gzip.min-length. */
    static final String TEXT = "as it was in the beginning, is now and ever shall be, ".repeat(8);

    private Gzips() {}

    /** Servers with http, proxy, upstreams, the balancer that ships, gzip, and more. */
    static TestServers servers(Plugin... more) {
        List<Plugin> plugins = new ArrayList<>(List.of(more));
        plugins.add(new GzipPlugin());
        for (Plugin found : Plugins.in(Gzips.class.getClassLoader())) {
            // By name: a test is in the module that it tests, which knows nothing of proxies.
            if (List.of("http", "files", "proxy", "upstreams", "balance.round-robin")
                    .contains(found.id())) {
                plugins.add(found);
            }
        }
        return new TestServers(plugins.toArray(Plugin[]::new));
    }

    /** A proxy of everything to an origin, with gzip on for all types. */
    static String to(Origin origin) {
        return to(origin, "");
    }

    /** As {@link #to(Origin)}, with more lines of configuration. */
    static String to(Origin origin, String more) {
        return """
                http.gzip = { enabled = on, types = ["*"] }
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [ { path = "/", proxy.pass = "http://%s" } ]
                } ]
                %s
                """.formatted(origin.authority(), more);
    }

    static String get(String more) {
        return "GET / HTTP/1.1\r\nHost: a\r\n" + more + "\r\n";
    }

    /** A request of a client that accepts gzip. */
    static String accepting() {
        return get("Accept-Encoding: gzip\r\n");
    }

    static String ok(String body) {
        return ok("", body);
    }

    /** @param headers lines with their CRLF */
    static String ok(String headers, String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + headers + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    /** The body of a response that must be compressed, as it was before. */
    static String unzipped(Response response) {
        assertEquals(List.of("gzip"), response.headers("Content-Encoding"), response.head());
        assertNull(response.header("Content-Length"), response.head());
        return new String(unzip(response.body()), StandardCharsets.ISO_8859_1);
    }

    static byte[] unzip(byte[] compressed) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException("of " + compressed.length + " bytes", broken);
        }
    }

    /** Letters without much order: about three quarters of their size when compressed. */
    static String letters(long seed, int count) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append((char) ('!' + random.nextInt(90)));
        }
        return text.toString();
    }
}

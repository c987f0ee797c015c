package io.sluice.gzip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who gets a compressed response: the client's words, and those of proxies on the way. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AcceptanceTest {
    private static final String PAST = "Expires: Thu, 01 Jan 1998 00:00:00 GMT\r\n";
    private static final String FUTURE = "Expires: Thu, 01 Jan 2105 00:00:00 GMT\r\n";
    private static final String MODIFIED = "Last-Modified: Thu, 01 Jan 1998 00:00:00 GMT\r\n";
    private static final String TAGGED = "ETag: \"a\"\r\n";
    private static final String VIA = "Via: 1.1 other\r\n";

    @RegisterExtension
    final TestServers servers = Gzips.servers();

    @OnBothDrivers
    void the_weights_of_all_accept_encoding_lines_count(String driver) {
        Asking asking = new Asking(driver, "", "");
        assertEquals(true, asking.zips("Accept-Encoding: gzip\r\n"));
        assertEquals(false, asking.zips(""));
        assertEquals(false, asking.zips("Accept-Encoding: gzip;q=0\r\n"));
        assertEquals(true, asking.zips("Accept-Encoding: br\r\nX: y\r\nAccept-Encoding: gzip;q=0.1\r\n"));
        assertEquals(false, asking.zips("Accept-Encoding: *\r\nAccept-Encoding: gzip;q=0\r\n"));
        assertEquals(false, asking.zips("Accept-Encoding: gzip;;\r\n"));
        assertEquals(false, asking.zips("Accept-Encoding: gzip" + ",br".repeat(1400) + "\r\n"));
        assertEquals(true, asking.zips("Accept-Encoding: gzip" + ",br".repeat(1300) + "\r\n"));
        asking.close();
    }

    @OnBothDrivers
    void http_1_0_gets_it_only_where_it_is_allowed(String driver) {
        String old = "GET / HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n";
        Asking not = new Asking(driver, "", "");
        assertTrue(!not.raw(old).contains("Content-Encoding"));
        not.close();
        Asking allowed = new Asking(driver, "", "http.gzip.http-version = \"1.0\"");
        assertTrue(allowed.raw(old).contains("\r\nContent-Encoding: gzip\r\n"));
        allowed.close();
    }

    @OnBothDrivers
    void agents_that_contain_a_text_of_disable_get_nothing_compressed(String driver) {
        Asking asking = new Asking(driver, "", "http.gzip.disable = [\"MSIE 6\", \"old(robot)\"]");
        String accepting = "Accept-Encoding: gzip\r\n";
        assertEquals(true, asking.zips(accepting));
        assertEquals(true, asking.zips(accepting + "User-Agent: Mozilla/5.0\r\n"));
        assertEquals(false, asking.zips(accepting + "User-Agent: Mozilla (compatible; msie 6.0)\r\n"));
        assertEquals(false, asking.zips(accepting + "User-Agent: OLD(Robot)\r\n"));
        assertEquals(true, asking.zips(accepting + "User-Agent: oldrobot\r\n"));
        asking.close();
    }

    @OnBothDrivers
    void by_default_nothing_is_compressed_for_proxies(String driver) {
        assertEquals(false, viaProxy(driver, "", ""));
        assertEquals(false, viaProxy(driver, "[off, any]", ""));
        assertEquals(true, viaProxy(driver, "any", ""));
    }

    @OnBothDrivers
    void expired_means_an_expires_before_the_date(String driver) {
        assertEquals(true, viaProxy(driver, "expired", PAST));
        assertEquals(false, viaProxy(driver, "expired", FUTURE));
        assertEquals(false, viaProxy(driver, "expired", "Expires: 0\r\n"));
        assertEquals(false, viaProxy(driver, "no-cache", PAST));
        assertEquals(false, viaProxy(driver, "no-cache", PAST + "Cache-Control: no-cache\r\n"));
    }

    @OnBothDrivers
    void words_of_cache_control_decide_where_there_is_no_expires(String driver) {
        assertEquals(true, viaProxy(driver, "no-cache", "Cache-Control: no-cache\r\n"));
        assertEquals(true, viaProxy(driver, "no-cache", "Cache-Control: max-age=0\r\nCache-Control: x, No-Cache\r\n"));
        assertEquals(true, viaProxy(driver, "[no-store, private]", "Cache-Control: private\r\n"));
        assertEquals(true, viaProxy(driver, "[no-store, private]", "Cache-Control: no-store\r\n"));
        assertEquals(false, viaProxy(driver, "[no-store, private]", "Cache-Control: no-cache\r\n"));
        assertEquals(false, viaProxy(driver, "expired", "Cache-Control: no-cache\r\n"));
        assertEquals(false, viaProxy(driver, "[no-last-modified, no-cache]", "Cache-Control: max-age=5\r\n"));
    }

    @OnBothDrivers
    void where_nothing_is_said_of_caching_the_validators_decide(String driver) {
        assertEquals(true, viaProxy(driver, "no-last-modified", ""));
        assertEquals(false, viaProxy(driver, "no-last-modified", MODIFIED));
        assertEquals(true, viaProxy(driver, "no-last-modified", TAGGED));
        assertEquals(true, viaProxy(driver, "no-etag", MODIFIED));
        assertEquals(false, viaProxy(driver, "no-etag", TAGGED));
        assertEquals(false, viaProxy(driver, "[no-etag, no-last-modified]", TAGGED));
        assertEquals(true, viaProxy(driver, "expired", MODIFIED + TAGGED));
    }

    @OnBothDrivers
    void a_request_with_credentials_is_answered_for_its_sender_only(String driver) {
        Asking asking = new Asking(driver, FUTURE, "http.gzip.proxied = auth");
        assertEquals(false, asking.zips(VIA + "Accept-Encoding: gzip\r\n"));
        assertEquals(true, asking.zips(VIA + "Authorization: Basic eDp5\r\nAccept-Encoding: gzip\r\n"));
        asking.close();
    }

    private boolean viaProxy(String driver, String proxied, String headers) {
        Asking asking = new Asking(driver, headers, proxied.isEmpty() ? "" : "http.gzip.proxied = " + proxied);
        boolean zipped = asking.zips(VIA + "Accept-Encoding: gzip\r\n");
        asking.close();
        return zipped;
    }

    /** A server that answers with some headers. */
    private final class Asking {
        private final Origin origin;
        private final TestServer server;

        Asking(String driver, String headers, String more) {
            origin = servers.closing(Origin.answering(Gzips.ok(headers, Gzips.TEXT)));
            server = servers.start(driver, Gzips.to(origin, more));
        }

        boolean zips(String headers) {
            try (RawClient client = server.client()) {
                return client.send(Gzips.get(headers)).response().hasHeader("Content-Encoding");
            }
        }

        String raw(String request) {
            try (RawClient client = server.client()) {
                return client.send(request).readToEnd();
            }
        }

        void close() {
            server.close();
            origin.close();
        }
    }
}

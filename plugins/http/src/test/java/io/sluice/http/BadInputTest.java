package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bytes that other servers have been attacked with: each is answered with one status and a close, and what follows is never a request. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BadInputTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", count-body = on }, { path = "/smuggled", return { status = 299, text = "smuggled" } } ]
            } ]
            """;
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new BodyCounting());

    @OnBothDrivers
    void bad_request_lines_are_refused(String driver) {
        Map<String, Integer> bad = new LinkedHashMap<>();
        bad.put("GET / HTTP/1.1\nHost: a\n\n", 400);
        bad.put("GET / HTTP/1.1\rHost: a\r\r", 400);
        bad.put("GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET /  HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400);
        bad.put(" GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET /\r\n", 400);
        bad.put("GET / HTTP/0.9\r\n\r\n", 400);
        bad.put("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505);
        bad.put("GET / HTTP/1.11\r\nHost: a\r\n\r\n", 400);
        bad.put("GET / HTTP/01.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET / http/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET / XTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET /%2e%2e/%2e%2e/etc HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("\u0016\u0003\u0001\u0002\0\u0001\0", 400);
        refusedAll(driver, bad);
    }

    @OnBothDrivers
    void bad_header_lines_are_refused(String driver) {
        Map<String, Integer> bad = new LinkedHashMap<>();
        for (String line : new String[] {
            "X : a",
            "X\t: a",
            " X: a",
            ": a",
            "X",
            "X\0: a",
            "X: a\0b",
            "X: a\u0001b",
            "X: a\u007fb",
            "X: a\rb",
            "X(: a",
            "X\u00e4: a",
            "\u000bX: a",
            "X: a\r\n folded",
            "X: a\r\n\tfolded",
            "X: a\nY: b"
        }) {
            bad.put("GET / HTTP/1.1\r\nHost: a\r\n" + line + "\r\n\r\n", 400);
        }
        bad.put("GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400);
        bad.put("GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\n", 400);
        refusedAll(driver, bad);
    }

    @OnBothDrivers
    void bad_hosts_are_refused(String driver) {
        Map<String, Integer> bad = new LinkedHashMap<>();
        bad.put("GET / HTTP/1.1\r\n\r\n", 400);
        bad.put("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400);
        bad.put("GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n", 400);
        bad.put("GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400);
        for (String host :
                new String[] {"a b", "a/b", "a@b", "a\"b", "a:x", "a:99999999", "[::1", "a?b", "a,b c", "a#", ""}) {
            bad.put("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 400);
        }
        bad.put("GET http:// HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET http://a@b/ HTTP/1.1\r\nHost: b\r\n\r\n", 400);
        refusedAll(driver, bad);
    }

    @OnBothDrivers
    void bad_lengths_are_refused(String driver) {
        Map<String, Integer> bad = new LinkedHashMap<>();
        for (String length : new String[] {
            "+5",
            "-5",
            "5 5",
            "5,5",
            "5, 6",
            "0x5",
            "5a",
            "",
            "1_0",
            "\"5\"",
            "5.0",
            "99999999999999999999",
            "9223372036854775808"
        }) {
            bad.put("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n", 400);
        }
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400);
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n", 400);
        bad.put("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775807\r\n\r\n", 413);
        refusedAll(driver, bad);
    }

    @OnBothDrivers
    void bad_codings_are_refused(String driver) {
        Map<String, Integer> bad = new LinkedHashMap<>();
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400);
        bad.put("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
        bad.put(
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                400);
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 400);
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400);
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 400);
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n", 400);
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400);
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501);
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501);
        refusedAll(driver, bad);
    }

    @OnBothDrivers
    void bad_chunks_are_refused(String driver) {
        Map<String, Integer> bad = new LinkedHashMap<>();
        for (String body : new String[] {
            "1\nx\r\n0\r\n\r\n",
            "1\r\nx\n0\r\n\r\n",
            "1\r\nx\r\n0\n\r\n",
            "1\r\nx\r\n0\r\n\n",
            "1\rx\r\n0\r\n\r\n",
            "+1\r\nx\r\n0\r\n\r\n",
            "-1\r\nx\r\n0\r\n\r\n",
            "0x1\r\nx\r\n0\r\n\r\n",
            "1_0\r\nx\r\n0\r\n\r\n",
            " 1\r\nx\r\n0\r\n\r\n",
            "\r\nx\r\n0\r\n\r\n",
            "1\r\nxy\r\n0\r\n\r\n",
            "1\r\nx0\r\n\r\n",
            "g\r\nx\r\n0\r\n\r\n",
            "10000000000000001\r\nx\r\n0\r\n\r\n",
            "ffffffffffffffff\r\nx\r\n0\r\n\r\n",
            "8000000000000000\r\nx\r\n0\r\n\r\n",
            "1;a\nb\r\nx\r\n0\r\n\r\n",
            "1;a=\"\r\n\"\r\nx\r\n0\r\n\r\n",
            "1;a=\0\r\nx\r\n0\r\n\r\n",
            "1\r\nx\r\n0\r\nContent-Length: 5\r\n\r\n",
            "1\r\nx\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n",
            "1\r\nx\r\n0\r\nX : y\r\n\r\n",
            "1\r\nx\r\n0\r\n X: y\r\n\r\n",
        }) {
            bad.put("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body, 400);
        }
        refusedAll(driver, bad);
    }

    @OnBothDrivers
    void methods_that_need_more_than_this_server_has_are_refused(String driver) {
        Map<String, Integer> bad = new LinkedHashMap<>();
        bad.put("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", 405);
        bad.put("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405);
        refusedAll(driver, bad);
    }

    @OnBothDrivers
    void what_only_looks_bad_is_answered_and_the_next_request_too(String driver) {
        TestServer server = servers.start(driver, CONF);
        for (String good : new String[] {
            "GET / HTTP/1.1\r\nHost:a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: \t a \t \r\n\r\n",
            "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
            "GET /%2F?a=%zz&b HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /a/../b/./c//d HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX:\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: \u00e4\u00f6\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX!#$%&'*+-.^_`|~: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0;a=\"b;c\";d=e\r\nX: y\r\n\r\n",
            "PROPFIND / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.2\r\nHost: a\r\n\r\n"
        }) {
            try (RawClient client = server.client()) {
                client.send(good + SMUGGLED);
                assertEquals(200, client.response().status(), good);
                assertEquals(299, client.response().status(), good);
            }
        }
    }

    private void refusedAll(String driver, Map<String, Integer> bad) {
        TestServer server = servers.start(driver, CONF);
        StringBuilder wrong = new StringBuilder();
        bad.forEach((bytes, status) -> {
            try {
                refused(server, bytes, status, false);
                refused(server, bytes, status, true);
            } catch (AssertionError | RuntimeException failure) {
                wrong.append(bytes.replace("\r", "\\r").replace("\n", "\\n"))
                        .append(" → ")
                        .append(failure.getMessage())
                        .append('\n');
            }
        });
        assertEquals("", wrong.toString());
        server.awaitOpen(0);
        server.assertNothingHeld();
        assertFalse(
                server.log().has("[error] "),
                () -> "an attack is no error of ours: " + server.log().lines());
    }

    private static void refused(TestServer server, String bytes, int status, boolean piecewise) {
        try (RawClient client = server.client()) {
            if (piecewise) {
                client.sendInPieces(bytes, 7);
            } else {
                client.send(bytes + SMUGGLED);
            }
            Response answer = client.response();
            assertEquals(status, answer.status());
            assertEquals("close", answer.header("Connection"));
            client.shutdownOutput();
            client.awaitClosed();
        }
    }
}

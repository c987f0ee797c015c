package io.sluice.gzip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.http.FilterResult;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** While the filter holds something, its bit says so, and the request does not end. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BufferedBitTest {
    private static final int GZIP = 0x20;
    private static final String LONG = Gzips.letters(5, 400_000);

    private final List<String> seen = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final TestServers servers =
            Gzips.servers(new Answering(request -> request.path().equals("/whole") ? whole(request) : small(request)));

    @OnBothDrivers
    void the_bit_is_set_from_the_first_byte_to_a_flush_or_the_end(String driver) {
        TestServer server = servers.start(driver, Answering.everything(""));
        try (RawClient client = server.client()) {
            assertEquals("onetwothree", Gzips.unzipped(get(client, "/small")));
            // The client may have all of it before the handler has written down the last.
            server.turn();
            assertEquals(
                    List.of(
                            "header: clear",
                            "flush of nothing: clear",
                            "one: set",
                            "two and its flush: clear",
                            "three: set",
                            "flush: clear",
                            "end: clear"),
                    seen);
        }
    }

    @OnBothDrivers
    void a_request_whose_body_was_given_at_once_ends_when_all_of_it_is_compressed(String driver) {
        TestServer server = servers.start(driver, Answering.everything(""));
        try (RawClient client = server.client()) {
            for (int i = 0; i < 3; i++) {
                assertEquals(LONG, Gzips.unzipped(get(client, "/whole")));
            }
            server.turn();
            // More than its share of a turn: the filter held input when the handler was done with the request.
            assertEquals(List.of("AGAIN, set", "AGAIN, set", "AGAIN, set"), seen);
            server.awaitOpen(1);
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void others_are_served_between_the_pieces_of_a_long_body(String driver) {
        TestServer server = servers.start(driver, Answering.everything("workers = 1"));
        try (RawClient slow = server.client();
                RawClient client = server.client()) {
            slow.send("GET /whole HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
            slow.readUntil("\r\n\r\n");
            assertEquals("onetwothree", Gzips.unzipped(get(client, "/small")));
            assertTrue(seen.contains("AGAIN, set"));
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    private Outcome small(HttpRequest request) {
        request.status(200);
        request.sendHeader();
        note(request, "header");
        request.output(request.flushing());
        note(request, "flush of nothing");
        request.output(link(request, "one", false));
        note(request, "one");
        request.output(link(request, "two", true));
        note(request, "two and its flush");
        request.output(link(request, "three", false));
        note(request, "three");
        request.output(request.flushing());
        note(request, "flush");
        request.sendLast();
        note(request, "end");
        return Outcome.DONE;
    }

    private Outcome whole(HttpRequest request) {
        request.status(200);
        request.sendHeader();
        Chain first = null;
        Chain last = null;
        for (int at = 0; at < LONG.length(); at += 40_000) {
            Chain link = link(request, LONG.substring(at, at + 40_000), false);
            if (last == null) {
                first = link;
            } else {
                last.next(link);
            }
            last = link;
        }
        last.buf().lastBuf(true);
        FilterResult result = request.output(first);
        seen.add(result + ", " + bit(request));
        return Outcome.DONE;
    }

    private static Chain link(HttpRequest request, String text, boolean flush) {
        Buf buf = request.pool().take(text.length());
        buf.put(text.getBytes(StandardCharsets.ISO_8859_1));
        return request.pool().link(buf.flush(flush));
    }

    private void note(HttpRequest request, String when) {
        seen.add(when + ": " + bit(request));
    }

    private static String bit(HttpRequest request) {
        return (request.connection().buffered() & GZIP) != 0 ? "set" : "clear";
    }

    private static Response get(RawClient client, String path) {
        return client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n")
                .response();
    }
}

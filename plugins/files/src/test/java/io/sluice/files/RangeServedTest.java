package io.sluice.files;

import static io.sluice.files.Site.ask;
import static io.sluice.files.Site.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files together with the filters of HTTP for ranges and conditions. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RangeServedTest {
    private static final String TAG = "\"5e0d5da5-a\"";
    private static final String DATE = "Thu, 02 Jan 2020 03:04:05 GMT";

    @RegisterExtension
    final Site site = new Site();

    @OnBothDrivers
    void a_range_of_a_file_is_sent(String driver) {
        site.file("a.txt", "0123456789");
        try (RawClient client = site.start(driver, "").client()) {
            assertEquals("bytes", get(client, "/a.txt").header("Accept-Ranges"));
            Response part = ask(client, "GET /a.txt", "Range: bytes=2-4\r\n");
            assertEquals(206, part.status());
            assertEquals("bytes 2-4/10", part.header("Content-Range"));
            assertEquals("3", part.header("Content-Length"));
            assertEquals("234", part.text());
            assertEquals("89", ask(client, "GET /a.txt", "Range: bytes=-2\r\n").text());
            assertEquals("789", ask(client, "GET /a.txt", "Range: bytes=7-\r\n").text());
        }
    }

    @OnBothDrivers
    void several_ranges_are_parts_of_one_body(String driver) {
        site.file("a.txt", "0123456789");
        try (RawClient client = site.start(driver, "").client()) {
            Response parts = ask(client, "GET /a.txt", "Range: bytes=0-1,8-9\r\n");
            assertEquals(206, parts.status());
            String type = String.valueOf(parts.header("Content-Type"));
            assertTrue(type.startsWith("multipart/byteranges; boundary="), type);
            assertEquals(Integer.parseInt(String.valueOf(parts.header("Content-Length"))), parts.body().length);
            assertTrue(parts.text().contains("Content-Range: bytes 0-1/10\r\n\r\n01\r\n"), parts.text());
            assertTrue(parts.text().contains("Content-Range: bytes 8-9/10\r\n\r\n89\r\n"), parts.text());
        }
    }

    @OnBothDrivers
    void a_range_behind_the_end_is_416(String driver) {
        site.file("a.txt", "0123456789");
        try (RawClient client = site.start(driver, "").client()) {
            Response none = ask(client, "GET /a.txt", "Range: bytes=10-\r\n");
            assertEquals(416, none.status());
            assertEquals("bytes */10", none.header("Content-Range"));
            assertEquals("0123456789", get(client, "/a.txt").text());
        }
    }

    @OnBothDrivers
    void what_the_client_has_is_not_sent_again(String driver) {
        site.file("a.txt", "0123456789");
        try (RawClient client = site.start(driver, "").client()) {
            for (String condition : new String[] {"If-None-Match: " + TAG, "If-Modified-Since: " + DATE}) {
                client.send("GET /a.txt HTTP/1.1\r\nHost: a\r\n" + condition + "\r\n\r\n");
                Response same = client.responseHead();
                assertEquals(304, same.status(), condition);
                assertEquals(TAG, same.header("ETag"));
            }
            assertEquals(
                    200,
                    ask(client, "GET /a.txt", "If-None-Match: \"other\"\r\n").status());
            assertEquals(
                    412, ask(client, "GET /a.txt", "If-Match: \"other\"\r\n").status());
            assertEquals(
                    "01",
                    ask(client, "GET /a.txt", "Range: bytes=0-1\r\nIf-Range: " + TAG + "\r\n")
                            .text());
            assertEquals(
                    "0123456789",
                    ask(client, "GET /a.txt", "Range: bytes=0-1\r\nIf-Range: \"other\"\r\n")
                            .text());
        }
    }

    @OnBothDrivers
    void a_range_near_the_end_of_a_file_of_many_gigabytes_is_sent(String driver) throws IOException {
        long size = 5_000_000_000L;
        try (RandomAccessFile file =
                new RandomAccessFile(site.www().resolve("huge").toFile(), "rw")) {
            file.seek(3_000_000_000L);
            file.write("middle".getBytes(StandardCharsets.US_ASCII));
            file.seek(size - 3);
            file.write("end".getBytes(StandardCharsets.US_ASCII));
        }
        TestServer server = site.start(driver, "");
        try (RawClient client = server.client()) {
            assertEquals("" + size, ask(client, "HEAD /huge", "").header("Content-Length"));
            Response end = ask(client, "GET /huge", "Range: bytes=-3\r\n");
            assertEquals("bytes 4999999997-4999999999/5000000000", end.header("Content-Range"));
            assertEquals("end", end.text());
            assertEquals(
                    "middle",
                    ask(client, "GET /huge", "Range: bytes=3000000000-3000000005\r\n")
                            .text());
            // More than one call of the system sends at a time.
            Response much = ask(client, "GET /huge", "Range: bytes=2999000000-3000000005\r\n");
            assertEquals(1_000_006, much.body().length);
            assertTrue(much.text().endsWith("middle"));
        }
        server.assertNothingHeld();
        assertFalse(server.log().has("[alert]"));
    }

    @OnBothDrivers
    void the_rest_of_a_file_behind_two_gigabytes_begins_to_arrive(String driver) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(site.www().resolve("huge").toFile(), "rw")) {
            file.write("begin".getBytes(StandardCharsets.US_ASCII));
            file.setLength(5_000_000_000L);
        }
        TestServer server = site.start(driver, "");
        try (RawClient client = server.client()) {
            client.send("GET /huge HTTP/1.1\r\nHost: a\r\n\r\n");
            assertTrue(client.readUntil("\r\n\r\n").contains("Content-Length: 5000000000\r\n"));
            assertEquals("begin", client.read(5));
            client.readEach(50_000_000, (_, _) -> {});
            client.reset();
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }
}

package io.sluice.files;

import static io.sluice.files.Site.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CacheServedTest {
    private static final String CACHED = """
            { path = "/", root = "WWW", open-file-cache { max = 2, valid = 30s, inactive = 60s, errors = on } }
            """;

    @RegisterExtension
    final Site site = new Site();

    private boolean watched() {
        return Files.isDirectory(Path.of("/proc/self/fd"));
    }

    @OnBothDrivers
    void a_file_stays_open_and_a_new_one_of_its_name_is_noticed_after_its_time(String driver) throws IOException {
        Path file = site.file("a.txt", "old");
        TestServer server = site.startWithHandClock(driver, CACHED);
        try (RawClient client = server.client()) {
            assertEquals("old", get(client, "/a.txt").text());
            assertEquals(watched() ? List.of(file.toString()) : List.of(), site.openFiles());
            Files.move(site.file("b.txt", "newer"), file, StandardCopyOption.REPLACE_EXISTING);
            assertEquals("old", get(client, "/a.txt").text());
            server.advance(Duration.ofSeconds(29));
            assertEquals("old", get(client, "/a.txt").text());
            server.advance(Duration.ofSeconds(1));
            assertEquals("newer", get(client, "/a.txt").text());
            assertEquals(watched() ? List.of(file.toString()) : List.of(), site.openFiles());
        }
    }

    @OnBothDrivers
    void a_missing_file_is_remembered_until_its_time(String driver) {
        TestServer server = site.startWithHandClock(driver, CACHED);
        try (RawClient client = server.client()) {
            assertEquals(404, get(client, "/a.txt").status());
            site.file("a.txt", "there");
            assertEquals(404, get(client, "/a.txt").status());
            server.advance(Duration.ofSeconds(30));
            assertEquals("there", get(client, "/a.txt").text());
        }
    }

    @OnBothDrivers
    void a_file_that_makes_room_while_it_is_sent_is_sent_whole(String driver) throws IOException {
        Files.write(site.www().resolve("large"), new byte[12_000_000]);
        for (int i = 0; i < 5; i++) {
            site.file(i + ".txt", "file " + i);
        }
        TestServer server = site.startWithHandClock(driver, CACHED);
        try (RawClient slow =
                        RawClient.to(server.address(0)).receiveBuffer(8192).connect();
                RawClient client = server.client()) {
            slow.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            slow.readUntil("\r\n\r\n");
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 5; i++) {
                    assertEquals("file " + i, get(client, "/" + i + ".txt").text());
                }
            }
            if (watched()) {
                assertEquals(3, site.openFiles().size());
            }
            slow.readEach(12_000_000, (_, _) -> {});
            server.assertNothingHeld();
            if (watched()) {
                assertEquals(2, site.openFiles().size());
            }
        }
    }

    @OnBothDrivers
    void what_nobody_asks_for_any_more_is_closed(String driver) {
        site.file("a.txt", "a");
        site.file("b.txt", "b");
        TestServer server = site.startWithHandClock(driver, CACHED);
        try (RawClient client = server.client()) {
            get(client, "/a.txt");
            server.advance(Duration.ofSeconds(61));
            get(client, "/b.txt");
            if (watched()) {
                assertEquals(List.of(site.www().resolve("b.txt").toString()), site.openFiles());
            }
        }
    }

    @OnBothDrivers
    void every_request_asks_the_system_without_a_cache(String driver) {
        site.file("a.txt", "old");
        TestServer server = site.start(driver, "");
        try (RawClient client = server.client()) {
            assertEquals("old", get(client, "/a.txt").text());
            server.assertNothingHeld();
            assertTrue(site.openFiles().isEmpty());
            site.file("a.txt", "newer");
            assertEquals("newer", get(client, "/a.txt").text());
        }
    }
}

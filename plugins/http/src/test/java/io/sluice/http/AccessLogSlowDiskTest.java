package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.log.LogFile;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests do not wait for the disk; whatever they have logged is written or counted. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccessLogSlowDiskTest {
    private static final Path FILE = Path.of("target/held.log").toAbsolutePath();

    @RegisterExtension
    final TestServers servers = new TestServers();

    private final HeldLog disk = new HeldLog();

    @OnBothDrivers
    void while_the_disk_stands_still_a_moderate_load_loses_no_line_and_keeps_the_order(String driver) throws Exception {
        TestServer server = start(driver);
        int count = 600;
        try (RawClient client = server.client()) {
            for (int i = 0; i < count; i++) {
                get(client, "/" + i);
                if (i == 0) {
                    disk.awaitWriter();
                }
                if (i % 5 == 0) {
                    // Each time what is held back is tried again: it must not use up a buffer.
                    server.advance(Duration.ofMillis(150));
                }
            }
        }
        disk.letGo();
        Await.until("all lines", () -> {
            server.advance(Duration.ofMillis(150));
            return disk.lines().size() == count;
        });
        for (int i = 0; i < count; i++) {
            assertEquals("/" + i, disk.lines().get(i));
        }
        assertEquals(0, dropped(server));
    }

    @OnBothDrivers
    void what_does_not_fit_any_more_is_counted_and_everything_else_is_written_in_order(String driver) throws Exception {
        TestServer server = start(driver);
        String padding = "x".repeat(5000);
        int requests = 0;
        try (RawClient client = server.client()) {
            get(client, "/0/" + padding);
            requests++;
            disk.awaitWriter();
            while (dropped(server) < 10) {
                get(client, "/" + requests++ + "/" + padding);
            }
        }
        disk.letGo();
        int all = requests;
        Await.until("each line written or counted", () -> {
            server.advance(Duration.ofMillis(150));
            return disk.lines().size() + dropped(server) == all;
        });
        List<String> lines = disk.lines();
        int before = -1;
        for (String line : lines) {
            int number = Integer.parseInt(line, 1, line.indexOf('/', 1), 10);
            assertTrue(number > before, () -> line.substring(0, 10) + " is out of order");
            before = number;
        }
        assertTrue(lines.size() > 300, () -> "only " + lines.size());
    }

    @OnBothDrivers
    void a_server_that_ends_writes_what_it_has(String driver) throws Exception {
        TestServer server = start(driver);
        try (RawClient client = server.client()) {
            for (int i = 0; i < 50; i++) {
                get(client, "/" + i);
                if (i == 0) {
                    disk.awaitWriter();
                }
            }
        }
        disk.letGo();
        server.close();
        assertEquals(50, disk.lines().size());
    }

    private static void get(RawClient client, String path) {
        client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertEquals(204, client.responseHead().status());
    }

    private static long dropped(TestServer server) {
        try (LogFile file = server.logs().open(FILE)) {
            return file.dropped();
        } catch (java.io.IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private TestServer start(String driver) {
        return servers.closing(TestServer.of(new HttpPlugin())
                .driver(driver)
                .handClock()
                .logFiles(_ -> disk)
                .start("""
                        http {
                          access-log { file = "%s", format = "$uri" }
                          servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", return = 204 } ] } ]
                        }""".formatted(FILE)));
    }
}

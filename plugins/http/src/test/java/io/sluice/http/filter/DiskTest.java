package io.sluice.http.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.OpenFile;
import io.sluice.http.HttpPlugin;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files that threads bring into memory. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DiskTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", serve = on, MORE } ]
            } ]
            """;

    private final Serving serving = new Serving();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), serving);

    @TempDir
    Path folder;

    private TestServer server(String driver, String more) {
        return servers.start(driver, CONF.replace("MORE", more));
    }

    private Path file(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(folder.resolve("file" + bytes), content);
    }

    private byte[] get(TestServer server) {
        return Golden.ask(servers.closing(server.client()), "GET").response().body();
    }

    @OnBothDrivers
    void files_that_are_in_memory_go_at_once_where_threads_load_them(String driver) throws IOException {
        Path file = file(5_000_000);
        serving.answer = (request, worker) -> Serving.file(request, worker, file);
        for (String more :
                new String[] {"sendfile = on", "sendfile = off", "sendfile = on, sendfile-max-chunk = 100k"}) {
            assertArrayEquals(Files.readAllBytes(file), get(server(driver, more + ", aio = threads")));
        }
    }

    @OnBothDrivers
    void while_a_disk_is_waited_for_others_are_answered(String driver) throws IOException {
        Path file = file(200_000);
        SlowDisk disk = new SlowDisk();
        serving.answer = (request, worker) -> request.path().equals("/slow")
                ? slow(disk.of(Serving.open(request, worker, file)), request)
                : Serving.whole(request, "0123456789");
        TestServer server = server(driver, "sendfile = off, aio = threads");
        RawClient waiting = servers.closing(server.client());
        waiting.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        disk.awaitLoad();
        assertEquals(
                "0123456789",
                Golden.ask(servers.closing(server.client()), "GET").response().text());
        server.turn();
        assertTrue(waiting.isSilent() || waiting.wire().unreadBytes() < 1000);
        disk.letAll();
        assertArrayEquals(Files.readAllBytes(file), waiting.response().body());
        assertEquals(0, disk.readsBeforeLoad());
        assertTrue(disk.loads() > 1, "loads: " + disk.loads());
    }

    @OnBothDrivers
    void a_client_that_does_not_wait_for_the_disk_leaves_nothing(String driver) throws IOException {
        Path file = file(200_000);
        SlowDisk disk = new SlowDisk();
        serving.answer = (request, worker) -> slow(disk.of(Serving.open(request, worker, file)), request);
        TestServer server = server(driver, "sendfile = off, aio = threads");
        RawClient gone = server.client();
        Golden.ask(gone, "GET");
        disk.awaitLoad();
        gone.reset();
        server.awaitOpen(0);
        server.assertNothingHeld();
        disk.letAll();
        assertArrayEquals(Files.readAllBytes(file), get(server));
    }

    private static Outcome slow(OpenFile file, HttpRequest request) {
        Serving.describe(request, file.size());
        request.sendHeader();
        return Serving.sent(request, request.piece(file, 0, file.size(), true));
    }
}

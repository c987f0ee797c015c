package io.sluice.http.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.OpenFile;
import io.sluice.http.HttpPlugin;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import io.sluice.http.SubrequestListener;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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
        assertEquals(0, server.counters().failures());
    }

    @OnBothDrivers
    void a_file_that_is_not_in_memory_is_loaded_before_it_is_sent_as_it_is(String driver) throws Exception {
        // A hole that nobody has read is in no memory.
        Path file = folder.resolve("hole");
        try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(300_000);
            hole.seek(299_999);
            hole.write('e');
        }
        Recording recording = new Recording();
        serving.answer = (request, worker) -> {
            recording.on(request.connection());
            return request.path().equals("/hole")
                    ? Serving.file(request, worker, file)
                    : Serving.whole(request, "0123456789");
        };
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger loads = new AtomicInteger();
        TestServer server = servers.closing(TestServer.of(new HttpPlugin(), serving)
                .driver(driver)
                .loads(load -> {
                    loads.incrementAndGet();
                    Thread.ofPlatform().daemon().start(() -> {
                        SlowDisk.await(gate);
                        load.run();
                    });
                })
                .start(CONF.replace("MORE", "sendfile = on, aio = threads, sendfile-max-chunk = 100k")));
        RawClient waiting = servers.closing(server.client());
        waiting.send("GET /hole HTTP/1.1\r\nHost: a\r\n\r\n");
        Await.until("a load is asked for", () -> loads.get() == 1);
        assertEquals(
                "0123456789",
                Golden.ask(servers.closing(server.client()), "GET").response().text());
        assertEquals(0, recording.filesSent());
        gate.countDown();
        assertArrayEquals(Files.readAllBytes(file), waiting.response().body());
        assertTrue(recording.filesSent() >= 3, "sent in " + recording.filesSent());
        assertEquals(0, recording.memoryOver(1000));
        // The system reads ahead, and the driver that can ask finds the rest in memory.
        assertTrue(loads.get() >= (driver.equals("nio") ? 3 : 1), "loads: " + loads);
    }

    /** Answers / with a page of the parts /a and /b, each of them a file of its own disk. */
    private void servePage(SlowDisk diskA, SlowDisk diskB, Path a, Path b) {
        serving.answer = (request, worker) -> switch (request.path()) {
            case "/a" -> slow(diskA.of(Serving.open(request, worker, a)), request);
            case "/b" -> slow(diskB.of(Serving.open(request, worker, b)), request);
            default -> page(request);
        };
    }

    private static Outcome page(HttpRequest request) {
        request.status(200);
        request.sendHeader();
        request.output(Serving.memory(request, "<", false));
        request.subrequest("/a", null, SubrequestListener.NOBODY);
        request.output(Serving.memory(request, "|", false));
        request.subrequest("/b", null, SubrequestListener.NOBODY);
        request.output(Serving.memory(request, ">", false));
        return Outcome.DONE;
    }

    @OnBothDrivers
    void parts_of_a_page_are_loaded_at_once_and_come_in_its_order(String driver) throws IOException {
        Path a = file(200_000);
        Path b = file(300_000);
        for (boolean firstIsSlow : new boolean[] {true, false}) {
            SlowDisk diskA = new SlowDisk();
            SlowDisk diskB = new SlowDisk();
            servePage(diskA, diskB, a, b);
            TestServer server =
                    server(driver, "sendfile = off, aio = threads, output-buffers = { number = 2, size = 16k }");
            RawClient client = Golden.ask(servers.closing(server.client()), "GET");
            diskA.awaitLoad();
            diskB.awaitLoad();
            (firstIsSlow ? diskB : diskA).letAll();
            server.turn();
            (firstIsSlow ? diskA : diskB).letAll();
            ByteArrayOutputStream page = new ByteArrayOutputStream();
            page.write('<');
            page.write(Files.readAllBytes(a));
            page.write('|');
            page.write(Files.readAllBytes(b));
            page.write('>');
            assertArrayEquals(page.toByteArray(), client.response().body());
            assertEquals(0, diskA.readsBeforeLoad() + diskB.readsBeforeLoad());
            assertTrue(diskA.loads() > 1 && diskB.loads() > 1, diskA.loads() + " and " + diskB.loads());
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void parts_without_aio_are_read_into_buffers_of_their_own(String driver) throws IOException {
        Path a = file(200_000);
        Path b = file(300_000);
        for (String sendfile : new String[] {"on", "off"}) {
            serving.answer = (request, worker) -> switch (request.path()) {
                case "/a" -> Serving.file(request, worker, a);
                case "/b" -> Serving.file(request, worker, b);
                default -> page(request);
            };
            for (String aio : new String[] {"off", "threads"}) {
                TestServer server = server(driver, "sendfile = " + sendfile + ", aio = " + aio);
                byte[] body = get(server);
                assertEquals(500_003, body.length);
                assertArrayEquals(Files.readAllBytes(a), Arrays.copyOfRange(body, 1, 200_001));
                assertArrayEquals(Files.readAllBytes(b), Arrays.copyOfRange(body, 200_002, 500_002));
            }
        }
    }

    @OnBothDrivers
    void a_client_that_leaves_while_the_parts_of_its_page_are_loaded_leaves_nothing(String driver) throws IOException {
        Path a = file(200_000);
        Path b = file(300_000);
        SlowDisk diskA = new SlowDisk();
        SlowDisk diskB = new SlowDisk();
        servePage(diskA, diskB, a, b);
        TestServer server = server(driver, "sendfile = off, aio = threads");
        RawClient gone = Golden.ask(servers.closing(server.client()), "GET");
        diskA.awaitLoad();
        diskB.awaitLoad();
        gone.reset();
        server.awaitOpen(0);
        server.assertNothingHeld();
        diskB.letAll();
        diskA.letAll();
        serving.answer = (request, worker) -> Serving.file(request, worker, a);
        assertArrayEquals(Files.readAllBytes(a), get(server));
        assertEquals(0, server.counters().failures());
    }

    private static Outcome slow(OpenFile file, HttpRequest request) {
        Serving.describe(request, file.size());
        request.sendHeader();
        return Serving.sent(request, request.piece(file, 0, file.size(), true));
    }
}

package io.sluice.http.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.OpenFile;
import io.sluice.http.HttpPlugin;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How parts of files come to the socket. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CopyTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", serve = on, MORE } ]
            } ]
            """;

    private final Serving serving = new Serving();
    private final Recording recording = new Recording();
    private final NeedsMemory needsMemory = new NeedsMemory();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), serving, needsMemory);

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

    /** Answers with a file and records how it is sent. */
    private void serve(Path file) {
        serving.answer = (request, worker) -> {
            recording.on(request.connection());
            return Serving.file(request, worker, file);
        };
    }

    private byte[] get(TestServer server) {
        return Golden.ask(servers.closing(server.client()), "GET").response().body();
    }

    @OnBothDrivers
    void files_are_sent_as_they_are_where_that_is_wanted(String driver) throws IOException {
        Path file = file(3_000_000);
        serve(file);
        assertArrayEquals(Files.readAllBytes(file), get(server(driver, "sendfile = on")));
        assertTrue(recording.filesSent() > 0);
        assertEquals(0, recording.memoryOver(1000));
    }

    @OnBothDrivers
    void files_are_read_where_it_is_not(String driver) throws IOException {
        Path file = file(3_000_000);
        serve(file);
        assertArrayEquals(Files.readAllBytes(file), get(server(driver, "sendfile = off")));
        assertEquals(0, recording.filesSent());
    }

    @OnBothDrivers
    void files_are_read_for_a_connection_that_cannot_send_them(String driver) throws IOException {
        Path file = file(300_000);
        serving.answer = (request, worker) -> {
            request.connection().sendfile(false);
            recording.on(request.connection());
            return Serving.file(request, worker, file);
        };
        assertArrayEquals(Files.readAllBytes(file), get(server(driver, "sendfile = on")));
        assertEquals(0, recording.filesSent());
    }

    @OnBothDrivers
    void files_are_read_for_a_filter_that_wants_to_see_them(String driver) throws IOException {
        Path file = file(300_000);
        serve(file);
        needsMemory.wanted = true;
        assertArrayEquals(Files.readAllBytes(file), get(server(driver, "sendfile = on")));
        assertEquals(0, recording.filesSent());
        assertEquals(300_000, needsMemory.bytes);
    }

    @OnBothDrivers
    void a_small_file_leaves_with_its_head_in_one_call(String driver) throws IOException {
        Path small = file(1000);
        serve(small);
        TestServer server = server(driver, "sendfile = on");
        assertArrayEquals(Files.readAllBytes(small), get(server));
        assertEquals(1, recording.calls());
        assertEquals(0, recording.filesSent());
        Path large = file(20_000);
        serve(large);
        assertArrayEquals(Files.readAllBytes(large), get(server));
        assertTrue(recording.filesSent() > 0);
        TestServer always = server(driver, "sendfile = on, sendfile-min = 0");
        recording.reset();
        serve(small);
        assertArrayEquals(Files.readAllBytes(small), get(always));
        assertEquals(1, recording.filesSent());
    }

    @OnBothDrivers
    void one_call_takes_no_more_than_a_chunk(String driver) throws IOException {
        Path file = file(1_000_000);
        serve(file);
        for (String sendfile : new String[] {"on", "off"}) {
            recording.reset();
            assertArrayEquals(
                    Files.readAllBytes(file),
                    get(server(driver, "sendfile = " + sendfile + ", sendfile-max-chunk = 50k")));
            assertEquals(50 * 1024, recording.largestLimit());
            assertTrue(recording.calls() >= 20, "calls: " + recording.calls());
        }
    }

    @OnBothDrivers
    void a_slow_client_holds_no_more_than_the_buffers(String driver) throws IOException {
        Path file = file(8_000_000);
        serve(file);
        TestServer server = server(driver, "sendfile = off, output-buffers = { number = 3, size = 4k }");
        RawClient client = servers.closing(
                RawClient.to(server.address(0)).receiveBuffer(4096).connect());
        Golden.ask(client, "GET");
        client.awaitBytes();
        awaitStandstill(server);
        long held = server.counters().bufferBytes();
        assertTrue(held > 0 && held < 32 * 1024, "held: " + held);
        assertArrayEquals(Files.readAllBytes(file), client.response().body());
        server.assertNothingHeld();
        // The same client again, with what is kept of it.
        assertArrayEquals(
                Files.readAllBytes(file), Golden.ask(client, "GET").response().body());
    }

    private void awaitStandstill(TestServer server) {
        int[] last = {-1, 0};
        Await.until("the socket is full", Duration.ofSeconds(20), () -> {
            server.turn();
            int calls = recording.calls();
            last[1] = calls == last[0] ? last[1] + 1 : 0;
            last[0] = calls;
            return last[1] > 50;
        });
    }

    @OnBothDrivers
    void a_client_that_goes_away_in_the_middle_leaves_nothing(String driver) throws IOException {
        Path file = file(8_000_000);
        serve(file);
        for (String more : new String[] {"sendfile = off", "sendfile = on", "sendfile = on, aio = threads"}) {
            TestServer server = server(driver, more);
            try (RawClient client =
                    RawClient.to(server.address(0)).receiveBuffer(4096).connect()) {
                Golden.ask(client, "GET");
                client.readBytes(10_000);
            }
            server.awaitOpen(0);
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void a_file_that_shrinks_ends_the_connection(String driver) throws IOException {
        for (String more : new String[] {"sendfile = off", "sendfile = on", "sendfile = on, sendfile-min = 64k"}) {
            Path file = file(60_000);
            serving.answer = (request, worker) -> {
                OpenFile open = Serving.open(request, worker, file);
                truncate(file, 50_000);
                Serving.describe(request, open.size());
                request.sendHeader();
                return Serving.sent(request, request.piece(open, 0, open.size(), true));
            };
            TestServer server = server(driver, more);
            RawClient client = servers.closing(server.client());
            Golden.ask(client, "GET");
            client.awaitEnding();
            server.awaitOpen(0);
            // Logs have a thread of their own.
            Await.until(
                    "the log to tell",
                    Duration.ofSeconds(20),
                    () -> server.log().has("a file became shorter"));
            // The next one knows the new length.
            serve(file);
            assertEquals(50_000, get(server).length);
        }
    }

    private static void truncate(Path file, long size) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @OnBothDrivers
    void files_without_a_length_are_sent_in_chunks(String driver) throws IOException {
        Path file = file(100_000);
        for (String more : new String[] {"sendfile = off", "sendfile = on"}) {
            serving.answer = (request, worker) -> {
                OpenFile open = Serving.open(request, worker, file);
                request.status(200);
                request.sendHeader();
                request.output(request.piece(open, 0, 30_000, false));
                request.output(request.piece(open, 30_000, 30_001, false));
                return Serving.sent(request, request.piece(open, 30_001, open.size(), true));
            };
            assertArrayEquals(Files.readAllBytes(file), get(server(driver, more)));
        }
    }

    @OnBothDrivers
    void a_head_of_a_file_has_no_body(String driver) throws IOException {
        serve(file(100_000));
        RawClient client = servers.closing(server(driver, "sendfile = off").client());
        String head = Golden.head(client);
        assertTrue(head.contains("Content-Length: 100000\n") && head.endsWith("\n\n"), head);
        assertEquals(100_000, Golden.ask(client, "GET").response().body().length);
    }

    @OnBothDrivers
    void a_little_of_a_file_waits_for_more(String driver) throws IOException {
        Path file = file(1000);
        serving.answer = (request, worker) -> {
            OpenFile open = Serving.open(request, worker, file);
            Serving.describe(request, 1000);
            recording.on(request.connection());
            request.sendHeader();
            request.output(request.piece(open, 0, 100, false));
            request.output(request.piece(open, 100, 200, false));
            assertEquals(0, recording.calls());
            return Serving.sent(request, request.piece(open, 200, 1000, true));
        };
        for (String more : new String[] {"sendfile = off", "sendfile = on, sendfile-min = 0"}) {
            assertArrayEquals(Files.readAllBytes(file), get(server(driver, more)));
            recording.reset();
        }
    }

    @OnBothDrivers
    void more_than_an_int_can_count_is_sent_from_anywhere(String driver) throws IOException {
        long size = 5L << 30;
        Path file = folder.resolve("sparse");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            for (long at : new long[] {(1L << 31) - 2, (1L << 32) - 2, size - 4}) {
                channel.write(
                        java.nio.ByteBuffer.wrap("wxyz".getBytes(java.nio.charset.StandardCharsets.US_ASCII)), at);
            }
        }
        serve(file);
        for (String more : new String[] {"sendfile = off", "sendfile = on", "sendfile = on, sendfile-min = 0"}) {
            TestServer server = server(driver, more);
            RawClient client = servers.closing(server.client());
            assertTrue(Golden.head(client).contains("Content-Length: 5368709120\n"));
            String four = "wxyz";
            assertEquals(four, text(client, "2147483646-2147483649"));
            assertEquals(four, text(client, "4294967294-4294967297"));
            assertEquals(four, text(client, "-4"));
            String parts = text(client, "-4,2147483646-2147483649,4294967294-4294967297");
            assertEquals(3, parts.split("\r\n\r\nwxyz\r\n", -1).length - 1, parts);
            // All of it has begun to come, and is not waited for.
            Golden.ask(client, "GET");
            client.readUntil("\r\n\r\n");
            assertFalse(client.readBytes(3_000_000)[2_999_999] != 0);
        }
    }

    private static String text(RawClient client, String range) {
        Response response = Golden.ask(client, "GET", "Range: bytes=" + range).response();
        assertEquals(206, response.status());
        return response.text();
    }
}

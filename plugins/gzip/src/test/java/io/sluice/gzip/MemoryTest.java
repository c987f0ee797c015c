package io.sluice.gzip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Steps;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A compressor and its buffers are reserved of worker-memory; without it the response goes as it is. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MemoryTest {
    /** Four buffers of 16 KB beside the compressor. */
    private static final int ONE = Compressor.NATIVE_BYTES + 4 * 16 * 1024;

    @RegisterExtension
    final TestServers servers = Gzips.servers();

    @OnBothDrivers
    void compression_takes_half_of_the_memory_at_most(String driver) {
        Origin origin = servers.closing(Origin.answering(Gzips.ok(Gzips.TEXT)));
        assertFalse(zips(driver, origin, 2 * ONE - 2));
        assertTrue(zips(driver, origin, 2 * ONE));
    }

    @OnBothDrivers
    void who_comes_too_many_is_answered_at_once_without_compression(String driver) {
        Steps steps = new Steps();
        Origin origin = servers.closing(Origin.running(session -> {
            session.readRequest();
            session.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 600\r\n\r\n" + "a".repeat(300));
            steps.next();
            session.send("b".repeat(300));
        }));
        TestServer server = servers.start(driver, Gzips.to(origin, "worker-memory = " + 3 * ONE + "\nworkers = 1"));
        try (RawClient first = server.client();
                RawClient second = server.client()) {
            String head = first.send(Gzips.accepting()).readUntil("\r\n\r\n");
            assertTrue(head.contains("Content-Encoding: gzip"), head);
            assertTrue(server.counters().reservedBytes() > ONE);
            head = second.send(Gzips.accepting()).readUntil("\r\n\r\n");
            assertFalse(head.contains("Content-Encoding"), head);
            assertEquals("a".repeat(300), second.read(300));
            steps.allow(2);
            assertEquals("b".repeat(300), second.read(300));
            assertTrue(first.readUntil("\r\n0\r\n\r\n").length() > 10);
            server.assertNothingHeld();
            head = second.send(Gzips.accepting()).readUntil("\r\n\r\n");
            assertTrue(head.contains("Content-Encoding: gzip"), head);
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    private boolean zips(String driver, Origin origin, int memory) {
        TestServer server = servers.start(driver, Gzips.to(origin, "worker-memory = " + memory));
        try (RawClient client = server.client()) {
            return client.send(Gzips.accepting()).response().hasHeader("Content-Encoding");
        } finally {
            server.close();
        }
    }
}

package io.sluice.gzip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Recorded;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that takes little slows compression and the origin; memory stays where it is. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SlowClientTest {
    /** Further apart than zlib looks back, so that repeating it makes nothing smaller. */
    private static final byte[] BLOCK = Gzips.letters(3, 100_000).getBytes(StandardCharsets.ISO_8859_1);

    private static final int BLOCKS = 300;
    private static final long BODY_BYTES = (long) BLOCKS * BLOCK.length;

    /** Heads, the proxy's buffers, four of gzip, and what rounding to blocks makes of them. */
    private static final long ONE_EXCHANGE = 380 * 1024;

    /** What the kernel may hold on both sides of the server for one exchange. */
    private static final long KERNEL_BYTES = 16_000_000;

    @RegisterExtension
    final TestServers servers = Gzips.servers();

    @OnBothDrivers
    void a_big_answer_needs_no_more_memory_and_slows_its_origin(String driver) throws DataFormatException {
        Origin origin = servers.closing(Origin.with().sendBuffer(64 * 1024).running(session -> {
            session.readRequest();
            session.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + BODY_BYTES + "\r\n\r\n");
            for (int i = 0; i < BLOCKS; i++) {
                session.send(BLOCK);
            }
        }));
        TestServer server = servers.start(driver, Gzips.to(origin));
        try (RawClient client =
                RawClient.to(server.address(0)).receiveBuffer(4096).connect()) {
            client.send(Gzips.accepting());
            client.readUntil("\r\n\r\n");
            Recorded connection = origin.connection(0);
            Unzipping unzipping = new Unzipping();
            long most = 0;
            // A chunk at a time, and each time the server has had all the turns it wants.
            for (int i = 0; i < 100; i++) {
                unzipping.chunk(client);
                most = Math.max(most, server.counters().bufferBytes());
                long ahead = connection.sentBytes() - unzipping.bytes;
                assertTrue(ahead < KERNEL_BYTES, "the origin is " + ahead + " bytes ahead");
            }
            while (unzipping.chunk(client)) {
                if (unzipping.chunks % 100 == 0) {
                    most = Math.max(most, server.counters().bufferBytes());
                }
            }
            assertTrue(most <= ONE_EXCHANGE, most + " bytes of buffers for one exchange");
            assertEquals(BODY_BYTES, unzipping.bytes);
            CRC32 expected = new CRC32();
            for (int i = 0; i < BLOCKS; i++) {
                expected.update(BLOCK);
            }
            assertEquals(expected.getValue(), unzipping.checksum.getValue());
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    /** Takes chunks apart as they come. */
    private static final class Unzipping {
        private final Inflater inflater = new Inflater(true);
        private final CRC32 checksum = new CRC32();
        private final byte[] some = new byte[64 * 1024];
        private long bytes;
        private int chunks;

        /** Answers whether there was one. */
        boolean chunk(RawClient client) throws DataFormatException {
            int size = Integer.parseInt(client.readUntil("\r\n").trim(), 16);
            byte[] chunk = client.readBytes(size);
            client.read(2);
            int header = chunks++ == 0 ? 10 : 0;
            if (size == 0) {
                inflater.end();
                return false;
            }
            inflater.setInput(chunk, header, size - header);
            for (int n = inflater.inflate(some); n > 0; n = inflater.inflate(some)) {
                checksum.update(some, 0, n);
                bytes += n;
            }
            return true;
        }
    }
}

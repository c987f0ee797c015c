package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.connection.Io;
import io.sluice.core.file.LinkRule;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every driver must do when it sends files that are larger than its numbers, its calls or the socket's buffer. */
public abstract class SendFileContract extends DriverHarness {
    private static final long NO_LIMIT = Long.MAX_VALUE;
    private static final long TOKEN = 6L << 32 | 3;
    private static final long GIB = 1L << 30;
    private static final byte[] WORD = "found".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    public Path folder;

    /** A file of five GiB that takes next to nothing on the disk: holes, and a word at each GiB. */
    private OpenFile huge() throws IOException {
        Path path = folder.resolve("huge");
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.setLength(5 * GIB);
            for (long at = GIB; at < 5 * GIB; at += GIB) {
                sparse.seek(at - 2);
                sparse.write(WORD);
            }
        }
        return open(path);
    }

    private OpenFile open(Path path) {
        OpenFile file = driver.files().open(path, LinkRule.REFUSE.from(folder.toString()));
        assertNotNull(file);
        return closing(file);
    }

    @Test
    public void a_range_beyond_two_and_four_gib_is_the_right_one() throws Exception {
        OpenFile file = huge();
        assertEquals(5 * GIB, file.size());
        Pair pair = pair();
        for (long at = GIB; at < 5 * GIB; at += GIB) {
            Buf range = pool.file(file, at - 2, at + 3);
            assertEquals(5, pair.ours().sendFile(range, NO_LIMIT), "at " + at);
            assertEquals("found", receive(pair.theirs(), 5), "at " + at);
            Buf into = pool.take(5);
            assertTrue(file.read(into, at - 2) >= 5);
            assertEquals("found", into.text().substring(0, 5));
        }
    }

    @Test
    public void a_range_that_is_more_than_one_call_can_take_is_sent_in_part() throws Exception {
        OpenFile file = huge();
        Pair pair = pair();
        Buf range = pool.file(file, 1, 5 * GIB);
        long sent = pair.ours().sendFile(range, NO_LIMIT);
        assertTrue(sent > 0 && sent < GIB, sent + " bytes");
        range.advance(sent);
        assertEquals(5 * GIB - 1 - sent, range.size());
        assertEquals("\0".repeat((int) Math.min(sent, 1000)), receive(pair.theirs(), (int) Math.min(sent, 1000)));
    }

    @Test
    public void the_limit_is_kept() throws Exception {
        OpenFile file = huge();
        Pair pair = pair();
        assertEquals(3, pair.ours().sendFile(pool.file(file, 4 * GIB - 2, 5 * GIB), 3));
        assertEquals("fou", receive(pair.theirs(), 3));
    }

    /** The client begins to read when the socket takes no more. */
    @Test
    public void a_file_goes_on_where_a_full_socket_stopped_it() throws Exception {
        byte[] content = new byte[20_000_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 + i / 251);
        }
        OpenFile file = open(Files.write(folder.resolve("file"), content));
        Pair pair = pair();
        pair.ours().attach(TOKEN, false);
        Buf range = pool.file(file, 0, content.length);
        int stops = 0;
        byte[] received = new byte[content.length];
        int got = 0;
        while (range.size() > 0) {
            long n = pair.ours().sendFile(range, NO_LIMIT);
            if (n > 0) {
                range.advance(n);
                continue;
            }
            assertEquals(Io.AGAIN, n);
            stops++;
            pair.ours().awaitWrite();
            int sent = content.length - (int) range.size();
            got += pair.theirs().getInputStream().readNBytes(received, got, sent - got);
            await(TOKEN, Readiness.WRITE);
        }
        got += pair.theirs().getInputStream().readNBytes(received, got, content.length - got);
        assertEquals(content.length, got);
        assertTrue(stops > 0, "the socket was never full");
        assertArrayEquals(content, received);
    }

    @Test
    public void a_file_that_shrinks_while_it_is_sent_ends_the_range() throws Exception {
        Path path = Files.write(folder.resolve("file"), new byte[300_000]);
        OpenFile file = open(path);
        Pair pair = pair();
        Buf range = pool.file(file, 0, 300_000);
        long sent = pair.ours().sendFile(range, 1000);
        assertEquals(1000, sent);
        range.advance(sent);
        try (RandomAccessFile other = new RandomAccessFile(path.toFile(), "rw")) {
            other.setLength(1500);
        }
        assertEquals(500, pair.ours().sendFile(range, NO_LIMIT));
        range.advance(500);
        assertEquals(Io.END, pair.ours().sendFile(range, NO_LIMIT));
        try (RandomAccessFile other = new RandomAccessFile(path.toFile(), "rw")) {
            other.setLength(100);
        }
        assertEquals(Io.END, pair.ours().sendFile(range, NO_LIMIT));
    }
}

package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.connection.ConnectionIo;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.file.LinkRule;
import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

/** What moves, how much of it, and how it ends. */
public abstract class BytesContract extends WakeupContract {
    private static final long TOKEN = 11;
    private static final long NO_LIMIT = ConnectionIo.UNLIMITED;

    @Test
    public void a_read_fills_the_room_and_a_write_leaves_the_positions() throws Exception {
        Pair pair = pair();
        pair.ours().attach(TOKEN, false);
        send(pair.theirs(), "hello");
        await(TOKEN, Readiness.READ);
        Buf into = buf(">");
        assertEquals(5, pair.ours().read(into));
        assertEquals(">hello", into.text());
        assertEquals(6, pair.ours().write(into));
        assertEquals(6, into.size());
        assertEquals(">hello", receive(pair.theirs(), 6));
    }

    @Test
    public void a_slow_reader_gets_every_byte_in_order() throws Exception {
        Pair pair = pair();
        Endpoint ours = pair.ours();
        ours.attach(TOKEN, false);
        byte[] pattern = pattern(60_000);
        Buf from = pool.take(pattern.length);
        from.put(pattern);
        long sent = 0;
        int answer = ours.write(from);
        while (answer != Io.AGAIN) {
            assertTrue(answer > 0, "write answered " + answer + ", " + ours.fault());
            sent += answer;
            from.advance(answer);
            if (from.size() == 0) {
                from.rewind();
            }
            answer = ours.write(from);
        }
        ours.awaitWrite();
        assertEquals(0, reported(TOKEN) & Readiness.WRITE);
        byte[] received = pair.theirs().getInputStream().readNBytes((int) sent);
        for (int i = 0; i < received.length; i++) {
            assertEquals(pattern[i % pattern.length], received[i], "byte " + i);
        }
        await(TOKEN, Readiness.WRITE);
        assertTrue(ours.write(from) > 0);
    }

    @Test
    public void a_gathering_write_takes_the_bytes_of_all_bufs_but_not_of_marks() throws Exception {
        Pair pair = pair();
        Buf second = buf("-two");
        second.advance(1);
        Chain chain = chain(
                buf("one"),
                pool.mark().flush(true),
                second,
                buf("three"),
                pool.mark().lastBuf(true));
        assertEquals(11, pair.ours().writev(chain, NO_LIMIT));
        assertEquals("onetwothree", receive(pair.theirs(), 11));
        assertEquals(11, Chain.size(chain));
    }

    @Test
    public void a_gathering_write_ends_at_the_limit() throws Exception {
        Pair pair = pair();
        assertEquals(5, pair.ours().writev(chain(buf("one"), buf("two"), buf("three")), 5));
        assertEquals(2, pair.ours().writev(chain(buf("four")), 2));
        assertEquals("onetwfo", receive(pair.theirs(), 7));
    }

    @Test
    public void a_write_that_says_that_more_comes_takes_what_any_takes() throws Exception {
        Pair pair = pair();
        assertEquals(can(Capability.CORK), pair.ours().takesMore());
        assertEquals(6, pair.ours().writevMore(chain(buf("one"), pool.mark().flush(true), buf("two")), NO_LIMIT));
        assertEquals(5, pair.ours().writevMore(chain(buf("three"), buf("four")), 5));
        assertEquals(4, pair.ours().writevMore(chain(buf("four")), NO_LIMIT));
        assertEquals(1, pair.ours().write(buf(".")));
        assertEquals("onetwothreefour.", receive(pair.theirs(), 16));
    }

    @Test
    public void a_gathering_write_takes_so_many_bufs_at_once() throws Exception {
        Pair pair = pair();
        Buf[] bufs = new Buf[Endpoint.GATHER + 6];
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < bufs.length; i++) {
            String text = i + ";";
            bufs[i] = buf(text);
            if (i < Endpoint.GATHER) {
                expected.append(text);
            }
        }
        assertEquals(expected.length(), pair.ours().writev(chain(bufs), NO_LIMIT));
        assertEquals(expected.toString(), receive(pair.theirs(), expected.length()));
    }

    @Test
    public void a_gathering_write_stops_before_a_file(@TempDir Path folder) throws Exception {
        Pair pair = pair();
        OpenFile file = file(folder, "unseen");
        assertEquals(3, pair.ours().writev(chain(buf("one"), pool.file(file, 0, 6), buf("two")), NO_LIMIT));
        assertEquals("one", receive(pair.theirs(), 3));
    }

    @Test
    public void a_scattering_read_fills_one_buf_after_the_other() throws Exception {
        Pair pair = pair();
        pair.ours().attach(TOKEN, false);
        send(pair.theirs(), "x".repeat(254) + "hello");
        await(TOKEN, Readiness.READ);
        Buf first = pool.take(256);
        first.putAscii(">");
        Buf full = buf("y".repeat(256));
        Buf second = pool.take(256);
        assertEquals(259, pair.ours().readv(chain(first, full, second), NO_LIMIT));
        assertEquals(">" + "x".repeat(254) + "h", first.text());
        assertEquals("ello", second.text());
        assertEquals(Io.AGAIN, pair.ours().readv(chain(second), NO_LIMIT));
    }

    @Test
    public void a_scattering_read_ends_at_the_limit_and_at_the_end() throws Exception {
        Pair pair = pair();
        pair.ours().attach(TOKEN, false);
        send(pair.theirs(), "hello");
        pair.theirs().shutdownOutput();
        await(TOKEN, Readiness.READ);
        Buf first = pool.take(256);
        first.put(new byte[254]);
        first.advance(254);
        Buf second = pool.take(256);
        assertEquals(3, pair.ours().readv(chain(first, second), 3));
        assertEquals("he", first.text());
        assertEquals("l", second.text());
        assertEquals("lo", read(pair.ours(), TOKEN, 2));
        assertEquals(Io.END, pair.ours().readv(chain(pool.take(256)), NO_LIMIT));
    }

    // ---- files

    @Test
    public void a_range_of_a_file_is_sent(@TempDir Path folder) throws Exception {
        Pair pair = pair();
        OpenFile file = file(folder, "0123456789");
        assertEquals(10, file.size());
        Buf range = pool.file(file, 2, 9);
        assertEquals(3, pair.ours().sendFile(range, 3));
        assertEquals(7, range.size());
        range.advance(3);
        assertEquals(4, pair.ours().sendFile(range, NO_LIMIT));
        assertEquals("2345678", receive(pair.theirs(), 7));
    }

    @Test
    public void a_big_file_reaches_a_slow_reader(@TempDir Path folder) throws Exception {
        Pair pair = pair();
        Endpoint ours = pair.ours();
        ours.attach(TOKEN, false);
        byte[] content = pattern(9_000_000);
        Buf range = pool.file(file(folder, content), 0, content.length);
        byte[] received = new byte[content.length];
        int at = 0;
        while (at < content.length) {
            long n = range.size() == 0 ? Io.AGAIN : ours.sendFile(range, NO_LIMIT);
            if (n > 0) {
                range.advance(n);
                continue;
            }
            assertEquals(Io.AGAIN, n);
            at += pair.theirs().getInputStream().readNBytes(received, at, (int) (content.length - range.size()) - at);
            if (range.size() > 0) {
                ours.awaitWrite();
                await(TOKEN, Readiness.WRITE);
            }
        }
        for (int i = 0; i < content.length; i++) {
            assertEquals(content[i], received[i], "byte " + i);
        }
    }

    @Test
    public void a_file_that_became_shorter_ends(@TempDir Path folder) throws Exception {
        Pair pair = pair();
        OpenFile file = file(folder, "0123456789");
        Files.writeString(folder.resolve("file"), "0123", StandardOpenOption.TRUNCATE_EXISTING);
        Buf range = pool.file(file, 0, 10);
        assertEquals(4, pair.ours().sendFile(range, NO_LIMIT));
        range.advance(4);
        assertEquals(Io.END, pair.ours().sendFile(range, NO_LIMIT));
    }

    @Test
    public void what_is_no_file_of_the_driver_is_not_sent(@TempDir Path folder) throws Exception {
        Endpoint ours = pair().ours();
        OpenFile noFile = closing(Objects.requireNonNull(driver.files().open(folder, LinkRule.FOLLOW)));
        assertThrows(IllegalStateException.class, () -> ours.sendFile(pool.file(noFile, 0, 1), NO_LIMIT));
        OpenFile foreign = Mockito.mock(OpenFile.class);
        assertThrows(IllegalArgumentException.class, () -> ours.sendFile(pool.file(foreign, 0, 1), NO_LIMIT));
    }

    // ---- how it ends

    @Test
    public void a_write_to_a_client_that_reset_the_connection_fails() throws Exception {
        Pair pair = pair();
        pair.ours().attach(TOKEN, false);
        pair.theirs().setSoLinger(true, 0);
        pair.theirs().close();
        await(TOKEN, Readiness.READ);
        assertEquals(Io.ERROR, pair.ours().write(buf("x")));
        assertTrue(isGone(pair.ours().fault()), pair.ours().fault() + "");
        assertEquals(Io.ERROR, pair.ours().writev(chain(buf("x"), buf("y")), NO_LIMIT));
        assertTrue(isGone(pair.ours().fault()), pair.ours().fault() + "");
    }

    @Test
    public void the_other_side_reads_our_end_and_can_still_write() throws Exception {
        Pair pair = pair();
        pair.ours().attach(TOKEN, false);
        pair.ours().shutdownOutput();
        assertEquals(-1, pair.theirs().getInputStream().read());
        send(pair.theirs(), "late");
        assertEquals("late", read(pair.ours(), TOKEN, 4));
    }

    @Test
    public void a_close_can_be_a_reset() throws Exception {
        Pair pair = pair();
        pair.ours().resetOnClose();
        pair.ours().close();
        pair.ours().close();
        assertThrows(SocketException.class, () -> pair.theirs().getInputStream().read());
    }

    @Test
    public void a_close_is_an_orderly_end() throws Exception {
        Pair pair = pair();
        pair.ours().close();
        assertEquals(-1, pair.theirs().getInputStream().read());
    }

    @Test
    public void options_are_set_where_the_driver_has_them() throws Exception {
        Endpoint ours = pair().ours();
        assertTrue(ours.option(SocketOption.TCP_NODELAY, 1));
        assertTrue(ours.option(SocketOption.RECEIVE_BUFFER, 65_536));
        assertTrue(ours.option(SocketOption.SEND_BUFFER, 65_536));
        assertTrue(ours.option(SocketOption.KEEPALIVE, 1));
        assertTrue(ours.option(SocketOption.KEEPALIVE_IDLE_SECONDS, 30));
        assertTrue(ours.option(SocketOption.KEEPALIVE_INTERVAL_SECONDS, 5));
        assertTrue(ours.option(SocketOption.KEEPALIVE_PROBES, 3));
        assertEquals(can(Capability.CORK), ours.option(SocketOption.TCP_CORK, 1));
        assertEquals(can(Capability.NOTSENT_LOWAT), ours.option(SocketOption.NOTSENT_LOWAT, 16_384));
    }

    private static boolean isGone(IoFault fault) {
        return fault == IoFault.CONNECTION_RESET || fault == IoFault.BROKEN_PIPE;
    }

    private OpenFile file(Path folder, String content) throws IOException {
        return file(folder, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private OpenFile file(Path folder, byte[] content) throws IOException {
        Path path = Files.write(folder.resolve("file"), content);
        OpenFile opened = driver.files().open(path, LinkRule.FOLLOW);
        assertNotNull(opened, () -> "open answered " + driver.files().fault());
        return closing(opened);
    }

    private static byte[] pattern(int bytes) {
        byte[] pattern = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            pattern[i] = (byte) (i * 31 + i / 251);
        }
        return pattern;
    }
}

package io.sluice.event.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.file.LinkRule;
import io.sluice.event.spi.DriverFactory;
import io.sluice.event.spi.DriverHarness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the cork and its like make of segments, as the system has counted them. */
@EnabledOnOs(OS.LINUX)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SegmentsTest extends DriverHarness {
    /** {@code tcpi_data_segs_out}. */
    private static final int DATA_SEGMENTS = 156;

    private static final String HEAD = "HTTP/1.1 200 OK\r\n\r\n";

    @TempDir
    Path folder;

    @Override
    protected DriverFactory factory() {
        return new EpollDriverFactory();
    }

    @Test
    void a_head_and_a_file_leave_in_one_segment_under_the_cork() throws Exception {
        Pair pair = pair();
        assertTrue(pair.ours().option(SocketOption.TCP_CORK, 1));
        send(pair.ours());
        assertEquals(0, segments(pair.ours()), "held back");
        assertTrue(pair.ours().option(SocketOption.TCP_CORK, 0));
        assertEquals(HEAD + "body", receive(pair.theirs(), HEAD.length() + 4));
        assertEquals(1, segments(pair.ours()));
    }

    @Test
    void without_the_cork_they_are_two() throws Exception {
        Pair pair = pair();
        assertTrue(pair.ours().option(SocketOption.TCP_NODELAY, 1));
        send(pair.ours());
        assertEquals(HEAD + "body", receive(pair.theirs(), HEAD.length() + 4));
        assertEquals(2, segments(pair.ours()));
    }

    @Test
    void several_bufs_of_one_call_are_one_segment_anyway() throws Exception {
        Pair pair = pair();
        assertTrue(pair.ours().option(SocketOption.TCP_NODELAY, 1));
        assertEquals(8, pair.ours().writev(chain(buf("head"), buf("body")), Long.MAX_VALUE));
        assertEquals("headbody", receive(pair.theirs(), 8));
        assertEquals(1, segments(pair.ours()));
    }

    private void send(Endpoint ours) throws Exception {
        Path path = Files.writeString(folder.resolve("file"), "body");
        OpenFile file = closing(Objects.requireNonNull(driver.files().open(path, LinkRule.FOLLOW)));
        Buf head = buf(HEAD);
        assertEquals(HEAD.length(), ours.write(head));
        assertEquals(4, ours.sendFile(pool.file(file, 0, 4), Long.MAX_VALUE));
    }

    private static int segments(Endpoint ours) {
        return SocketReader.tcpInfo(ours, DATA_SEGMENTS);
    }
}

package io.sluice.event.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConnectionIo;
import io.sluice.core.connection.ConnectionPool;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.Slot;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.connection.TcpSwitch;
import io.sluice.core.file.LinkRule;
import io.sluice.event.ModelEngine;
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

    /** The system holds bytes back for 200 ms and no longer: who was kept from the processor as long has seen nothing. */
    private static final long HELD_NANOS = 150_000_000;

    private static final int ATTEMPTS = 50;

    private static final String HEAD = "HTTP/1.1 200 OK\r\n\r\n";

    @TempDir
    Path folder;

    /** What a fresh connection must do. */
    private interface Attempt {
        void with(Pair pair) throws Exception;
    }

    @Override
    protected DriverFactory factory() {
        return new EpollDriverFactory();
    }

    /** Once, and again on another connection for as long as it fails so late that the system may have waited no longer. */
    private void quickly(Attempt attempt) throws Exception {
        for (int left = ATTEMPTS; ; left--) {
            Pair pair = pair();
            long begin = System.nanoTime();
            try {
                attempt.with(pair);
                return;
            } catch (AssertionError failure) {
                if (left == 0 || System.nanoTime() - begin < HELD_NANOS) {
                    throw failure;
                }
            }
        }
    }

    @Test
    void a_head_and_a_file_leave_in_one_segment_under_the_cork() throws Exception {
        quickly(pair -> {
            assertTrue(pair.ours().option(SocketOption.TCP_CORK, 1));
            send(pair.ours());
            assertEquals(0, segments(pair.ours()), "held back");
            assertTrue(pair.ours().option(SocketOption.TCP_CORK, 0));
            assertEquals(HEAD + "body", receive(pair.theirs(), HEAD.length() + 4));
            assertEquals(1, segments(pair.ours()));
        });
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

    @Test
    void what_says_that_more_comes_waits_for_it_and_leaves_with_it() throws Exception {
        quickly(pair -> {
            assertTrue(pair.ours().option(SocketOption.TCP_NODELAY, 1));
            assertEquals(8, pair.ours().writevMore(chain(buf("more"), buf("head")), Long.MAX_VALUE));
            assertEquals(HEAD.length(), pair.ours().writevMore(chain(buf(HEAD)), Long.MAX_VALUE));
            assertEquals(0, segments(pair.ours()), "held back");
            assertEquals(4, pair.ours().sendFile(body(false), Long.MAX_VALUE));
            assertEquals("morehead" + HEAD + "body", receive(pair.theirs(), 12 + HEAD.length()));
            assertEquals(1, segments(pair.ours()));
        });
    }

    @Test
    void what_has_said_that_more_comes_leaves_without_it_when_the_cork_is_taken_off() throws Exception {
        quickly(pair -> {
            assertEquals(4, pair.ours().writevMore(chain(buf("head")), Long.MAX_VALUE));
            assertEquals(0, segments(pair.ours()), "held back");
            assertTrue(pair.ours().option(SocketOption.TCP_CORK, 0));
            assertEquals("head", receive(pair.theirs(), 4));
            assertEquals(1, segments(pair.ours()));
        });
    }

    @Test
    void each_answer_of_a_connection_is_one_segment_with_and_without_the_cork() throws Exception {
        quickly(pair -> {
            try (ModelEngine engine = new ModelEngine()) {
                ConnectionPool connections = new ConnectionPool(1, engine);
                Slot slot = Objects.requireNonNull(connections.take());
                slot.endpoint(pair.ours());
                slot.write().ready(true);
                Connection c = connections.open(slot, null, pair.ours().remoteAddress());
                for (int answers = 1; answers <= 6; answers++) {
                    boolean endsWithFile = answers % 2 == 0;
                    Chain head = chain(buf(HEAD));
                    Chain file = chain(body(endsWithFile));
                    head.next(file);
                    assertNull(c.sendChain(head, ConnectionIo.UNLIMITED));
                    assertSame(endsWithFile ? TcpSwitch.UNSET : TcpSwitch.SET, c.tcpNoPushState());
                    // As between two requests that are kept on one connection.
                    assertTrue(c.tcpPush() && c.tcpNoDelay());
                    assertEquals(HEAD + "body", receive(pair.theirs(), HEAD.length() + 4));
                    assertEquals(answers, segments(pair.ours()));
                }
                c.close(CloseReason.FINISHED);
            }
        });
    }

    private void send(Endpoint ours) throws Exception {
        assertEquals(HEAD.length(), ours.write(buf(HEAD)));
        assertEquals(4, ours.sendFile(body(false), Long.MAX_VALUE));
    }

    private Buf body(boolean last) throws Exception {
        Path path = Files.writeString(folder.resolve("file"), "body");
        OpenFile file = closing(Objects.requireNonNull(driver.files().open(path, LinkRule.FOLLOW)));
        return pool.file(file, 0, 4).lastBuf(last);
    }

    private static int segments(Endpoint ours) {
        return SocketReader.tcpInfo(ours, DATA_SEGMENTS);
    }
}

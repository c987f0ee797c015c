package io.sluice.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.log.ConnectionErrorLevel;
import io.sluice.core.log.IoFault;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the ready flags follow what the socket answers, and which system calls that saves. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlainIoTest extends SocketHarness {
    PlainIoTest() {
        super(SocketType.STREAM);
    }

    private Buf room(int bytes) {
        Buf buf = pool.take(256);
        buf.put(new byte[256 - bytes]);
        buf.advance(256 - bytes);
        return buf;
    }

    // ---- recv

    @Test
    void a_read_that_fills_the_room_may_find_more() {
        socket.answers(10);
        Buf into = room(10);
        assertEquals(10, c.recv(into));
        assertEquals("abcdefghij", into.text());
        assertTrue(c.readReady());
        assertEquals(List.of("read 10"), socket.calls);
    }

    @Test
    void a_short_read_says_that_there_is_no_more() {
        socket.answers(9);
        assertEquals(9, c.recv(room(10)));
        assertFalse(c.readReady());
        assertEquals(List.of("read 10", "awaitRead"), socket.calls);
    }

    /** The driver told of the end once and will not tell again. */
    @Test
    void but_not_when_the_end_was_announced() {
        read.pendingEof(true);
        socket.answers(9);
        assertEquals(9, c.recv(room(10)));
        assertTrue(c.readReady() && c.peerClosed() && !c.readEof());
        assertEquals(List.of("read 10"), socket.calls);
    }

    @Test
    void nothing_there_is_again() {
        socket.answers(Io.AGAIN);
        assertEquals(Io.AGAIN, c.recv(room(10)));
        assertFalse(c.readReady());
        assertEquals(List.of("read 10", "awaitRead"), socket.calls);
        assertFalse(c.hasError() || c.readEof() || c.peerClosed());
    }

    @Test
    void the_end_is_no_error_and_writing_goes_on() {
        socket.answers(Io.END, 2);
        assertEquals(Io.END, c.recv(room(10)));
        assertTrue(c.readEof() && c.peerClosed());
        assertFalse(c.hasError() || c.readReady());
        assertEquals(2, c.send(text("ok")));
    }

    @Test
    void a_buf_without_room_is_a_bug_of_the_caller() {
        assertThrows(IllegalArgumentException.class, () -> c.recv(room(0)));
        assertThrows(IllegalArgumentException.class, () -> c.recvChain(chain(room(0), room(0)), 10));
        assertThrows(IllegalArgumentException.class, () -> c.recvChain(chain(room(5)), 0));
        assertEquals(List.of(), socket.calls);
    }

    @Test
    void a_scattering_read_is_short_by_the_room_of_all_or_the_limit() {
        socket.answers(15, 14, 7, 6);
        assertEquals(15, c.recvChain(chain(room(10), room(5)), ConnectionIo.UNLIMITED));
        assertTrue(c.readReady());
        assertEquals(14, c.recvChain(chain(room(10), room(5)), ConnectionIo.UNLIMITED));
        assertFalse(c.readReady());
        read.ready = true;
        assertEquals(7, c.recvChain(chain(room(10), room(5)), 7));
        assertTrue(c.readReady());
        assertEquals(6, c.recvChain(chain(room(10), room(5)), 7));
        assertFalse(c.readReady());
    }

    // ---- what an error is, and how loud

    @ParameterizedTest
    @CsvSource({
        "ALERT, CONNECTION_RESET, error",
        "ERR, CONNECTION_RESET, error",
        "INFO, CONNECTION_RESET, info",
        "INFO, TIMED_OUT, info",
        "IGNORE_EINVAL, CONNECTION_RESET, info",
        "INFO, OTHER, alert",
    })
    void an_error_is_logged_at_the_level_of_the_connection(ConnectionErrorLevel level, IoFault fault, String logged) {
        c.errorLevel(level);
        socket.fault = fault;
        socket.answers(Io.ERROR);
        assertEquals(Io.ERROR, c.recv(room(10)));
        assertTrue(c.hasError() && read.error && !c.readReady());
        assertEquals(1, engine.logged().size());
        String line = engine.logged().getFirst();
        assertTrue(line.startsWith("[" + logged + "] 1#0: *1 recv() failed ("), line);
    }

    @Test
    void a_reset_that_is_to_be_ignored_reads_as_the_end() {
        c.errorLevel(ConnectionErrorLevel.IGNORE_ECONNRESET);
        socket.fault = IoFault.CONNECTION_RESET;
        socket.answers(Io.ERROR);
        assertEquals(Io.END, c.recv(room(10)));
        assertFalse(c.hasError());
        assertEquals(List.of(), engine.logged());
    }

    @Test
    void a_send_that_fails_is_an_error_and_logged_once() {
        c.errorLevel(ConnectionErrorLevel.INFO);
        socket.fault = IoFault.BROKEN_PIPE;
        socket.answers(Io.ERROR, Io.ERROR);
        assertEquals(Io.ERROR, c.send(text("x")));
        assertTrue(c.hasError() && write.error && !c.writeReady());
        assertEquals(List.of("[info] 1#0: *1 send() failed (32: Broken pipe)"), engine.logged());
        write.ready = true;
        assertSame(Chain.ERROR, c.sendChain(chain(text("x")), ConnectionIo.UNLIMITED));
    }

    // ---- send

    @Test
    void a_send_moves_the_position_and_counts() {
        socket.answers(5);
        Buf text = text("hello");
        assertEquals(5, c.send(text));
        assertEquals(0, text.size());
        assertEquals(5, c.sent());
        assertTrue(c.writeReady());
        assertEquals(List.of("write 5"), socket.calls);
    }

    @Test
    void a_short_write_says_that_the_socket_is_full() {
        socket.answers(2);
        Buf text = text("hello");
        assertEquals(2, c.send(text));
        assertEquals("llo", text.text());
        assertFalse(c.writeReady());
        assertEquals(List.of("write 5", "awaitWrite"), socket.calls);
    }

    @Test
    void a_full_socket_is_again() {
        socket.answers(Io.AGAIN);
        Buf text = text("hello");
        assertEquals(Io.AGAIN, c.send(text));
        assertEquals(5, text.size());
        assertEquals(0, c.sent());
        assertFalse(c.writeReady());
        assertEquals(List.of("write 5", "awaitWrite"), socket.calls);
    }

    // ---- chains

    @Test
    void a_chain_that_goes_whole_leaves_nothing() {
        socket.answers(11);
        assertNull(c.sendChain(chain(text("hello"), text(" world")), ConnectionIo.UNLIMITED));
        assertEquals(List.of("writev all"), socket.calls);
        assertEquals(11, c.sent());
        assertTrue(c.writeReady());
    }

    @Test
    void one_buf_is_sent_by_the_cheaper_call() {
        socket.answers(5);
        assertNull(c.sendChain(chain(text("hello")), ConnectionIo.UNLIMITED));
        assertEquals(List.of("write 5"), socket.calls);
    }

    @Test
    void what_was_not_taken_is_answered_and_no_call_is_wasted() {
        socket.answers(7);
        Chain chain = chain(text("hello"), text(" world"));
        Chain rest = c.sendChain(chain, ConnectionIo.UNLIMITED);
        assertSame(chain.next(), rest);
        assertEquals("orld", rest.buf().text());
        assertFalse(c.writeReady());
        assertEquals(List.of("writev all", "awaitWrite"), socket.takeCalls());
        assertSame(rest, c.sendChain(rest, ConnectionIo.UNLIMITED));
        assertEquals(List.of(), socket.calls, "nothing is tried while the socket is full");
    }

    @Test
    void again_answers_the_chain_as_it_was() {
        socket.answers(Io.AGAIN);
        Chain chain = chain(text("hello"), text(" world"));
        assertSame(chain, c.sendChain(chain, ConnectionIo.UNLIMITED));
        assertEquals(List.of("writev all", "awaitWrite"), socket.calls);
    }

    @Test
    void the_limit_ends_a_send_and_the_socket_is_still_ready() {
        socket.answers(7);
        Chain rest = c.sendChain(chain(text("hello"), text(" world")), 7);
        assertEquals("orld", rest.buf().text());
        assertTrue(c.writeReady());
        assertEquals(List.of("writev 7"), socket.calls);
        Chain one = chain(text("hello"));
        socket.answers(2);
        assertSame(one, c.sendChain(one, 2));
        assertEquals("llo", one.buf().text());
        assertSame(one, c.sendChain(one, 0));
    }

    @Test
    void more_bufs_than_one_call_takes_are_sent_by_several() {
        Buf[] bufs = new Buf[Endpoint.GATHER + 10];
        for (int i = 0; i < bufs.length; i++) {
            bufs[i] = text("x");
        }
        socket.answers(Endpoint.GATHER, 10);
        assertNull(c.sendChain(chain(bufs), ConnectionIo.UNLIMITED));
        assertEquals(2, socket.calls.size());
    }

    @Test
    void marks_are_passed_over() {
        assertNull(c.sendChain(chain(pool.mark().flush(true)), ConnectionIo.UNLIMITED));
        assertEquals(List.of(), socket.calls);
        socket.answers(2);
        Chain chain = chain(pool.mark().flush(true), text("ok"), pool.mark().lastBuf(true));
        assertNull(c.sendChain(chain, ConnectionIo.UNLIMITED));
        assertEquals(2, c.sent());
    }

    @Test
    void a_file_goes_behind_the_memory_before_it() {
        socket.answers(4, 60, 40, 3);
        Buf file = pool.file(file(), 0, 100);
        assertNull(c.sendChain(chain(text("head"), file, text("end")), ConnectionIo.UNLIMITED));
        assertEquals(List.of("writev all", "sendFile 100", "sendFile 40", "write 3"), socket.calls);
        assertEquals(107, c.sent());
        assertTrue(c.writeReady(), "a short sendfile does not mean that the socket is full");
    }

    @Test
    void a_file_that_became_shorter_is_an_error() {
        socket.answers(10, Io.END);
        assertSame(Chain.ERROR, c.sendChain(chain(pool.file(file(), 0, 100)), ConnectionIo.UNLIMITED));
        assertTrue(c.hasError());
        assertEquals(List.of("[alert] 1#0: *1 a file became shorter while it was sent"), engine.logged());
    }

    private static OpenFile file() {
        return new FileOfBytes(100);
    }
}

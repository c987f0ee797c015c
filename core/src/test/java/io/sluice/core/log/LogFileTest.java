package io.sluice.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.time.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without the log's thread: the test takes its turns. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogFileTest {
    private static final String HEAD = "2026/11/21 07:34:00 [error] 4711#0: ";

    private final HandClock clock = HandClock.at("2026-11-21T07:34:00Z");
    private final LogOrigin process = LogOrigin.ofProcess(4711, clock, ZoneOffset.UTC);
    private final LogWriter writer = new LogWriter(clock, process, 4);
    private final MemorySink sink = new MemorySink();
    private final LogFile file = writer.attach(sink);
    private final ErrorLog log = ErrorLog.of(process, LogLevel.ERR, file);

    @TempDir
    private Path folder;

    @Test
    void queued_lines_go_out_in_order_with_one_write() {
        log.log(LogLevel.ERR, "a");
        log.log(LogLevel.ERR, "b");
        log.log(LogLevel.ERR, "c");
        assertEquals("", sink.take());
        assertTrue(writer.turn());
        assertEquals(HEAD + "a\n" + HEAD + "b\n" + HEAD + "c\n", sink.take());
        assertEquals(1, sink.writes);
        assertFalse(writer.turn());
        assertEquals(1, sink.writes);
    }

    @Test
    void a_full_queue_drops_counts_and_says_so_once() {
        for (int i = 0; i < 7; i++) {
            log.log(LogLevel.ERR, "x");
        }
        assertEquals(3, file.dropped());
        writer.turn();
        assertEquals(
                (HEAD + "x\n").repeat(4)
                        + "2026/11/21 07:34:00 [alert] 4711#0: lost lines of \"memory\": 3, no room for them\n",
                sink.take());
        log.log(LogLevel.ERR, "y");
        writer.turn();
        assertEquals(HEAD + "y\n", sink.take());
        assertEquals(3, file.dropped());
    }

    @Test
    void losses_are_mentioned_once_a_second_and_none_is_forgotten() {
        for (int turn = 0; turn < 2; turn++) {
            for (int i = 0; i < 6; i++) {
                log.log(LogLevel.ERR, "x");
            }
            writer.turn();
        }
        assertEquals(
                1,
                sink.take()
                        .lines()
                        .filter(line -> line.endsWith(": 2, no room for them"))
                        .count());
        clock.advanceMillis(1000);
        log.log(LogLevel.ERR, "y");
        writer.turn();
        assertTrue(sink.take().endsWith(" lost lines of \"memory\": 2, no room for them\n"));
        assertEquals(4, file.dropped());
    }

    @Test
    void losses_of_records_are_mentioned_elsewhere() throws IOException {
        Path access = folder.resolve("access.log");
        LogFile records = writer.openRecords(access, log);
        for (int i = 0; i < 6; i++) {
            LineBuffer line = new LineBuffer(records, 64, 1);
            line.begin(1);
            line.put((byte) 'r');
            line.commit();
            line.flush();
        }
        while (writer.turn()) {}
        assertEquals("r\nr\nr\nr\n", Files.readString(access));
        assertEquals(
                "2026/11/21 07:34:00 [alert] 4711#0: lost lines of \"" + access + "\": 2, no room for them\n",
                sink.take());
    }

    @Test
    void a_full_disk_is_tried_once_a_second() {
        sink.failWith("No space left on device", 0);
        log.log(LogLevel.ERR, "a");
        writer.turn();
        log.log(LogLevel.ERR, "b");
        writer.turn();
        clock.advanceMillis(999);
        log.log(LogLevel.ERR, "c");
        writer.turn();
        assertEquals(1, sink.writes);
        assertEquals(3, file.dropped());
        clock.advanceMillis(1);
        log.log(LogLevel.ERR, "d");
        writer.turn();
        assertEquals(2, sink.writes);
        assertEquals(4, file.dropped());
        sink.heal();
        clock.advanceMillis(1000);
        log.log(LogLevel.ERR, "e");
        writer.turn();
        assertEquals(
                "2026/11/21 07:34:02 [error] 4711#0: e\n"
                        + "2026/11/21 07:34:02 [alert] 4711#0: lost lines of \"memory\": 4,"
                        + " writing failed: No space left on device\n",
                sink.take());
    }

    @Test
    void a_line_after_half_a_line_begins_a_new_one() {
        sink.failWith("No space left on device", 10);
        log.log(LogLevel.ERR, "a");
        writer.turn();
        assertEquals("2026/11/21", sink.take());
        sink.heal();
        clock.advanceMillis(1000);
        log.log(LogLevel.ERR, "b");
        writer.turn();
        String text = sink.take();
        assertTrue(text.startsWith("\n2026/11/21 07:34:01 [error] 4711#0: b\n"), text);
        log.log(LogLevel.ERR, "c");
        writer.turn();
        assertEquals("2026/11/21 07:34:01 [error] 4711#0: c\n", sink.take());
    }

    @Test
    void more_than_one_batch_is_written_in_whole_lines() {
        LogWriter roomy = new LogWriter(clock, process, 64);
        MemorySink big = new MemorySink();
        ErrorLog busy = ErrorLog.of(process, LogLevel.ERR, roomy.attach(big));
        for (int i = 0; i < 64; i++) {
            busy.log(LogLevel.ERR, "z".repeat(3000));
        }
        roomy.turn();
        String text = big.take();
        assertEquals(64, text.lines().count());
        assertTrue(text.lines().allMatch(line -> line.startsWith(HEAD) && line.endsWith("z...")));
        assertEquals(2, big.writes);
    }

    @Test
    void a_renamed_file_is_left_alone_after_reopening() throws IOException {
        Path path = folder.resolve("error.log");
        LogFile real = writer.open(path);
        ErrorLog onDisk = ErrorLog.of(process, LogLevel.ERR, real);
        onDisk.log(LogLevel.ERR, "a");
        writer.turn();
        Path old = Files.move(path, folder.resolve("error.log.1"));
        onDisk.log(LogLevel.ERR, "b");
        writer.turn();
        assertFalse(Files.exists(path));
        // Said before the reopening, so it belongs into the old file.
        onDisk.log(LogLevel.ERR, "c");
        writer.reopen();
        writer.turn();
        onDisk.log(LogLevel.ERR, "d");
        writer.turn();
        assertEquals(HEAD + "a\n" + HEAD + "b\n" + HEAD + "c\n", Files.readString(old));
        assertEquals(HEAD + "d\n", Files.readString(path));
    }

    @Test
    void a_file_that_cannot_be_reopened_stays_in_use_and_says_so() throws IOException {
        Path below = Files.createDirectory(folder.resolve("logs"));
        Path path = below.resolve("error.log");
        LogFile real = writer.open(path);
        Path moved = Files.move(below, folder.resolve("old"));
        real.reopen();
        writer.turn();
        ErrorLog.of(process, LogLevel.ERR, real).log(LogLevel.ERR, "a");
        writer.turn();
        assertEquals(
                "2026/11/21 07:34:00 [alert] 4711#0: reopening \"" + path + "\" failed: " + path + "\n" + HEAD + "a\n",
                Files.readString(moved.resolve("error.log")));
    }

    @Test
    void an_existing_file_is_appended_to() throws IOException {
        Path path = Files.writeString(folder.resolve("error.log"), "before\n");
        ErrorLog.of(process, LogLevel.ERR, writer.open(path)).log(LogLevel.ERR, "a");
        writer.turn();
        assertEquals("before\n" + HEAD + "a\n", Files.readString(path));
    }

    @Test
    void a_file_opened_twice_is_one_file_until_both_have_closed_it() throws IOException {
        Path path = folder.resolve("error.log");
        LogFile first = writer.open(path);
        LogFile second = writer.open(folder.resolve("x").resolve("..").resolve("error.log"));
        assertSame(first, second);
        first.close();
        writer.turn();
        ErrorLog.of(process, LogLevel.ERR, second).log(LogLevel.ERR, "a");
        second.close();
        while (writer.turn()) {}
        assertEquals(HEAD + "a\n", Files.readString(path));
        ErrorLog.of(process, LogLevel.ERR, second).log(LogLevel.ERR, "late");
        assertEquals(1, second.dropped());
        LogFile third = writer.open(path);
        assertNotSame(first, third);
    }

    @Test
    void closing_a_file_closes_its_sink_after_the_last_line() {
        log.log(LogLevel.ERR, "a");
        file.close();
        assertFalse(sink.closed);
        while (writer.turn()) {}
        assertEquals(HEAD + "a\n", sink.take());
        assertTrue(sink.closed);
    }

    @Test
    void a_file_that_cannot_be_made_is_an_error_at_once() {
        assertThrows(
                IOException.class, () -> writer.open(folder.resolve("missing").resolve("error.log")));
    }

    @Test
    void standard_error_is_one_file_that_outlives_its_users() {
        LogFile first = writer.standardError();
        first.close();
        first.close();
        assertEquals("stderr", first.name());
        assertSame(first, writer.standardError());
    }
}

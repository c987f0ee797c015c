package io.sluice.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.time.CachedTime;
import io.sluice.core.time.HandClock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ErrorLogTest {
    private final HandClock clock = HandClock.at("2026-11-21T07:34:00Z");
    private final LogOrigin worker = LogOrigin.ofWorker(4711, 2, new CachedTime(clock, ZoneOffset.UTC));
    private final LogWriter writer = new LogWriter(clock, LogOrigin.ofProcess(4711, clock, ZoneOffset.UTC), 64);
    private final MemorySink sink = new MemorySink();
    private final LogFile file = writer.attach(sink);
    private final ErrorLog log = ErrorLog.of(worker, LogLevel.INFO, file);
    private final LogContext client = connection(
            17,
            " while connecting to upstream, client: 127.0.0.1, server: x, request: \"GET / HTTP/1.1\","
                    + " upstream: \"http://10.0.0.1:80/\", host: \"a.example\"");

    @Test
    void a_line_about_a_connection_looks_like_one_of_nginx() {
        log.log(LogLevel.ERR, client, "connect() failed", IoFault.REFUSED);
        assertEquals(
                "2026/11/21 07:34:00 [error] 4711#2: *17 connect() failed (111: Connection refused) while connecting to"
                        + " upstream, client: 127.0.0.1, server: x, request: \"GET / HTTP/1.1\", upstream:"
                        + " \"http://10.0.0.1:80/\", host: \"a.example\"\n",
                written());
    }

    @Test
    void a_line_about_nobody_has_no_number_and_no_context() {
        log.log(LogLevel.NOTICE, "signal 1 (HUP) received");
        assertEquals("2026/11/21 07:34:00 [notice] 4711#2: signal 1 (HUP) received\n", written());
    }

    @Test
    void a_line_may_be_built_of_parts() {
        byte[] request = "GET /\u0000 HTTP/1.1".getBytes(UTF_8);
        log.at(LogLevel.WARN)
                .text("client sent ")
                .number(-3)
                .text(" of \"")
                .text(request, 4, 2)
                .text("\"")
                .fault(IoFault.OTHER)
                .write();
        assertEquals("2026/11/21 07:34:00 [warn] 4711#2: client sent -3 of \"/\\x00\" (Unknown error)\n", written());
    }

    @Test
    void every_level_prints_the_name_nginx_gives_it() {
        ErrorLog all = ErrorLog.of(worker, LogLevel.DEBUG, file);
        StringBuilder names = new StringBuilder();
        for (LogLevel level : LogLevel.values()) {
            all.log(level, "x");
            String line = written();
            names.append(line, line.indexOf('['), line.indexOf(']') + 1);
        }
        assertEquals("[stderr][emerg][alert][crit][error][warn][notice][info][debug]", names.toString());
    }

    @Test
    void a_level_is_named_in_a_configuration_as_it_is_printed() {
        assertSame(LogLevel.ERR, LogLevel.named("error"));
        assertSame(LogLevel.DEBUG, LogLevel.named("debug"));
        assertNull(LogLevel.named("ERROR"));
        assertNull(LogLevel.named("stderr"));
    }

    @Test
    void debug_lines_carry_no_context() {
        ErrorLog.of(worker, LogLevel.DEBUG, file).log(LogLevel.DEBUG, client, "recv: 10");
        assertEquals("2026/11/21 07:34:00 [debug] 4711#2: *17 recv: 10\n", written());
    }

    @Test
    void a_level_that_is_off_builds_nothing_and_asks_nobody() {
        LogContext touchy = connection(1, "");
        assertFalse(log.isEnabled(LogLevel.DEBUG));
        assertSame(LogEntry.OFF, log.at(LogLevel.DEBUG, touchy));
        assertNotSame(LogEntry.OFF, log.at(LogLevel.INFO, touchy));
        log.at(LogLevel.DEBUG)
                .text("x")
                .text(new byte[1], 0, 1)
                .number(1)
                .fault(IoFault.REFUSED)
                .cause(new AssertionError())
                .following("y")
                .write();
        assertEquals("", written());
        // The shared object has kept nothing of it.
        log.at(LogLevel.INFO).text("z").write();
        assertEquals("2026/11/21 07:34:00 [info] 4711#2: z\n", written());
    }

    @Test
    void without_targets_nothing_is_enabled() {
        ErrorLog silent = ErrorLog.of(worker, List.of());
        assertFalse(silent.isEnabled(LogLevel.STDERR));
        silent.log(LogLevel.EMERG, "nobody hears");
        assertEquals("", written());
    }

    @Test
    void each_of_several_targets_gets_what_its_level_lets_through() {
        MemorySink few = new MemorySink();
        MemorySink many = new MemorySink();
        ErrorLog both = ErrorLog.of(
                worker,
                List.of(
                        new LogTarget(LogLevel.CRIT, writer.attach(few)),
                        new LogTarget(LogLevel.NOTICE, writer.attach(many))));
        assertTrue(both.isEnabled(LogLevel.NOTICE));
        assertFalse(both.isEnabled(LogLevel.INFO));
        both.log(LogLevel.ALERT, "a");
        both.log(LogLevel.ERR, "b");
        both.log(LogLevel.INFO, "c");
        while (writer.turn()) {}
        assertEquals("2026/11/21 07:34:00 [alert] 4711#2: a\n", few.take());
        assertEquals("""
            2026/11/21 07:34:00 [alert] 4711#2: a
            2026/11/21 07:34:00 [error] 4711#2: b
            """, many.take());
    }

    @Test
    void a_connection_speaks_for_itself_on_the_log_of_its_listener() {
        ErrorLog own = log.spokenBy(client);
        assertSame(client, own.speaker());
        own.log(LogLevel.INFO, "x");
        assertTrue(written().startsWith("2026/11/21 07:34:00 [info] 4711#2: *17 x while connecting"));
    }

    @Test
    void neither_text_nor_context_can_forge_a_line() {
        String forged = "\r\n2026/11/21 07:34:00 [alert] 1#1: \u001b[2Jforged";
        ErrorLog own = log.spokenBy(connection(1, forged));
        own.at(LogLevel.ERR)
                .text(forged)
                .text(forged.getBytes(UTF_8), 0, forged.length())
                .write();
        String line = written();
        assertEquals(1, line.lines().count());
        assertEquals(-1, line.indexOf('\r'));
        assertEquals(-1, line.indexOf('\u001b'));
        assertTrue(line.contains("*1 \\x0D\\x0A2026/11/21 07:34:00 [alert] 1#1: \\x1B[2Jforged\\x0D\\x0A"));
    }

    @Test
    void a_line_is_cut_at_2048_bytes_with_its_end() {
        log.log(LogLevel.ERR, connection(1, ", client: 192.0.2.1" + "x".repeat(3000)), "y".repeat(5000));
        String line = written();
        assertEquals(2048, line.length());
        assertTrue(line.endsWith("x\n"));
    }

    @Test
    void a_long_text_hides_neither_the_fault_nor_the_client() {
        log.log(LogLevel.ERR, connection(1, ", client: 192.0.2.1"), "y".repeat(5000), IoFault.BROKEN_PIPE);
        assertTrue(written().endsWith("yyy... (32: Broken pipe), client: 192.0.2.1\n"));
    }

    @Test
    void a_context_that_fails_costs_only_itself() {
        LogContext broken = new TestContext(9, "") {
            @Override
            public void appendTo(LogLine line) {
                line.append(", client: 192.0.2.1");
                throw new IllegalStateException("stale");
            }
        };
        log.log(LogLevel.ERR, broken, "x");
        assertEquals(
                "2026/11/21 07:34:00 [error] 4711#2: *9 x, client: 192.0.2.1, context:"
                        + " java.lang.IllegalStateException\n",
                written());
    }

    @Test
    void an_entry_is_written_once() {
        LogEntry entry = log.at(LogLevel.ERR).text("x");
        entry.write();
        entry.text("y").write();
        assertEquals("2026/11/21 07:34:00 [error] 4711#2: x\n", written());
    }

    @Test
    void lines_of_the_process_follow_the_clock_and_not_the_turn() {
        ErrorLog process = log.spokenBy(writer.origin());
        process.log(LogLevel.INFO, "a");
        clock.advanceMillis(1000);
        process.log(LogLevel.INFO, "b");
        log.log(LogLevel.INFO, "c");
        assertEquals("""
            2026/11/21 07:34:00 [info] 4711#0: a
            2026/11/21 07:34:01 [info] 4711#0: b
            2026/11/21 07:34:00 [info] 4711#2: c
            """, written());
    }

    private String written() {
        while (writer.turn()) {}
        return sink.take();
    }

    private LogContext connection(long number, String text) {
        return new TestContext(number, text);
    }

    private class TestContext implements LogContext {
        private final long number;
        private final String text;

        TestContext(long number, String text) {
            this.number = number;
            this.text = text;
        }

        @Override
        public LogOrigin origin() {
            return worker;
        }

        @Override
        public long connectionNumber() {
            return number;
        }

        @Override
        public void appendTo(LogLine line) {
            line.append(text);
        }
    }
}

package io.sluice.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.time.HandClock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FollowingLinesTest {
    private final FollowingLines lines = new FollowingLines();

    @Test
    void a_stack_is_one_frame_a_line_behind_a_tab() {
        lines.add(thrown(new IllegalStateException("boom"), "one", "two"));
        assertEquals("""
            \tjava.lang.IllegalStateException: boom
            \t    at io.sluice.Some.one(Some.java:1)
            \t    at io.sluice.Some.two(Some.java:2)
            """, text());
    }

    @Test
    void causes_and_suppressed_ones_follow() {
        Throwable cause = thrown(new IllegalArgumentException("why"), "deep");
        Throwable top = thrown(new IllegalStateException("boom", cause), "one");
        top.addSuppressed(thrown(new IllegalStateException("too"), "close"));
        lines.add(top);
        assertEquals("""
            \tjava.lang.IllegalStateException: boom
            \t    at io.sluice.Some.one(Some.java:1)
            \tSuppressed: java.lang.IllegalStateException: too
            \t    at io.sluice.Some.close(Some.java:1)
            \tCaused by: java.lang.IllegalArgumentException: why
            \t    at io.sluice.Some.deep(Some.java:1)
            """, text());
    }

    @Test
    void causes_in_a_circle_come_to_an_end() {
        IllegalStateException one = new IllegalStateException("one");
        IllegalStateException two = new IllegalStateException("two", one);
        one.initCause(two);
        one.setStackTrace(new StackTraceElement[0]);
        two.setStackTrace(new StackTraceElement[0]);
        lines.add(one);
        assertEquals(16, text().lines().count());
    }

    @Test
    void a_message_cannot_forge_a_line() {
        lines.add(thrown(new IllegalStateException("a\n2026/11/21 07:34:00 [alert] 1#1: forged\r\u001b[2J")));
        assertEquals(
                "\tjava.lang.IllegalStateException: a\\x0A2026/11/21 07:34:00 [alert] 1#1: forged\\x0D\\x1B[2J\n",
                text());
    }

    @Test
    void an_exception_that_cannot_say_what_it_is_still_has_a_class() {
        lines.add(new BrokenException());
        assertTrue(text().startsWith("\t" + BrokenException.class.getName() + "\n"));
    }

    @Test
    void an_endless_stack_is_cut_at_a_whole_line() {
        StackTraceElement[] frames = new StackTraceElement[1024];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = new StackTraceElement("io.sluice.Some", "recursive", "Some.java", i);
        }
        StackOverflowError deep = new StackOverflowError();
        deep.setStackTrace(frames);
        lines.add(deep);
        lines.add("not even this");
        String text = text();
        assertTrue(lines.count() <= FollowingLines.MAX_BYTES);
        assertTrue(lines.count() > FollowingLines.MAX_BYTES - 100);
        assertTrue(text.endsWith(")\n\t...\n"));
        assertFalse(text.contains("not even"));
    }

    @Test
    void an_entry_and_its_lines_are_one_entry_of_the_queue() {
        HandClock clock = HandClock.at("2026-11-21T07:34:00Z");
        LogOrigin process = LogOrigin.ofProcess(4711, clock, ZoneOffset.UTC);
        LogWriter writer = new LogWriter(clock, process, 2);
        MemorySink sink = new MemorySink();
        ErrorLog log = ErrorLog.of(process, List.of(new LogTarget(LogLevel.ERR, writer.attach(sink))));
        log.log(LogLevel.ERR, process, "plugin \"x\" failed", thrown(new IllegalStateException("boom"), "one"));
        log.at(LogLevel.ERR).text("b").following("more\nof it").write();
        while (writer.turn()) {}
        assertEquals("""
            2026/11/21 07:34:00 [error] 4711#0: plugin "x" failed
            \tjava.lang.IllegalStateException: boom
            \t    at io.sluice.Some.one(Some.java:1)
            2026/11/21 07:34:00 [error] 4711#0: b
            \tmore\\x0Aof it
            """, sink.take());
    }

    private static <T extends Throwable> T thrown(T thrown, String... methods) {
        StackTraceElement[] frames = new StackTraceElement[methods.length];
        for (int i = 0; i < methods.length; i++) {
            frames[i] = new StackTraceElement("io.sluice.Some", methods[i], "Some.java", i + 1);
        }
        thrown.setStackTrace(frames);
        return thrown;
    }

    private String text() {
        byte[] bytes = new byte[lines.count()];
        lines.copyTo(bytes, 0);
        return new String(bytes, UTF_8);
    }

    private static final class BrokenException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }
}

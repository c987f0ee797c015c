package io.sluice.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.time.HandClock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogStreamTest {
    private static final String WARN = "2026/11/21 07:34:00 [warn] 4711#0: ";

    private final HandClock clock = HandClock.at("2026-11-21T07:34:00Z");
    private final LogOrigin process = LogOrigin.ofProcess(4711, clock, ZoneOffset.UTC);
    private final LogWriter writer = new LogWriter(clock, process, 256);
    private final MemorySink sink = new MemorySink();
    private final ErrorLog log = ErrorLog.of(process, LogLevel.INFO, writer.attach(sink));
    private final LogStream stream = new LogStream(log, LogLevel.WARN);

    @Test
    void an_event_of_slf4j_becomes_a_line_at_its_level() {
        event("[WARN] io.foo.Bar - text");
        event("[ERROR] Bar - text [INFO] more");
        event("[INFO] text");
        event("[DEBUG] off");
        event("[TRACE] off");
        assertEquals("""
            2026/11/21 07:34:00 [warn] 4711#0: io.foo.Bar - text
            2026/11/21 07:34:00 [error] 4711#0: Bar - text [INFO] more
            2026/11/21 07:34:00 [info] 4711#0: text
            """, written());
    }

    @Test
    void the_stack_of_an_event_is_attached_to_it() {
        IllegalStateException failure = new IllegalStateException("boom");
        failure.setStackTrace(new StackTraceElement[] {new StackTraceElement("io.foo.Bar", "run", "Bar.java", 7)});
        stream.println("[ERROR] Bar - failed");
        failure.printStackTrace(stream);
        assertEquals("", written());
        stream.flush();
        assertEquals("""
            2026/11/21 07:34:00 [error] 4711#0: Bar - failed
            \tjava.lang.IllegalStateException: boom
            \t    at io.foo.Bar.run(Bar.java:7)
            """, written());
    }

    @Test
    void the_stack_of_an_event_that_is_off_is_off() {
        stream.println("[DEBUG] Bar - failed");
        stream.println((Object) "java.lang.IllegalStateException");
        stream.flush();
        assertEquals("", written());
    }

    @Test
    void line_ends_in_a_message_forge_nothing() {
        event("[INFO] Bar - got \"x\n[ERROR] Bar - forged\n2026/11/21 07:34:00 [alert] 1#1: forged\"");
        assertEquals(
                "2026/11/21 07:34:00 [info] 4711#0: Bar - got \"x\\x0A[ERROR] Bar - forged\\x0A"
                        + "2026/11/21 07:34:00 [alert] 1#1: forged\"\n",
                written());
    }

    @Test
    void an_event_without_a_flush_ends_with_the_next() {
        stream.println("[WARN] a");
        stream.println("[WARN] b");
        assertEquals(WARN + "a\n", written());
        stream.flush();
        assertEquals(WARN + "b\n", written());
    }

    @Test
    void what_has_no_level_is_logged_line_by_line() {
        stream.println("plain");
        stream.println();
        stream.println(42);
        stream.println(new char[] {'c', 'h'});
        stream.println((Object) null);
        stream.print("two ");
        stream.print("parts");
        stream.println();
        stream.printf("a %d%nb \u20ac", 1);
        stream.flush();
        stream.write('\n');
        stream.println("[NOTICE] is no level of slf4j");
        assertEquals("""
            2026/11/21 07:34:00 [warn] 4711#0: plain
            2026/11/21 07:34:00 [warn] 4711#0: 42
            2026/11/21 07:34:00 [warn] 4711#0: ch
            2026/11/21 07:34:00 [warn] 4711#0: null
            2026/11/21 07:34:00 [warn] 4711#0: two parts
            2026/11/21 07:34:00 [warn] 4711#0: a 1
            2026/11/21 07:34:00 [warn] 4711#0: b \u20ac
            2026/11/21 07:34:00 [warn] 4711#0: [NOTICE] is no level of slf4j
            """, written());
    }

    @Test
    void a_plain_line_after_an_event_stands_alone() {
        event("[INFO] event");
        stream.println("plain");
        assertEquals("2026/11/21 07:34:00 [info] 4711#0: event\n" + WARN + "plain\n", written());
    }

    @Test
    void a_line_of_bytes_may_come_in_any_pieces() {
        byte[] bytes = "caf\u00e9 \ud83d\ude00\r\nnext\n".getBytes(UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            stream.write(bytes, 0, cut);
            for (int i = cut; i < bytes.length; i++) {
                stream.write(bytes[i]);
            }
            assertEquals(WARN + "caf\u00e9 \ud83d\ude00\n" + WARN + "next\n", written());
        }
    }

    @Test
    void bytes_without_end_are_logged_in_bounded_lines() {
        stream.write("x".repeat(20_000).getBytes(UTF_8), 0, 20_000);
        assertEquals(2, written().lines().count());
        stream.println();
        assertEquals(1, written().lines().count());
    }

    @Test
    void closing_it_does_not_make_it_mute() {
        stream.close();
        event("[WARN] still here");
        assertEquals(WARN + "still here\n", written());
    }

    @Test
    void events_of_two_threads_do_not_mix_their_stacks() throws InterruptedException {
        // As slf4j-simple does, under a lock of its own; others print without one.
        Object lock = new Object();
        Runnable events = () -> {
            for (int i = 0; i < 50; i++) {
                synchronized (lock) {
                    stream.println("[INFO] event");
                    stream.println((Object) "frame");
                    stream.flush();
                }
            }
        };
        Thread one = Thread.ofPlatform().start(events);
        Thread two = Thread.ofPlatform().start(events);
        one.join();
        two.join();
        assertTrue(written().equals("2026/11/21 07:34:00 [info] 4711#0: event\n\tframe\n".repeat(100)));
    }

    private void event(String text) {
        stream.println(text);
        stream.flush();
    }

    private String written() {
        while (writer.turn()) {}
        return sink.take();
    }
}

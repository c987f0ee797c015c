package io.sluice.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.time.HandClock;
import io.sluice.core.time.Randomness;
import io.sluice.core.time.SeededRandomness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the log's thread. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogWriterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HandClock clock = HandClock.at("2026-11-21T07:34:00Z");
    private final LogOrigin process = LogOrigin.ofProcess(4711, clock, ZoneOffset.UTC);
    private final LogWriter writer = new LogWriter(clock, process, 16);
    private final CompletableFuture<Throwable> death = new CompletableFuture<>();

    @TempDir
    private Path folder;

    private void start() {
        writer.start((thread, failure) -> death.complete(failure));
    }

    @AfterEach
    void stop() {
        assertTrue(writer.close(PATIENCE));
    }

    @Test
    void closing_writes_everything_that_was_logged_before() throws IOException {
        Path path = folder.resolve("error.log");
        ErrorLog log = ErrorLog.of(process, LogLevel.ERR, writer.open(path));
        start();
        for (int i = 0; i < 10; i++) {
            log.log(LogLevel.ERR, "x");
        }
        assertTrue(writer.close(PATIENCE));
        assertEquals("2026/11/21 07:34:00 [error] 4711#0: x\n".repeat(10), Files.readString(path));
    }

    @Test
    void closing_before_a_start_writes_everything_too() throws IOException {
        Path path = folder.resolve("error.log");
        ErrorLog.of(process, LogLevel.ERR, writer.open(path)).log(LogLevel.ERR, "x");
        assertTrue(writer.close(PATIENCE));
        assertEquals("2026/11/21 07:34:00 [error] 4711#0: x\n", Files.readString(path));
    }

    @Test
    void closing_does_not_wait_longer_than_its_patience() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch freed = new CountDownLatch(1);
        ErrorLog log = ErrorLog.of(process, LogLevel.ERR, writer.attach(new CallbackSink(bytes -> {
            stuck.countDown();
            await(freed);
        })));
        start();
        log.log(LogLevel.ERR, "x");
        assertTrue(stuck.await(60, TimeUnit.SECONDS));
        assertFalse(writer.close(Duration.ofMillis(1)));
        freed.countDown();
    }

    @Test
    void logging_never_waits_for_a_stuck_disk() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch freed = new CountDownLatch(1);
        LogFile file = writer.attach(new CallbackSink(bytes -> {
            stuck.countDown();
            await(freed);
        }));
        ErrorLog log = ErrorLog.of(process, LogLevel.ERR, file);
        start();
        log.log(LogLevel.ERR, "first");
        assertTrue(stuck.await(60, TimeUnit.SECONDS));
        for (int i = 0; i < 100; i++) {
            log.log(LogLevel.ERR, "x");
        }
        assertEquals(84, file.dropped());
        freed.countDown();
    }

    @Test
    void a_sleeping_thread_is_woken_for_every_line() {
        AtomicLong linesSeen = new AtomicLong();
        LogFile file = writer.attach(new CallbackSink(bytes -> linesSeen.addAndGet(lines(bytes))));
        LogBlock line = LogBlock.of("x\n".getBytes(UTF_8));
        Randomness chance = new SeededRandomness(7);
        start();
        // One line at a time, after a pause of no certain length, so that many come just as the thread falls asleep.
        assertTimeoutPreemptively(PATIENCE, () -> {
            for (int i = 1; i <= 30_000; i++) {
                file.offer(line);
                while (linesSeen.get() < i) {
                    Thread.onSpinWait();
                }
                for (int pause = chance.nextInt(1 + (i & 0xff)); pause > 0; pause--) {
                    Thread.onSpinWait();
                }
            }
        });
        assertEquals(0, file.dropped());
    }

    @Test
    void what_comes_just_before_falling_asleep_is_seen() {
        LogFile file = writer.attach(new CallbackSink(bytes -> {}));
        // Nobody sleeps yet, so nobody is woken; whoever goes to sleep now must look again.
        file.offer(LogBlock.of("x\n".getBytes(UTF_8)));
        assertTimeoutPreemptively(PATIENCE, writer::sleep);
        writer.turn();
        file.reopen();
        assertTimeoutPreemptively(PATIENCE, writer::sleep);
        writer.turn();
        file.close();
        assertTimeoutPreemptively(PATIENCE, writer::sleep);
        while (writer.turn()) {}
        writer.close(PATIENCE);
        assertTimeoutPreemptively(PATIENCE, writer::sleep);
    }

    @Test
    void a_line_logged_just_before_closing_is_written() {
        Randomness chance = new SeededRandomness(11);
        LogBlock line = LogBlock.of("x\n".getBytes(UTF_8));
        AtomicLong linesSeen = new AtomicLong();
        for (int i = 1; i <= 500; i++) {
            LogWriter one = new LogWriter(clock, process, 16);
            LogFile file = one.attach(new CallbackSink(bytes -> linesSeen.addAndGet(lines(bytes))));
            one.start((thread, failure) -> death.complete(failure));
            for (int pause = chance.nextInt(3000); pause > 0; pause--) {
                Thread.onSpinWait();
            }
            file.offer(line);
            assertTrue(one.close(PATIENCE));
            assertEquals(i, linesSeen.get());
        }
    }

    @Test
    void lines_of_two_threads_are_all_written_or_counted() throws InterruptedException {
        AtomicLong linesSeen = new AtomicLong();
        // Not those in which the log tells of losses.
        LogFile file = writer.attach(new CallbackSink(bytes -> linesSeen.addAndGet(
                bytes.lines().filter(line -> line.endsWith(": x")).count())));
        ErrorLog log = ErrorLog.of(process, LogLevel.ERR, file);
        start();
        Runnable many = () -> {
            for (int i = 0; i < 50_000; i++) {
                log.log(LogLevel.ERR, "x");
            }
        };
        Thread one = Thread.ofPlatform().start(many);
        Thread two = Thread.ofPlatform().start(many);
        one.join();
        two.join();
        assertTrue(writer.close(PATIENCE));
        assertEquals(100_000, linesSeen.get() + file.dropped());
    }

    @Test
    void it_sleeps_when_there_is_nothing_to_do() {
        LogFile file = writer.attach(new CallbackSink(bytes -> {}));
        start();
        assertTimeoutPreemptively(PATIENCE, () -> {
            while (!writer.isAsleep()) {
                Thread.onSpinWait();
            }
        });
        assertEquals(0, file.dropped());
    }

    @Test
    void a_reopening_wakes_it() {
        CountDownLatch reopened = new CountDownLatch(1);
        LogFile file = writer.attach(new CallbackSink(bytes -> {}) {
            @Override
            public void reopen() {
                reopened.countDown();
            }
        });
        start();
        assertTimeoutPreemptively(PATIENCE, () -> {
            while (!writer.isAsleep()) {
                Thread.onSpinWait();
            }
            file.reopen();
            reopened.await();
        });
    }

    @Test
    void its_death_is_told() throws Exception {
        LogFile file = writer.attach(new CallbackSink(bytes -> {
            throw new OutOfMemoryError("made up");
        }));
        start();
        ErrorLog.of(process, LogLevel.ERR, file).log(LogLevel.ERR, "x");
        assertInstanceOf(OutOfMemoryError.class, death.get(60, TimeUnit.SECONDS));
    }

    @Test
    void a_sink_that_fails_in_an_unexpected_way_does_not_end_it() {
        AtomicLong linesSeen = new AtomicLong();
        LogFile broken = writer.attach(new CallbackSink(bytes -> {
            throw new IllegalStateException("broken");
        }));
        LogFile good = writer.attach(new CallbackSink(bytes -> linesSeen.addAndGet(lines(bytes))));
        start();
        ErrorLog.of(process, LogLevel.ERR, broken).log(LogLevel.ERR, "x");
        ErrorLog.of(process, LogLevel.ERR, good).log(LogLevel.ERR, "x");
        assertTrue(writer.close(PATIENCE));
        assertEquals(1, broken.dropped());
        assertEquals(1, linesSeen.get());
    }

    private static long lines(String bytes) {
        return bytes.chars().filter(c -> c == '\n').count();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Written {
        void accept(String lines);
    }

    private static class CallbackSink implements LogSink {
        private final Written written;

        CallbackSink(Written written) {
            this.written = written;
        }

        @Override
        public String name() {
            return "callback";
        }

        @Override
        public void write(ByteBuffer wholeLines) {
            written.accept(UTF_8.decode(wholeLines).toString());
        }

        @Override
        public void reopen() {}

        @Override
        public void close() {}
    }
}

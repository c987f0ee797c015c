package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.Configuration;
import io.sluice.core.cycle.Cycle;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogOrigin;
import io.sluice.core.log.LogWriter;
import io.sluice.core.time.SystemClock;
import io.sluice.core.time.SystemRandomness;
import io.sluice.event.Drivers;
import io.sluice.event.ProcessSignals.Signal;
import io.sluice.event.Server;
import io.sluice.event.ServerOptions;
import io.sluice.event.StartException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SignalActionsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int PROCESS = 4711;
    private static final int SENDER = 815;

    @TempDir
    Path folder;

    private final CountDownLatch stuck = new CountDownLatch(1);
    private final AtomicInteger halts = new AtomicInteger();
    private final WrittenLines lines = new WrittenLines();
    private Server server;
    private SignalActions actions;

    @BeforeEach
    void start() throws StartException {
        SystemClock clock = new SystemClock();
        LogOrigin origin = LogOrigin.ofProcess(PROCESS, clock, ZoneOffset.UTC);
        LogWriter writer = new LogWriter(clock, origin, 64);
        ErrorLog log = ErrorLog.of(origin, LogLevel.NOTICE, writer.attach(lines));
        Assembly assembly = Assembly.found();
        Configuration nothing = Configuration.parse("workers = 1", "nothing", assembly.references());
        Cycle cycle = assembly.load(nothing, folder);
        server = Server.start(
                cycle,
                new ServerOptions(
                        Drivers.choose("nio"), clock, new SystemRandomness(), ZoneOffset.UTC, PROCESS, writer, log));
        actions = new SignalActions(server, new ProcessLog(writer, log), halts::incrementAndGet);
    }

    @AfterEach
    void stop() {
        stuck.countDown();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Signal.class,
            names = {"TERM", "INT"})
    void a_signal_to_end_ends_the_workers(Signal signal) throws InterruptedException {
        actions.received(signal, SENDER);
        assertTrue(server.await(LONG));
        assertEquals(0, halts.get());
        assertEquals("[notice] 4711#0: signal " + signal + " received from 815, exiting\n", written());
    }

    @Test
    void a_worker_that_is_stuck_does_not_keep_the_process() {
        server.workers().getFirst().execute(() -> {
            try {
                stuck.await();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        });
        actions.received(Signal.TERM, 0);
        assertEquals(1, halts.get());
        assertEquals("""
                [notice] 4711#0: signal TERM received, exiting
                [alert] 4711#0: a worker is stuck, the process ends without it
                """, written());
    }

    @Test
    void QUIT_ends_a_server_without_work() throws InterruptedException {
        actions.received(Signal.QUIT, SENDER);
        assertTrue(server.await(LONG));
        assertEquals("[notice] 4711#0: signal QUIT received from 815, gracefully shutting down\n", written());
    }

    @Test
    void USR1_reopens_the_logs() throws InterruptedException {
        actions.received(Signal.USR1, SENDER);
        assertEquals("[notice] 4711#0: signal USR1 received from 815, reopening logs\n", written());
        assertEquals(1, lines.reopened());
        assertFalse(server.await(Duration.ZERO));
    }

    @ParameterizedTest
    @EnumSource(
            value = Signal.class,
            names = {"HUP", "USR2", "WINCH"})
    void what_cannot_be_done_yet_is_said_and_changes_nothing(Signal signal) throws InterruptedException {
        actions.received(signal, SENDER);
        String line = written();
        assertTrue(
                line.startsWith("[warn] 4711#0: signal " + signal + " received from 815, this version cannot "), line);
        assertTrue(line.endsWith(", nothing changed\n"), line);
        assertFalse(server.await(Duration.ZERO));
    }

    private String written() {
        actions.logs().writer().turn();
        return lines.take();
    }
}

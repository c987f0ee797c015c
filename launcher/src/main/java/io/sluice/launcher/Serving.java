package io.sluice.launcher;

import io.sluice.core.cycle.Cycle;
import io.sluice.core.log.LogLevel;
import io.sluice.core.time.Clock;
import io.sluice.core.time.SystemClock;
import io.sluice.core.time.SystemRandomness;
import io.sluice.event.ProcessSignals;
import io.sluice.event.Server;
import io.sluice.event.ServerOptions;
import io.sluice.event.StartException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The server as a process: started, then there until a signal ends it. */
record Serving(Cycle cycle, PrintStream out, PrintStream err) {

    /**
     * Returns when the server has ended.
     *
     * @param whenStarted told when it serves
     * @return whether it ended because somebody wanted it to
     * @throws StartException with everything that could not be opened
     */
    boolean run(Consumer<Server> whenStarted) throws StartException {
        Clock clock = new SystemClock();
        ZoneId zone = ZoneId.systemDefault();
        try (ProcessLog logs = ProcessLog.open(cycle, clock, zone, err)) {
            long processId = logs.log().speaker().origin().processId();
            Server server = Server.start(
                    cycle,
                    new ServerOptions(null, clock, new SystemRandomness(), zone, processId, logs.writer(), logs.log()));
            cycle.bits().warnings().forEach(warning -> logs.log().log(LogLevel.WARN, warning));
            receiveSignals(new SignalActions(server, logs, Serving::halt));
            try (StatusFile _ = StatusFile.of(cycle, server, logs.log())) {
                out.println(Banner.of(cycle, server));
                out.flush();
                whenStarted.accept(server);
                return untilTheEnd(server);
            }
        }
    }

    private static void receiveSignals(SignalActions actions) {
        CountDownLatch never = new CountDownLatch(1);
        ProcessSignals.receive((signal, senderPid) -> {
            actions.received(signal, senderPid);
            if (SignalActions.endsAtOnce(signal)) {
                // Not back into the system call that waits for signals: the JVM waits 0.3 s for a thread that is in
                // one.
                rest(never);
            }
        });
    }

    private static void rest(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    /** With the exit code of one who was asked to end. */
    private static void halt() {
        Runtime.getRuntime().halt(0);
    }

    private static boolean untilTheEnd(Server server) {
        try {
            server.await();
        } catch (InterruptedException end) {
            server.close();
        }
        return server.fatal() == null;
    }
}

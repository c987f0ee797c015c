package io.sluice.launcher;

import io.sluice.core.log.LogLevel;
import io.sluice.event.ProcessSignals;
import io.sluice.event.ProcessSignals.Signal;
import io.sluice.event.Server;
import java.time.Duration;

/**
 * What each signal does: nginx's meanings, as far as there is something behind them.
 *
 * @param halt ends the process without waiting for anybody
 */
record SignalActions(Server server, ProcessLog logs, Runnable halt) implements ProcessSignals.Receiver {
    /** So long nginx's master waits for its workers before it kills them. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Whether nothing that comes after such a signal matters. */
    static boolean endsAtOnce(Signal signal) {
        return signal == Signal.TERM || signal == Signal.INT;
    }

    @Override
    public void received(Signal signal, int senderPid) {
        switch (signal) {
            case TERM, INT -> {
                note(LogLevel.NOTICE, signal, senderPid, "exiting");
                server.stop();
                haltIfStuck();
            }
            case QUIT -> {
                note(LogLevel.NOTICE, signal, senderPid, "gracefully shutting down");
                server.quit();
            }
            case USR1 -> {
                note(LogLevel.NOTICE, signal, senderPid, "reopening logs");
                logs.writer().reopen();
            }
            case HUP ->
                note(LogLevel.WARN, signal, senderPid, "this version cannot reload its configuration, nothing changed");
            case USR2, WINCH ->
                note(LogLevel.WARN, signal, senderPid, "this version cannot replace its program, nothing changed");
        }
    }

    private void note(LogLevel level, Signal signal, int senderPid, String what) {
        var entry = logs.log().at(level).text("signal ").text(signal.name()).text(" received");
        if (senderPid > 0) {
            entry.text(" from ").number(senderPid);
        }
        entry.text(", ").text(what).write();
    }

    /** Who stops at once does not wait for a plugin that never returns. */
    private void haltIfStuck() {
        try {
            if (!server.await(PATIENCE)) {
                logs.log().log(LogLevel.ALERT, "a worker is stuck, the process ends without it");
                logs.close();
                halt.run();
            }
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }
}

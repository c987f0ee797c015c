package io.sluice.upstream;

import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogContext;
import io.sluice.core.log.LogLevel;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import org.jspecify.annotations.Nullable;

/**
 * The conversation of one request with balancers, which are code of plugins: what they throw ends here, in one line of the log and in
 * the worker's count of failures, and reads as if no peer could be tried.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class Balancing {
    private final WorkerContext worker;
    private final Selection selection;
    private final PeerContext about;
    private @Nullable ErrorLog log;

    Balancing(WorkerContext worker, LogContext about) {
        this.worker = worker;
        this.about = new PeerContext(about);
        this.selection = new Selection(worker.random());
    }

    void start(Upstream upstream, Reach reach, ErrorLog place) {
        log = place;
        about.peer(null);
        selection.start(upstream);
        selection.reach(reach);
    }

    /** What the choice depends on; also for trying other peers of the request. */
    Selection selection() {
        return selection;
    }

    Upstream upstream() {
        return selection.upstream();
    }

    boolean holds() {
        return selection.holds();
    }

    Peer peer() {
        return selection.peer();
    }

    ErrorLog log() {
        ErrorLog place = log;
        if (place == null) {
            throw new IllegalStateException("the request has not been started");
        }
        return place;
    }

    LogContext about() {
        return about;
    }

    Choice get(long nowMillis) {
        Choice choice = Choice.BUSY;
        try {
            choice = selection.get(nowMillis);
            if (choice == Choice.PEER != selection.holds()) {
                throw new IllegalStateException(
                        "answered " + choice + (selection.holds() ? " but took one" : " but took none"));
            }
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
            failed(failure);
            choice = Choice.BUSY;
            if (selection.holds()) {
                selection.drop(nowMillis);
            }
        }
        about.peer(selection.holds() ? selection.peer() : null);
        return choice;
    }

    /** As {@link #get}, from the primary peers on, for one that has found all of them busy. */
    Choice getAgain(long nowMillis) {
        selection.again();
        return get(nowMillis);
    }

    /** The request is over: its peers are not held on to before the client sends another. */
    void end() {
        selection.end();
        about.peer(null);
    }

    /** A peer that was got is given back without having been used. */
    void drop(long nowMillis) {
        selection.drop(nowMillis);
    }

    /** The request has no peer and waits for none. */
    void logBusy() {
        log().at(LogLevel.ERR, about)
                .text("no peer of ")
                .text(upstream().name())
                .text(" may be tried")
                .write();
    }

    void logBudget() {
        log().at(LogLevel.WARN, about)
                .text("the retry budget of ")
                .text(upstream().name())
                .text(" is used up")
                .write();
    }

    void free(Outcome outcome, long nowMillis) {
        Peer peer = selection.peer();
        try {
            if (selection.free(outcome, nowMillis)) {
                log().at(LogLevel.WARN, about)
                        .text("peer ")
                        .text(peer.toString())
                        .text(" of ")
                        .text(upstream().name())
                        .text(" is left alone for ")
                        .number(peer.failTimeoutMillis())
                        .text(" ms, failures: ")
                        .number(peer.fails())
                        .write();
            }
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
            failed(failure);
        }
    }

    void tell(PeerEvent event, long nowMillis) {
        try {
            selection.tell(event, nowMillis);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
            failed(failure);
        }
    }

    @Nullable
    Object session() {
        return selection.session();
    }

    void saveSession(Object session) {
        selection.saveSession(session);
    }

    /** Also code of a plugin. */
    void stickinessFailed(Throwable failure) {
        worker.pluginFailed(log(), about, "the stickiness of " + upstream().name() + " failed", failure);
    }

    private void failed(Throwable failure) {
        worker.pluginFailed(log(), about, "the balancer of " + upstream().name() + " failed", failure);
    }
}

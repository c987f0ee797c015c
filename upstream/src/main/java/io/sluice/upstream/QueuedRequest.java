package io.sluice.upstream;

import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.upstream.balance.Choice;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one client connection, one after the other, as far as they wait for peers.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class QueuedRequest implements QueuePlace.Waiting {
    private static final long MILLI = 1_000_000;

    private final WorkerContext worker;
    private final Balancing balancing;
    private final Selection selection;
    private final PeerWaiter waiter;
    private final @Nullable Connection client;

    /** Made when a request waits for the first time. */
    private @Nullable QueuePlace place;

    /** What the request found when its turn had come; null if that is not so, or the waiter knows it. */
    private @Nullable Choice granted;

    QueuedRequest(WorkerContext worker, Balancing balancing, PeerWaiter waiter, @Nullable Connection client) {
        this.worker = worker;
        this.balancing = balancing;
        this.selection = balancing.selection();
        this.waiter = waiter;
        this.client = client;
    }

    /** Asks for a peer, behind those who wait already. Answers null if the request waits too. */
    @Nullable
    Choice get(long nowMillis) {
        PeerQueue queue = balancing.upstream().queue();
        if (queue == null) {
            return balancing.get(nowMillis);
        }
        if (queue.isEmpty()) {
            Choice choice = balancing.get(nowMillis);
            if (choice != Choice.BUSY || !selection.couldWait()) {
                return choice;
            }
        }
        QueuePlace mine = place;
        if (mine == null) {
            mine = new QueuePlace(worker, this);
            place = mine;
        }
        if (!mine.join(queue, selection.hasTriedAny())) {
            return Choice.BUSY;
        }
        return mine.isAtTurn() ? ask(mine, nowMillis) : null;
    }

    /** Answers null if the request goes on waiting. */
    private @Nullable Choice ask(QueuePlace mine, long nowMillis) {
        Choice choice = balancing.getAgain(nowMillis);
        if (choice == Choice.BUSY && selection.couldWait()) {
            mine.stay();
            return null;
        }
        mine.leave();
        return choice;
    }

    boolean isWaiting() {
        QueuePlace mine = place;
        return mine != null && mine.isIn();
    }

    /** What was found for the request that had waited, once; else null. */
    @Nullable
    Choice granted() {
        Choice found = granted;
        granted = null;
        return found;
    }

    /** Nobody waits any more. */
    void giveUp() {
        granted = null;
        QueuePlace mine = place;
        if (mine != null) {
            mine.leave();
        }
    }

    @Override
    public void ask() {
        QueuePlace mine = place;
        if (mine == null) {
            return;
        }
        granted = ask(mine, worker.time().nanos() / MILLI);
        if (granted != null) {
            tell(true);
            if (granted != null) {
                // Nobody wants it.
                granted = null;
                if (balancing.holds()) {
                    balancing.drop(worker.time().nanos() / MILLI);
                }
            }
        }
    }

    @Override
    public void timedOut() {
        tell(false);
    }

    /** What the waiter throws is the end of its client's connection, not of the worker's turn. */
    private void tell(boolean free) {
        try {
            if (free) {
                waiter.peerFree();
            } else {
                waiter.queueTimedOut();
            }
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
            worker.pluginFailed(balancing.log(), balancing.about(), "who waited for a peer failed", failure);
            Connection from = client;
            if (from != null && from.isOpen()) {
                from.close(CloseReason.BUG);
            }
        }
    }
}

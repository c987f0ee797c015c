package io.sluice.event;

import io.sluice.core.connection.Claim;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConnectionPool;
import io.sluice.core.connection.Dispatch;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.Slot;
import io.sluice.core.log.IoFault;
import io.sluice.core.log.LogLevel;
import io.sluice.core.time.Timer;
import io.sluice.event.spi.AcceptSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes connections from one listening socket for one worker, and hands them to the consumer that listens there. With a driver that
 * cannot share a socket one worker accepts for all and gives each connection to the next of them in turn.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class Acceptor implements Listener {
    /** As nginx's accept_mutex_delay, which it waits for when descriptors are exhausted. */
    private static final long PAUSE_MILLIS = 500;

    /** After so long without being short of descriptors it is another shortage. */
    private static final long SHORTAGE_NANOS = 4 * PAUSE_MILLIS * 1_000_000;

    private final Worker worker;
    private final Listening listening;
    private final @Nullable List<Worker> others;
    private final AcceptSource source;
    private final Slot slot;
    private final Timer pause;
    private final MemoryGate gate;

    /** Where clients send at once, a read at accept saves a wait and, for those that are answered and closed at once, the registration. */
    private final WorthTrying firstRead = new WorthTrying();

    /** Where several are queued at once, taking them in one turn saves a wait for each. */
    private final WorthTrying another = new WorthTrying();

    private final int perTurn;
    private boolean starved;
    private long starvedNanos;
    private int nextWorker;

    /** @param others all workers of the server, this one included, if it accepts for them */
    Acceptor(Worker worker, OpenListening open, @Nullable List<Worker> others) {
        this.worker = worker;
        this.listening = open.listening();
        this.others = others;
        this.perTurn = worker.cycle().cycle().settings().events().acceptsPerTurn();
        Slot taken = worker.pool().take();
        if (taken == null) {
            throw new IllegalStateException("no slot is left for the listening socket " + listening.address());
        }
        slot = taken;
        slot.listener(this::readable);
        source = worker.driver().watch(open.socketOf(worker.index()), slot.token());
        gate = new MemoryGate(worker, others, source, this::resume);
        pause = worker.timers().create(this::resume, true);
    }

    private void readable() {
        for (int i = 0; i < perTurn && gate.isOpen(); i++) {
            if (i > 0 && !another.isTried()) {
                return;
            }
            Endpoint endpoint = source.accept();
            if (i > 0) {
                another.was(endpoint != null);
            }
            if (endpoint == null) {
                acceptFailed(source.fault());
                return;
            }
            List<Worker> all = others;
            if (all == null) {
                accepted(worker, listening, endpoint, firstRead);
            } else {
                handOver(all, endpoint);
            }
        }
    }

    private void acceptFailed(IoFault fault) {
        if (fault == IoFault.NONE) {
            return;
        }
        if (fault == IoFault.NO_DESCRIPTORS || !source.isWatched()) {
            // Level-triggered: without the pause the loop would spin until a descriptor comes free.
            source.pause();
            pause.setMillis(PAUSE_MILLIS);
            sayOnce(fault);
            return;
        }
        LogLevel level = fault == IoFault.CONNECTION_ABORTED ? LogLevel.ERR : LogLevel.ALERT;
        worker.log().log(level, worker.log().speaker(), "accept() failed", fault);
    }

    /** Once per shortage: who comes when one descriptor is free again does not end it. */
    private void sayOnce(IoFault fault) {
        long now = worker.time().nanos();
        if (!starved || now - starvedNanos > SHORTAGE_NANOS) {
            worker.log().log(
                    LogLevel.CRIT, worker.log().speaker(), "accept() failed, accepting pauses for 500 ms", fault);
        }
        starved = true;
        starvedNanos = now;
    }

    private void resume() {
        if (!source.resume()) {
            // Nobody else would ever try again.
            pause.setMillis(PAUSE_MILLIS);
            sayOnce(source.fault());
        }
    }

    /**
     * Takes those who are queued already: they would be reset when the socket is closed. Those who come later are not in time.
     */
    @Override
    public void takeQueued() {
        for (int left = listening.options().backlog(); left > 0; left--) {
            Endpoint endpoint = source.accept();
            if (endpoint == null) {
                return;
            }
            accepted(worker, listening, endpoint, firstRead);
        }
    }

    private void handOver(List<Worker> all, Endpoint endpoint) {
        Worker target = next(all);
        for (int tried = 1; tried < all.size() && !MemoryGate.hasMemory(target); tried++) {
            target = next(all);
        }
        if (target == worker) {
            accepted(worker, listening, endpoint, firstRead);
        } else {
            handOver(target, endpoint);
        }
    }

    private Worker next(List<Worker> all) {
        Worker next = all.get(nextWorker);
        nextWorker = nextWorker + 1 == all.size() ? 0 : nextWorker + 1;
        return next;
    }

    private void handOver(Worker target, Endpoint endpoint) {
        target.execute(() -> {
            // A worker that only finishes what runs takes it: the client was accepted.
            if (target.hasEnded()) {
                endpoint.close();
            } else {
                target.driver().adopt(endpoint);
                accepted(target, listening, endpoint, new WorthTrying());
            }
        });
    }

    private static void accepted(Worker worker, Listening listening, Endpoint endpoint, WorthTrying firstRead) {
        ConnectionPool pool = worker.pool();
        Slot taken = pool.take();
        if (taken == null) {
            endpoint.close();
            return;
        }
        taken.endpoint(endpoint);
        Connection connection = pool.open(taken, listening, null);
        Claim<?> claim = worker.cycle().claim(listening.claimant());
        int generation = taken.generation();
        Dispatch.accepted(connection, claim);
        // Most clients have sent their first bytes by now. A connection that is answered and closed at once never meets
        // the driver.
        if (taken.generation() == generation && firstRead.isTried()) {
            taken.read().ready(true);
            Dispatch.readable(taken);
            firstRead.was(taken.generation() != generation || endpoint.hasRead());
        }
        if (taken.generation() == generation && !endpoint.attached()) {
            try {
                endpoint.attach(taken.token(), !taken.write().ready());
            } catch (IllegalStateException refused) {
                // The system watches no more sockets: nobody would ever hear of this one again.
                worker.log().log(LogLevel.ALERT, connection, "a connection cannot be watched", refused);
                connection.close(CloseReason.IO_ERROR);
            }
        }
    }

    /** Stops accepting; the socket is the server's to close. */
    @Override
    public void close() {
        pause.cancel();
        gate.close();
        source.close();
        worker.pool().giveBack(slot);
    }
}

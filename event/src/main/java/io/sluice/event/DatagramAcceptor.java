package io.sluice.event;

import io.sluice.core.connection.Claim;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConnectionPool;
import io.sluice.core.connection.Dispatch;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.Slot;
import io.sluice.core.log.IoFault;
import io.sluice.core.log.LogLevel;
import io.sluice.core.time.Timer;
import io.sluice.event.spi.DatagramSource;
import io.sluice.event.spi.SharedEndpoint;

/**
 * Takes datagrams from one listening socket and gives each to the session of its client, which is a connection of the pool and begins with
 * its first datagram (ngx_event_recvmsg). A turn takes one batch, so that whoever floods does not keep the others waiting.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class DatagramAcceptor implements Listener {
    /** As for accepting, when the system does not let us receive. */
    private static final long PAUSE_MILLIS = 500;

    /** After so long without a loss it is another one, and told anew. */
    private static final long SHORTAGE_NANOS = 2_000_000_000;

    /** Of what is queued when the server stops. */
    private static final int LAST_BATCHES = 64;

    private final Worker worker;
    private final Listening listening;
    private final DatagramSource source;
    private final DatagramSessions sessions = new DatagramSessions();
    private final Slot slot;
    private final Timer pause;
    private long dropped;
    private long lossNanos;
    private boolean lossTold;

    DatagramAcceptor(Worker worker, OpenListening open) {
        this.worker = worker;
        this.listening = open.listening();
        Slot taken = worker.pool().take();
        if (taken == null) {
            throw new IllegalStateException("no slot is left for the listening socket " + listening.address());
        }
        slot = taken;
        slot.listener(this::readable);
        source = worker.driver()
                .datagrams(
                        open.socketOf(worker.index()),
                        slot.token(),
                        worker.cycle().cycle().settings().events().datagramsPerTurn(),
                        worker.random().nextLong());
        pause = worker.timers().create(this::resume, true);
    }

    private void readable() {
        receive();
    }

    /** One batch. Answers how many datagrams it had. */
    private int receive() {
        int count = source.receive();
        if (count == 0 && source.fault() != IoFault.NONE) {
            receiveFailed(source.fault());
        }
        for (int i = 0; i < count; i++) {
            received(i);
        }
        return count;
    }

    private void received(int datagram) {
        if (source.isTruncated(datagram)) {
            dropped++;
            worker.log().log(
                    LogLevel.ALERT, worker.log().speaker(), "a datagram to " + listening.address() + " was too long");
            return;
        }
        // Each time: the consumer that got the one before may have closed the session of this one.
        DatagramSession session = sessions.find(source, datagram);
        if (session == null) {
            begin(datagram);
        } else {
            deliver(session, datagram);
        }
    }

    private void begin(int datagram) {
        ConnectionPool pool = worker.pool();
        if (worker.slabs().budget().isOver()) {
            lost("worker-memory is not enough");
            return;
        }
        Slot taken = pool.tryTake();
        if (taken == null) {
            lost(pool.capacity() + " worker-connections are not enough");
            return;
        }
        DatagramSession session = new DatagramSession(sessions, source.hash(datagram), taken);
        SharedEndpoint endpoint = source.open(datagram, session);
        session.endpoint(endpoint);
        taken.endpoint(endpoint);
        Connection connection = pool.open(taken, listening, null);
        if (!source.isNameless(datagram)) {
            sessions.add(session);
        }
        Claim<?> claim = worker.cycle().claim(listening.claimant());
        Dispatch.accepted(connection, claim);
        if (session.isOpen()) {
            deliver(session, datagram);
        }
    }

    /** What the consumer does not read while it is told is lost: the memory is wanted for the next. */
    private void deliver(DatagramSession session, int datagram) {
        Slot to = session.slot;
        source.deliver(datagram, session.endpoint());
        to.read().ready(true);
        try {
            Dispatch.readable(to);
        } finally {
            source.withdraw(session.endpoint());
            if (session.isOpen()) {
                to.read().ready(false);
            }
        }
    }

    /** Nobody can take a datagram: counted each time, told once. */
    private void lost(String why) {
        dropped++;
        long now = worker.time().nanos();
        if (!lossTold || now - lossNanos > SHORTAGE_NANOS) {
            worker.log().log(LogLevel.ALERT, worker.log().speaker(), why + ", datagrams of new clients are dropped");
        }
        lossTold = true;
        lossNanos = now;
    }

    private void receiveFailed(IoFault fault) {
        // Of somebody to whom we have sent and who is not there: nobody's here, and nothing to wait for.
        if (fault == IoFault.REFUSED) {
            return;
        }
        source.pause();
        pause.setMillis(PAUSE_MILLIS);
        worker.log().log(
                LogLevel.ALERT, worker.log().speaker(), "recvmsg() failed, receiving pauses for 500 ms", fault);
    }

    private void resume() {
        if (!source.resume()) {
            pause.setMillis(PAUSE_MILLIS);
        }
    }

    /** Datagrams that nobody could take, and those that the system had no room for when they were sent. */
    long dropped() {
        return dropped + source.unsent();
    }

    /** What has come is still given to its sessions. Then they are asked to close: they can receive no more, but may finish to send. */
    @Override
    public void takeQueued() {
        int batches = 0;
        while (batches < LAST_BATCHES && receive() > 0) {
            batches++;
        }
        worker.pool().closeClients(listening, CloseReason.SHUTDOWN);
    }

    @Override
    public void close() {
        pause.cancel();
        source.close();
        worker.pool().giveBack(slot);
    }
}

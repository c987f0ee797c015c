package io.sluice.event;

import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConnectionPool;
import io.sluice.core.connection.Direction;
import io.sluice.core.connection.Dispatch;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.Event;
import io.sluice.core.connection.Slot;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.IoFault;
import io.sluice.event.spi.Driver;
import io.sluice.event.spi.Readiness;

/**
 * Turns what the driver reports, and what was posted, into calls of whoever has the slot by then. What is late, for a former owner, is
 * dropped by its generation.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class IoResults {
    private final Driver driver;
    private final ConnectionPool pool;
    private final ErrorLog log;

    IoResults(Driver driver, ConnectionPool pool, ErrorLog log) {
        this.driver = driver;
        this.pool = pool;
        this.log = log;
    }

    /** Those of listening sockets: they come first, as in nginx. */
    void accept(int results) {
        for (int i = 0; i < results; i++) {
            Slot slot = pool.find(driver.token(i));
            Runnable listener = slot == null ? null : slot.listener();
            if (listener != null) {
                listener.run();
            }
        }
    }

    /** Those of connections. */
    void deliver(int results) {
        for (int i = 0; i < results; i++) {
            Slot slot = pool.find(driver.token(i));
            if (slot != null && slot.listener() == null) {
                ready(slot, driver.readiness(i));
            }
        }
    }

    private void ready(Slot slot, int readiness) {
        if (slot.connecting()) {
            connectEnded(slot, readiness);
            return;
        }
        int generation = slot.generation();
        if ((readiness & Readiness.READ) != 0) {
            noteRead(slot.read(), readiness);
            Dispatch.readable(slot);
        }
        // The slot may have another owner by now: the read handler may have closed the connection.
        if ((readiness & Readiness.WRITE) != 0 && slot.generation() == generation && slot.used()) {
            Event write = slot.write();
            if (!write.ready()) {
                write.ready(true);
                Dispatch.writable(slot);
            }
        }
    }

    /** Also of a peer that spoke, and ended, before its connect was told: nothing tells that again. */
    private static void noteRead(Event read, int readiness) {
        read.ready(true);
        if ((readiness & Readiness.PEER_CLOSED) != 0) {
            read.pendingEof(true);
        }
        if ((readiness & Readiness.ERROR) != 0) {
            read.failed(true);
        }
    }

    private void connectEnded(Slot slot, int readiness) {
        if ((readiness & (Readiness.WRITE | Readiness.ERROR)) == 0) {
            return;
        }
        Endpoint endpoint = slot.endpoint();
        Connection connection = slot.connection();
        if (endpoint == null || connection == null) {
            return;
        }
        IoFault fault = endpoint.connectResult();
        slot.connecting(false);
        connection.clearWriteTimeout();
        if ((readiness & Readiness.READ) != 0) {
            noteRead(slot.read(), readiness);
        }
        if (fault != IoFault.NONE) {
            connection.setError();
            log.log(connection.errorLevel().levelFor(fault), connection, "connect() failed", fault);
        }
        int generation = slot.generation();
        slot.write().ready(true);
        Dispatch.connected(slot, fault == IoFault.NONE);
        if ((readiness & Readiness.READ) != 0
                && slot.generation() == generation
                && slot.used()
                && slot.read().ready()) {
            Dispatch.readable(slot);
        }
    }

    /** One that was posted. */
    void deliver(Event event) {
        Slot slot = event.slot();
        if (!slot.used()) {
            return;
        }
        if (event.direction() == Direction.READ) {
            Dispatch.readable(slot);
        } else {
            Dispatch.writable(slot);
        }
    }
}

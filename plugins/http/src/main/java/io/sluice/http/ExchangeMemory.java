package io.sluice.http;

import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one client's exchanges: reserved before the first byte of each is read, given back when it is over (ADR 4). Who must wait
 * for it holds none.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class ExchangeMemory implements MemoryBudget.Waiter {
    private final HttpWorker worker;
    private final Connection c;
    private @Nullable Pool pool;
    private boolean reserved;
    private boolean waits;

    ExchangeMemory(HttpWorker worker, Connection c) {
        this.worker = worker;
        this.c = c;
    }

    /** The same object for each request of this client, until it is quiet for a while. */
    Pool pool() {
        Pool made = pool;
        if (made == null) {
            made = worker.context().pool();
            pool = made;
        }
        return made;
    }

    /** Answers false if there is none now: the connection becomes readable when there is. */
    boolean reserve() {
        if (reserved) {
            return true;
        }
        if (waits) {
            return false;
        }
        if (worker.budget().tryReserve(worker.exchangeBytes())) {
            reserved = true;
            return true;
        }
        waits = true;
        worker.budget().await(this);
        return false;
    }

    @Override
    public void memoryFreed() {
        waits = false;
        c.postRead();
    }

    @Override
    public int wantedBytes() {
        return worker.exchangeBytes();
    }

    /** An exchange is over: what lay in its memory is gone. */
    void release() {
        pool().end();
        if (reserved) {
            reserved = false;
            worker.budget().release(worker.exchangeBytes());
        }
    }

    /** Nobody asks for memory any more. */
    void stopWaiting() {
        if (waits) {
            waits = false;
            worker.budget().forget(this);
        }
    }

    /** Who has kept something of it can do nothing with it any more. */
    void forget() {
        Pool own = pool;
        if (own != null) {
            own.close();
            pool = null;
        }
    }

    /** The connection is gone. */
    void closed() {
        Pool own = pool;
        if (own != null) {
            own.end();
        }
    }
}

package io.sluice.upstream;

import io.sluice.core.connection.Address;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One address of an upstream and what all workers together know of it: ngx_http_upstream_rr_peer_t with a zone. A
 * server whose name has several addresses is several peers, each counted by itself.
 *
 * <p><b>Thread:</b> any. The counters are exact.
 */
public final class Peer {
    private static final VarHandle ACTIVE;

    static {
        try {
            ACTIVE = MethodHandles.lookup().findVarHandle(Peer.class, "active", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Address address;
    private final String server;
    private final boolean backup;

    // Read for every peer of a walk, so they stand in the peer itself.
    private final boolean down;
    private final int weight;
    private final int maxActive;
    private final int maxFails;
    private final long failTimeoutMillis;

    /** Changed by {@link #ACTIVE} only. */
    @SuppressWarnings("UnusedVariable")
    private volatile int active;

    /** Written under the lock of the group, like the two below. */
    volatile int fails;

    /** Monotonic milliseconds of the last failure, or of the last time it was tried in spite of failures. */
    volatile long checkedMillis;

    /** Monotonic milliseconds of the last failure. */
    long accessedMillis;

    Peer(Address address, ServerSettings server) {
        this.address = address;
        this.server = server.address();
        this.backup = server.backup();
        this.down = server.down();
        this.weight = server.weight();
        this.maxActive = server.maxConns();
        this.maxFails = server.maxFails();
        this.failTimeoutMillis = server.failTimeout().toMillis();
    }

    public Address address() {
        return address;
    }

    /** As the configuration writes it. */
    public String server() {
        return server;
    }

    public int weight() {
        return weight;
    }

    /** How many attempts may hold it at once; 0 for any number. */
    public int maxActive() {
        return maxActive;
    }

    public int maxFails() {
        return maxFails;
    }

    public boolean isDown() {
        return down;
    }

    public boolean isBackup() {
        return backup;
    }

    /** Attempts that hold it now, of all workers. */
    public int active() {
        return active;
    }

    /** Failures that still count against it. */
    public int fails() {
        return fails;
    }

    long failTimeoutMillis() {
        return failTimeoutMillis;
    }

    boolean isFull() {
        return maxActive > 0 && active >= maxActive;
    }

    /** One more holds it, unless it is full. */
    boolean enter() {
        if (maxActive == 0) {
            ACTIVE.getAndAdd(this, 1);
            return true;
        }
        while (true) {
            int now = active;
            if (now >= maxActive) {
                return false;
            }
            if (ACTIVE.compareAndSet(this, now, now + 1)) {
                return true;
            }
        }
    }

    void leave() {
        ACTIVE.getAndAdd(this, -1);
    }

    /** The address, as in a log line. */
    @Override
    public String toString() {
        return address.toString();
    }
}

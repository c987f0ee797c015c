package io.sluice.core.connection;

import org.jspecify.annotations.Nullable;

/**
 * The queue of connections whose slot may be taken for another: those that wait for a first byte or between two requests. As
 * {@code ngx_reusable_connection} and {@code ngx_drain_connections}.
 *
 * <p><b>Invariant:</b> {@code size} slots between newest and oldest, each with {@code reusable} set, no other has it.
 */
public final class ReusableConnections {
    private @Nullable Slot newest;
    private @Nullable Slot oldest;
    private int size;

    ReusableConnections() {}

    public int size() {
        return size;
    }

    /** Puts a slot at the young end, or takes it out. Marking one that is marked already makes it the youngest. */
    void mark(Slot slot, boolean reusable) {
        if (slot.reusable) {
            unlink(slot);
        }
        slot.reusable = reusable;
        if (reusable) {
            link(slot);
        }
    }

    @Nullable
    Slot oldest() {
        return oldest;
    }

    private void link(Slot slot) {
        Slot head = newest;
        slot.newer = null;
        slot.older = head;
        if (head == null) {
            oldest = slot;
        } else {
            head.newer = slot;
        }
        newest = slot;
        size++;
    }

    private void unlink(Slot slot) {
        Slot newer = slot.newer;
        Slot older = slot.older;
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        slot.newer = null;
        slot.older = null;
        size--;
    }
}

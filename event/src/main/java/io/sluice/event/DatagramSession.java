package io.sluice.event;

import io.sluice.core.connection.Slot;
import io.sluice.event.spi.SharedEndpoint;
import org.jspecify.annotations.Nullable;

/** A client that sends datagrams, as it is found by its address: from its first datagram until it is closed or told to end. */
final class DatagramSession implements SharedEndpoint.Departure {
    final DatagramSessions table;
    final int hash;
    final Slot slot;
    final int generation;

    /** Next of those in the same place of the table. */
    @Nullable
    DatagramSession next;

    private @Nullable SharedEndpoint endpoint;

    DatagramSession(DatagramSessions table, int hash, Slot slot) {
        this.table = table;
        this.hash = hash;
        this.slot = slot;
        this.generation = slot.generation();
    }

    void endpoint(SharedEndpoint opened) {
        endpoint = opened;
    }

    SharedEndpoint endpoint() {
        SharedEndpoint opened = endpoint;
        if (opened == null) {
            throw new IllegalStateException("a session without its endpoint");
        }
        return opened;
    }

    /** Whether the connection it was made for is still open. */
    boolean isOpen() {
        return slot.generation() == generation;
    }

    @Override
    public void left() {
        table.remove(this);
    }
}

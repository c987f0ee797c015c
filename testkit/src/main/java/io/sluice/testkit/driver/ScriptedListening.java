package io.sluice.testkit.driver;

import io.sluice.core.connection.Address;
import io.sluice.event.spi.ListenSocket;
import java.util.ArrayDeque;
import java.util.Deque;

/** A listening socket with those who wait to be accepted. */
final class ScriptedListening implements ListenSocket {
    private final Address address;
    private final boolean shared;
    final Deque<ScriptedConnection> waiting = new ArrayDeque<>();
    private boolean closed;

    ScriptedListening(Address address, boolean shared) {
        this.address = address;
        this.shared = shared;
    }

    /** Whether others may listen on its address, each with a queue of its own. */
    boolean isShared() {
        return shared;
    }

    @Override
    public Address address() {
        return address;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}

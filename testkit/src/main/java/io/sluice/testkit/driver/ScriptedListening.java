package io.sluice.testkit.driver;

import io.sluice.core.connection.Address;
import io.sluice.event.spi.ListenSocket;
import java.util.ArrayDeque;
import java.util.Deque;

/** A listening socket with those who wait to be accepted. */
final class ScriptedListening implements ListenSocket {
    private final Address address;
    final Deque<ScriptedConnection> waiting = new ArrayDeque<>();
    private boolean closed;

    ScriptedListening(Address address) {
        this.address = address;
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

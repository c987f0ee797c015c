package io.sluice.testkit.driver;

import io.sluice.core.connection.Address;
import io.sluice.event.spi.ListenSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A listening socket for datagrams, with what waits to be received. Its siblings are the sockets of the other workers. */
final class ScriptedDatagramListening implements ListenSocket {
    private final Address address;
    private final List<ScriptedDatagramListening> all;
    final ArrayDeque<ScriptedDatagrams.Sent> waiting = new ArrayDeque<>();
    private boolean closed;
    private int held;

    ScriptedDatagramListening(Address address) {
        this(address, new ArrayList<>());
    }

    private ScriptedDatagramListening(Address address, List<ScriptedDatagramListening> all) {
        this.address = address;
        this.all = all;
        all.add(this);
    }

    @Override
    public ListenSocket sibling() {
        return new ScriptedDatagramListening(address, all);
    }

    /** The one that a client belongs to, always the same for the same client. */
    ScriptedDatagramListening of(int clientHash) {
        return all.get(Math.floorMod(clientHash, all.size()));
    }

    @Override
    public Address address() {
        return address;
    }

    void hold() {
        if (closed && held == 0) {
            throw new IllegalStateException("the socket is closed: with a real driver this would be another one");
        }
        held++;
    }

    void release() {
        held--;
    }

    /** Whether the system has closed it: the server has, and nobody holds it any more. */
    boolean isClosed() {
        return all.stream().allMatch(one -> one.closed && one.held == 0);
    }

    @Override
    public void close() {
        closed = true;
    }
}

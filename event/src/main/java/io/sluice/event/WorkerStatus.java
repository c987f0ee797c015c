package io.sluice.event;

import java.util.ArrayList;
import java.util.List;

/**
 * Counters of one worker for those who watch from outside: written by the worker at the end of each turn, read by any thread. A
 * reader sees each number as of some recent turn.
 */
public final class WorkerStatus {
    private volatile long turns;
    private long published;
    private int capacity;
    private int free;
    private int open;
    private int reusable;
    private long drained;
    private long slabBytesInUse;
    private long slabBytesHeld;
    private long reservedBytes;
    private long connections;
    private long requests;
    private long failures;
    private long datagramsDropped;
    private final List<DatagramAcceptor> datagrams = new ArrayList<>();

    /** Counts what is dropped there, also when it is watched no more. */
    void watch(DatagramAcceptor acceptor) {
        datagrams.add(acceptor);
    }

    void countFailure() {
        failures++;
    }

    /** The end of a turn. */
    void update(Worker worker) {
        capacity = worker.pool().capacity();
        free = worker.pool().free();
        open = worker.pool().capacity() - free - worker.listening();
        reusable = worker.pool().reusable().size();
        drained = worker.pool().drained();
        slabBytesInUse = worker.slabs().bytesInUse();
        slabBytesHeld = worker.slabs().bytesHeld();
        reservedBytes = worker.slabs().budget().reservedBytes();
        connections = worker.cycle().connections();
        requests = worker.cycle().requests();
        datagramsDropped = 0;
        for (int i = 0; i < datagrams.size(); i++) {
            datagramsDropped += datagrams.get(i).dropped();
        }
        publish();
    }

    /** The volatile write comes last and publishes the others. */
    void publish() {
        published++;
        turns = published;
    }

    /** Turns of the loop so far. Read first: it makes the other numbers visible. */
    public long turns() {
        return turns;
    }

    public int capacity() {
        return turns >= 0 ? capacity : 0;
    }

    public int free() {
        return turns >= 0 ? free : 0;
    }

    /** Slots taken by connections: all that are not free but those of listening sockets. */
    public int open() {
        return turns >= 0 ? open : 0;
    }

    public int reusable() {
        return turns >= 0 ? reusable : 0;
    }

    public long drained() {
        return turns >= 0 ? drained : 0;
    }

    /** Bytes of buffers that are handed out. */
    public long slabBytesInUse() {
        return turns >= 0 ? slabBytesInUse : 0;
    }

    /** Bytes of buffers asked of the system. */
    public long slabBytesHeld() {
        return turns >= 0 ? slabBytesHeld : 0;
    }

    /** Bytes that running exchanges have reserved of the budget. */
    public long reservedBytes() {
        return turns >= 0 ? reservedBytes : 0;
    }

    /** Connections that hold the current cycle through their consumer. */
    public long connections() {
        return turns >= 0 ? connections : 0;
    }

    /** Requests that run. */
    public long requests() {
        return turns >= 0 ? requests : 0;
    }

    /** Datagrams so far that nobody could take, or that the system had no room for when they were sent to a client. */
    public long datagramsDropped() {
        return turns >= 0 ? datagramsDropped : 0;
    }

    /** Exceptions of plugins so far. */
    public long failures() {
        return turns >= 0 ? failures : 0;
    }
}

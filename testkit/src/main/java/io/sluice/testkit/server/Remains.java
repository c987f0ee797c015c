package io.sluice.testkit.server;

import io.sluice.event.Server;
import io.sluice.event.Worker;
import io.sluice.event.WorkerStatus;

/** What must not be left when a server has ended. */
public final class Remains {
    private Remains() {}

    /** Fails if a worker of a closed server died, or has a slot, a buffer, a reservation or a lease missing. */
    public static void assertNone(Server closed) {
        Throwable fatal = closed.fatal();
        if (fatal != null) {
            throw new AssertionError("a worker died", fatal);
        }
        for (Worker worker : closed.workers()) {
            WorkerStatus status = worker.status();
            check("slots", status.capacity(), status.free());
            check("bytes of buffers in use", 0, status.slabBytesInUse());
            check("bytes reserved", 0, status.reservedBytes());
            check("connections that hold the cycle", 0, status.connections());
            check("requests that hold the cycle", 0, status.requests());
            check("connections in the reusable queue", 0, status.reusable());
        }
    }

    private static void check(String what, long expected, long actual) {
        if (expected != actual) {
            throw new AssertionError("after the end there are " + actual + " " + what + ", not " + expected);
        }
    }
}

package io.sluice.http;

import io.sluice.event.WorkerStatus;
import io.sluice.testkit.server.TestServer;

/** The counters of a server's workers, as sums. */
final class Counters {
    private Counters() {}

    static long requests(TestServer server) {
        return server.sum(WorkerStatus::requests);
    }

    static long failures(TestServer server) {
        return server.sum(WorkerStatus::failures);
    }

    static long free(TestServer server) {
        return server.sum(WorkerStatus::free);
    }

    static long drained(TestServer server) {
        return server.sum(WorkerStatus::drained);
    }

    static long reusable(TestServer server) {
        return server.sum(WorkerStatus::reusable);
    }

    static long slabBytesInUse(TestServer server) {
        return server.sum(WorkerStatus::slabBytesInUse);
    }

    static long reservedBytes(TestServer server) {
        return server.sum(WorkerStatus::reservedBytes);
    }
}

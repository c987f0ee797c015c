package io.sluice.testkit.server;

import io.sluice.event.Server;
import io.sluice.event.Worker;
import io.sluice.event.WorkerStatus;
import java.util.function.ToLongFunction;

/**
 * What the workers of a server counted up to their last turn, as sums. A value of the testkit, so that a plugin's test needs no other
 * module.
 *
 * @param slots of all workers
 * @param free slots that nobody has
 * @param open slots taken by connections; listening sockets do not count
 * @param reusable connections that may be drained
 * @param drained connections closed so far because their slot was wanted
 * @param bufferBytes handed out
 * @param reservedBytes of the budget
 * @param claims connections that hold the cycle through their consumer
 * @param requests that run
 * @param datagramsDropped for want of a slot or of room
 * @param failures exceptions of plugins so far
 */
public record Counters(
        long slots,
        long free,
        long open,
        long reusable,
        long drained,
        long bufferBytes,
        long reservedBytes,
        long claims,
        long requests,
        long datagramsDropped,
        long failures) {
    /** As of each worker's last turn. */
    public static Counters of(Server server) {
        return new Counters(
                sum(server, WorkerStatus::capacity),
                sum(server, WorkerStatus::free),
                sum(server, WorkerStatus::open),
                sum(server, WorkerStatus::reusable),
                sum(server, WorkerStatus::drained),
                sum(server, WorkerStatus::slabBytesInUse),
                sum(server, WorkerStatus::reservedBytes),
                sum(server, WorkerStatus::connections),
                sum(server, WorkerStatus::requests),
                sum(server, WorkerStatus::datagramsDropped),
                sum(server, WorkerStatus::failures));
    }

    private static long sum(Server server, ToLongFunction<WorkerStatus> counter) {
        return server.workers().stream().map(Worker::status).mapToLong(counter).sum();
    }
}

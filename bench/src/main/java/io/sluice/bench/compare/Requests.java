package io.sluice.bench.compare;

import io.sluice.bench.server.Probe;
import io.sluice.bench.server.RunningServer;

/**
 * Clients that ask for one page, again and again.
 *
 * @param cores where wrk runs
 * @param newConnections whether each request gets a connection of its own
 */
record Requests(Wrk wrk, String cores, String path, boolean newConnections, int clients) implements Traffic {

    /** Asks once before, to see a good answer. */
    @Override
    public Slot run(RunningServer server, int seconds) {
        int answerBytes = Probe.answerBytes(server.port(), path, newConnections);
        return Slot.of(server, () -> wrk.run(cores, server.url(path), newConnections, clients, seconds, answerBytes));
    }
}

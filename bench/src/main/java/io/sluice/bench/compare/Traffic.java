package io.sluice.bench.compare;

import io.sluice.bench.server.RunningServer;

/** A kind of load. */
interface Traffic {

    /** Loads the server for a while and takes its CPU time right before and right after. */
    Slot run(RunningServer server, int seconds);
}

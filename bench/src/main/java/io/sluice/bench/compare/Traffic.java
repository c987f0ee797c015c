package io.sluice.bench.compare;

/**
 * A kind of load.
 *
 * @param cores where wrk runs
 * @param newConnections whether each request gets a connection of its own
 */
record Traffic(Wrk wrk, String cores, String path, boolean newConnections, int clients) {

    /** Loads the server and takes its CPU time right before and right after; asks once before, to see a good answer. */
    Slot run(RunningServer server, int seconds) {
        String body = path.equals("/hello") ? "hello" : Bench.ORIGIN_BODY;
        int answerBytes = Probe.answerBytes(server.port(), path, newConnections, body);
        Disturbance.Sample start = Disturbance.Sample.now();
        CpuTime before = server.cpu();
        Wrk.Load load = wrk.run(cores, server.url(path), newConnections, clients, seconds, answerBytes);
        CpuTime used = server.cpu().minus(before);
        return new Slot(load, used, Disturbance.Sample.now().since(start));
    }
}

package io.sluice.bench.compare;

/** One server under load for a while: what the load saw and what the server used. */
record Slot(Wrk.Load load, CpuTime used, Disturbance disturbance) {

    /** CPU microseconds for a request. */
    double micros() {
        return used.micros() / load.requests();
    }

    double userMicros() {
        return used.userMicros() / load.requests();
    }

    double systemMicros() {
        return used.systemMicros() / load.requests();
    }

    double requestsPerSecond() {
        return load.requests() / load.seconds();
    }
}

package io.sluice.bench.compare;

/** Both servers, one right after the other. */
record Round(Slot ours, Slot nginx) {

    /** CPU for a request: below 1 is less than nginx. */
    double ratio() {
        return ours.micros() / nginx.micros();
    }

    Disturbance disturbance() {
        return ours.disturbance().worse(nginx.disturbance());
    }
}

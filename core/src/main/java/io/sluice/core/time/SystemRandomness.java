package io.sluice.core.time;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Chance from the JVM: the only place that asks it.
 *
 * <p><b>Thread:</b> any, without contention: each thread has a generator of its own.
 */
public final class SystemRandomness implements Randomness {
    @Override
    public long nextLong() {
        return ThreadLocalRandom.current().nextLong();
    }
}

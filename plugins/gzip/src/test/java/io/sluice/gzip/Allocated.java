package io.sluice.gzip;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Counts what the current thread puts on the heap. By handles, for the module under test has no use for the JDK's
 * management.
 */
final class Allocated {
    private final MethodHandle bytes;

    Allocated() {
        try {
            Object threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            bytes = MethodHandles.publicLookup()
                    .findVirtual(
                            Class.forName("com.sun.management.ThreadMXBean"),
                            "getCurrentThreadAllocatedBytes",
                            MethodType.methodType(long.class))
                    .bindTo(threads);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Bytes that running it once allocates, when it has run often enough before to be compiled. The least of some
     * rounds: what the JVM does once, as linking a call, is not what is asked for.
     */
    long by(Runnable steady) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = now();
            steady.run();
            least = Math.min(least, now() - before);
        }
        return least;
    }

    private long now() {
        try {
            return (long) bytes.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}

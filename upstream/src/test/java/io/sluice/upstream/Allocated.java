package io.sluice.upstream;

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

    /** Bytes that running it once allocates, when it has run often enough before to be compiled. */
    long by(Runnable steady) {
        try {
            // The first reading pays for itself.
            long first = (long) bytes.invokeExact();
            long before = (long) bytes.invokeExact();
            steady.run();
            long after = (long) bytes.invokeExact();
            return first > before ? -1 : after - before;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.sluice.files.cache;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Counts what the current thread puts on the heap. By a handle: the module under test has no use for the JDK's management. */
final class Allocated {
    private final MethodHandle count;

    Allocated() {
        try {
            Object threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            count = MethodHandles.publicLookup()
                    .findVirtual(
                            Class.forName("com.sun.management.ThreadMXBean"),
                            "getCurrentThreadAllocatedBytes",
                            MethodType.methodType(long.class))
                    .bindTo(threads);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    long bytes() {
        try {
            return (long) count.invoke();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
